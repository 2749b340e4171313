import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import type { ScopeFilter } from '../../access/scope-filter';
import { auditOf } from '../../audit/audit';
import { tablesOf } from '../../database';
import { currentOperation } from '../../operation';
import { actorOf } from '../../organisation/actor';
import { invalid } from '../../refusal';
import { organisationOf } from '../../organisation/organisation';
import { HOLD_POPULATE, type HoldRow } from './active-holds';
import { lockCustomers, type Coverage, type HoldableCustomer } from './hold-coverage';
import type { FilterHolds } from './hold-filter';
import { HELD_TABLE } from '../models';
import { forbidden, logRefusal } from '../refusal';
import { targetOf } from '../relation';
import { CUSTOMER, HOLD, HOLDABLE, isRemoval, OPERATIONS } from '../uids';

type Data = Record<string, unknown>;
interface WriteEvent {
  params: { data: Data; where?: Data };
  result?: { id: number };
  state: { covers?: Covers };
}

/** What a new hold covers, as far as it can be named before it is there. */
type Covers =
  | { scope: 'customer'; customer: HoldableCustomer }
  | { scope: 'record'; customer: HoldableCustomer; record: { uid: string; documentId: string } }
  | { scope: 'filter'; filter: ScopeFilter };

/** Of a hold that is there, nobody rewrites these; a form sends them along, so they are left out, not refused. */
const FIXED = [
  'scope',
  'customer',
  'recordType',
  'recordId',
  'filter',
  'issuer',
  'issuedAt',
  'remindedAt',
  'releasedAt',
  'releasedBy',
];

/** Issuing and releasing. A hold is never deleted: that it was there is itself evidence. */
export function createHolds(strapi: Core.Strapi, coverage: Coverage, filters: FilterHolds) {
  const rowOf = (where: Data | undefined): Promise<HoldRow | null> =>
    strapi.db.query(HOLD).findOne({ where: where ?? {}, populate: HOLD_POPULATE });

  const asker = async () =>
    (await organisationOf(strapi).staffOf(actorOf(strapi).identity()))?.id ?? null;

  /** The customer, kept from deletion while the hold is written. */
  const lockedCustomer = async (id: number): Promise<HoldableCustomer> => {
    await lockCustomers(strapi, [id]);
    const customer = (await strapi.db
      .query(CUSTOMER)
      .findOne({ select: ['id', 'documentId'], where: { id } })) as HoldableCustomer | null;
    if (!customer) throw invalid('customer', 'there is no such customer');
    if ((await coverage.beingDestroyed([customer.documentId])).size > 0) {
      throw new errors.ApplicationError(
        'The destruction of this customer has begun, so a hold comes too late.'
      );
    }
    return customer;
  };

  const recordOf = async (data: Data): Promise<Covers> => {
    const uid = String(data.recordType ?? '');
    const documentId = String(data.recordId ?? '');
    const types = HOLDABLE.filter((type) => type !== CUSTOMER);
    if (!types.includes(uid)) throw invalid('recordType', `must be one of ${types.join(', ')}`);
    const row = (await strapi.db.query(uid).findOne({
      select: ['id'],
      where: { documentId },
      populate: { customer: { select: ['id'] } },
    })) as { customer: { id: number } | null } | null;
    if (!row) throw invalid('recordId', 'there is no such record');
    if (!row.customer) throw invalid('recordId', 'hangs on no customer, so it cannot be held');
    const customer = await lockedCustomer(row.customer.id);
    return { scope: 'record', customer, record: { uid, documentId } };
  };

  const coversOf = async (data: Data): Promise<Covers> => {
    if (data.scope === 'filter') {
      return { scope: 'filter', filter: filters.checked(data.filter) };
    }
    if (data.scope === 'record') return recordOf(data);
    const customerId = targetOf(data.customer);
    if (customerId === null) throw invalid('customer', 'choose the customer who is to be held');
    return { scope: 'customer', customer: await lockedCustomer(customerId) };
  };

  const newDocumentId = (): string =>
    (strapi.db.metadata.get(HOLD).attributes.documentId as { default: () => string }).default();

  const cover = async (hold: { id: number; documentId: string }, covers: Covers) => {
    if (covers.scope === 'customer') await coverage.addCustomers(hold.id, [covers.customer]);
    else if (covers.scope === 'record')
      await coverage.addRecord(hold.id, covers.record, covers.customer);
    else await filters.takeAll({ ...hold, filter: covers.filter });
  };

  const refuseMany = (event: unknown) => {
    const { action } = event as { action: string };
    const operation = currentOperation();
    if (action === 'beforeDeleteMany' && isRemoval(operation)) return;
    if (action === 'beforeUpdateMany' && operation === OPERATIONS.holds) return;
    throw forbidden('Legal holds are issued and released one by one, so that each is logged.');
  };

  const subscribe = () =>
    strapi.db.lifecycles.subscribe({
      models: [HOLD],

      async beforeCreate(event: unknown) {
        const { params, state } = event as WriteEvent;
        if ((params.data.state ?? 'active') !== 'active') {
          throw invalid('state', 'a hold begins as active and is released by a later change');
        }
        const covers = await coversOf(params.data);
        state.covers = covers;
        const record = covers.scope === 'record' ? covers.record : null;
        const documentId = String(params.data.documentId ?? newDocumentId());
        params.data = {
          ...params.data,
          documentId,
          scope: covers.scope,
          customer: covers.scope === 'filter' ? null : covers.customer.id,
          recordType: record?.uid ?? null,
          recordId: record?.documentId ?? null,
          filter: covers.scope === 'filter' ? covers.filter : null,
          state: 'active',
          issuedAt: new Date(),
          remindedAt: null,
          releasedAt: null,
          releasedBy: null,
          releaseReason: null,
          issuer: targetOf(params.data.issuer) ?? (await asker()),
        };
        await auditOf(strapi).append({
          action: 'hold.create',
          ...subjectOf(covers),
          details: { hold: documentId, scope: covers.scope },
        });
      },

      async afterCreate(event: unknown) {
        const { params, result, state } = event as WriteEvent;
        if (!result || !state.covers) return;
        await cover({ id: result.id, documentId: String(params.data.documentId) }, state.covers);
      },

      async beforeUpdate(event: unknown) {
        const { params } = event as WriteEvent;
        const row = await rowOf(params.where);
        if (!row) return;
        const customer = row.customer?.id ?? null;
        if (targetOf(params.data.customer, customer) !== customer) {
          throw invalid('customer', 'a hold stays with its customer; issue another one');
        }
        const releases = row.state === 'active' && params.data.state === 'released';
        if (row.state === 'released' && (params.data.state ?? 'released') !== 'released') {
          throw invalid('state', 'a released hold stays released; issue a new one');
        }
        const data: Data = { ...params.data };
        for (const fixed of FIXED) delete data[fixed];
        if (!releases) delete data.releaseReason;
        // Another review date is reminded of anew.
        if (data.reviewOn !== undefined && data.reviewOn !== row.reviewOn) data.remindedAt = null;
        params.data = releases
          ? { ...data, releasedAt: new Date(), releasedBy: await asker() }
          : data;
        if (!releases) return;
        await coverage.lift(row.id);
        await auditOf(strapi).append({
          action: 'hold.release',
          ...subjectOfRow(row),
          details: { hold: row.documentId, scope: row.scope ?? 'customer' },
        });
      },

      async beforeDelete(event: unknown) {
        if (isRemoval(currentOperation())) return;
        const row = await rowOf((event as WriteEvent).params.where);
        if (!row) return;
        await logRefusal(strapi, {
          action: 'delete.refused',
          recordType: HOLD,
          recordIds: [row.documentId],
          details: { reason: 'hold' },
        });
        throw forbidden(
          'A legal hold is not deleted: release it by setting its state to released.'
        );
      },

      beforeCreateMany: refuseMany,
      beforeUpdateMany: refuseMany,
      beforeDeleteMany: refuseMany,
    });

  return {
    subscribe,

    /** Writes down what active holds cover that were issued before this was written down, or restored without it. */
    async coverUncovered(): Promise<void> {
      const tables = await tablesOf(strapi);
      const ids = (await tables(`${strapi.db.metadata.get(HOLD).tableName} as hold`)
        .select('hold.id')
        .where('hold.state', 'active')
        .where((where) => {
          void where.whereNull('hold.scope').orWhere('hold.scope', '<>', 'filter');
        })
        .whereNotIn('hold.id', tables(HELD_TABLE).select('hold_id'))) as Array<{ id: number }>;
      for (const { id } of ids) {
        const row = await rowOf({ id });
        if (!row?.customer) continue;
        if (row.scope === 'record' && row.recordType && row.recordId) {
          const record = { uid: row.recordType, documentId: row.recordId };
          await coverage.addRecord(id, record, row.customer);
        } else {
          await coverage.addCustomers(id, [row.customer]);
        }
      }
    },
  };
}

export type Holds = ReturnType<typeof createHolds>;

/** Of which records an entry of the log speaks. */
const subjectOf = (covers: Covers) => {
  if (covers.scope === 'filter') return {};
  const { uid, documentId } =
    covers.scope === 'record'
      ? covers.record
      : { uid: CUSTOMER, documentId: covers.customer.documentId };
  return { recordType: uid, recordIds: [documentId] };
};

const subjectOfRow = (row: HoldRow) => {
  if (row.scope === 'record' && row.recordType && row.recordId) {
    return { recordType: row.recordType, recordIds: [row.recordId] };
  }
  return row.customer ? { recordType: CUSTOMER, recordIds: [row.customer.documentId] } : {};
};
