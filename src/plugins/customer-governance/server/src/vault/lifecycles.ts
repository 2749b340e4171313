import type { Core } from '@strapi/strapi';
import { auditOf, type AuditEvent } from '../audit/audit';
import { afterCommit, inTransaction, lockRow } from '../database';
import { currentOperation } from '../operation';
import { policyOf } from '../policy';
import { isSystemAttribute } from '../system-attributes';
import { changeOf, sealChange, type ChangedValues } from './changed-values';
import { changedValue, changedValues, isWatched, type ChangeGuard } from './guards';
import type { Identities } from './identities';
import type { Kind } from './kinds';
import type { PlainValues, SealedRecords } from './sealed-records';
import { assertNoProblems, planSealing } from './sealing';
import { forbidden } from '../refusal';

type Data = Record<string, unknown>;
interface WriteEvent {
  model: { uid: string };
  params: { data: Data; where?: Data };
  state: Data;
}
interface ManyEvent {
  model: { uid: string };
  params: { data: Data[] };
}
interface DeleteEvent {
  model: { uid: string };
  params: { where?: Data };
  state: { documentId?: string };
}

export interface Sealer {
  governed: ReadonlyMap<string, Record<string, Kind>>;
  records: SealedRecords;
  guards: readonly ChangeGuard[];
  identities: Identities;
  removeKeys(type: string, documentIds: string[]): Promise<void>;
}

interface Prepared {
  documentId: string;
  values: PlainValues;
  data: Data;
}

type KeptValues = Pick<AuditEvent, 'sealed' | 'details'>;

const changedAttributes = (data: Data) =>
  Object.keys(data).filter((key) => !isSystemAttribute(key));

/**
 * Seals at the last line before the database, so that every path seals: the document service, `strapi.db.query`, seeds.
 * Sealed row, look-up rows and audit entry are written in the transaction of the row itself.
 */
export function subscribeSealing(strapi: Core.Strapi, sealer: Sealer): void {
  const attributesOf = (uid: string) => sealer.governed.get(uid) as Record<string, Kind>;
  const audit = () => auditOf(strapi);

  const newDocumentId = (uid: string): string =>
    (strapi.db.metadata.get(uid).attributes.documentId as { default: () => string }).default();

  /** The row with masks in place of plaintext, and the plaintext apart. The caller's object stays as it was. */
  const prepareCreate = (uid: string, data: Data): Prepared => {
    const attributes = attributesOf(uid);
    const documentId = String(data.documentId ?? newDocumentId(uid));
    const plan =
      sealer.records.planAhead(uid, documentId, data, attributes) ?? planSealing(attributes, data);
    assertNoProblems(plan.problems);
    return {
      documentId,
      values: plan.values,
      data: { ...data, ...plan.masks, documentId } as Data,
    };
  };

  /** Old and new values for the log, where the policy keeps them. */
  const keptValues = (type: string, id: string, key: Buffer, values: ChangedValues): KeptValues => {
    if (policyOf(strapi).get().audit.values === 'none') return {};
    const sealed = sealChange(type, id, key, values);
    return sealed === null ? { details: { tooLong: true } } : { sealed: { [id]: sealed } };
  };

  /** Whether what changes is something that the record is known by. Of a relation the row does not tell. */
  const knownOtherwise = (uid: string, data: Data, stored: Data, changed: readonly string[]) => {
    const others = Object.keys(data).filter(
      (name) => !(name in stored) || changedValue(data[name], stored[name])
    );
    return sealer.identities.isTouched(uid, [...changed, ...others]);
  };

  const storedRow = async (uid: string, where: Data | undefined) =>
    (await strapi.db
      .queryBuilder(uid)
      .select('*')
      .where(where ?? {})
      .first()
      .execute()) as (Data & { id: number; documentId: string }) | null;

  strapi.db.lifecycles.subscribe({
    models: [...sealer.governed.keys()],

    async beforeCreate(event: unknown) {
      const { model, params } = event as WriteEvent;
      const record = prepareCreate(model.uid, params.data);
      params.data = record.data;
      await sealer.identities.enter(model.uid, [clearOf(record)]);
      await sealer.records.insertMany(model.uid, [record], attributesOf(model.uid));
      await audit().append({
        action: 'record.create',
        recordType: model.uid,
        recordIds: [record.documentId],
        attributes: changedAttributes(params.data),
      });
    },

    async beforeCreateMany(event: unknown) {
      const { model, params } = event as ManyEvent;
      const records = params.data.map((data) => prepareCreate(model.uid, data));
      params.data = records.map(({ data }) => data);
      await sealer.identities.enter(model.uid, records.map(clearOf));
      await sealer.records.insertMany(model.uid, records, attributesOf(model.uid));
      await audit().append({
        action: 'record.create',
        recordType: model.uid,
        recordIds: records.map(({ documentId }) => documentId),
        attributes: [...new Set(params.data.flatMap(changedAttributes))],
      });
    },

    async beforeUpdate(event: unknown) {
      const { model, params } = event as WriteEvent;
      const attributes = attributesOf(model.uid);
      const data = { ...params.data };
      params.data = data;
      const row = await storedRow(model.uid, params.where);
      if (!row) return;
      if (data.documentId !== undefined && data.documentId !== row.documentId) {
        throw forbidden(
          'The documentId of a governed record stays: its sealed values are bound to it.'
        );
      }
      const recognised = sealer.identities.isTouched(model.uid, Object.keys(data));
      const touched =
        recognised ||
        Object.keys(attributes).some((attribute) => attribute in data) ||
        isWatched(sealer.guards, model.uid, data);
      let changed: string[] = [];
      let kept: KeptValues = {};
      if (touched) {
        // Of the row itself: a record without protected values has no sealed row yet that could be locked.
        await lockRow(strapi, model.uid, row.id);
        // Read again under the lock: while this edit waited for its turn the masks may have changed, or the record may have
        // gone, after which nothing of it may be sealed.
        const locked = await storedRow(model.uid, params.where);
        if (!locked) return;
        const current = await sealer.records.openOne(model.uid, row.documentId);
        const plan = planSealing(attributes, data, locked as Record<string, string>, current);
        assertNoProblems(plan.problems);
        const replaced = [
          ...plan.changed.filter((attribute) => attribute in current),
          ...changedValues(data, locked).filter((attribute) => !(attribute in attributes)),
        ];
        for (const guard of sealer.guards) await guard.check(model.uid, replaced, row.documentId);
        for (const attribute of Object.keys(attributes)) delete data[attribute];
        Object.assign(data, plan.masks);
        changed = plan.changed;
        if (recognised && knownOtherwise(model.uid, data, locked, changed)) {
          const { documentId } = row;
          const values = { ...locked, ...data, ...withoutMasks(attributes), ...plan.values };
          await sealer.identities.change(model.uid, { documentId, values });
        }
        if (changed.length > 0) {
          const { uid } = model;
          const id = row.documentId;
          const key = await sealer.records.replace(uid, id, plan.values, changed, attributes);
          kept = keptValues(uid, id, key, changeOf(changed, current, plan.values));
        }
      }
      const others = changedAttributes(data).filter((attribute) => !(attribute in attributes));
      if (changed.length + others.length === 0) return;
      await audit().append({
        action: 'record.update',
        recordType: model.uid,
        recordIds: [row.documentId],
        attributes: [...changed, ...others],
        ...kept,
      });
    },

    async beforeDelete(event: unknown) {
      const { model, params, state } = event as DeleteEvent;
      const row = await storedRow(model.uid, params.where);
      if (!row) return;
      state.documentId = row.documentId;
      await audit().append({
        action: 'record.delete',
        recordType: model.uid,
        recordIds: [row.documentId],
        details: operationDetail(),
      });
    },

    async afterDelete(event: unknown) {
      const { model, state } = event as DeleteEvent;
      if (!state.documentId) return;
      const ids = [state.documentId];
      await sealer.identities.release(model.uid, ids);
      await sealer.records.remove(model.uid, ids);
      // The key goes when the deletion is certain. Should this fail, the orphan sweep takes it.
      await afterCommit(strapi, () => {
        sealer.removeKeys(model.uid, ids).catch(() => {
          strapi.log.warn('A data key of a deleted record is left for the orphan sweep.');
        });
      });
    },

    beforeUpdateMany: (event: unknown) => refuseBulk(event, 'updateMany'),
    beforeDeleteMany: (event: unknown) => refuseBulk(event, 'deleteMany'),
  });
}

/** A new record with its clear values. */
const clearOf = ({ documentId, data, values }: Prepared) => ({
  documentId,
  values: { ...data, ...values },
});

/** Protected attributes without a value, to lay over the masks of a row. */
const withoutMasks = (attributes: Record<string, Kind>): Data =>
  Object.fromEntries(Object.keys(attributes).map((name) => [name, undefined]));

/** Of which of the product's own procedures a deletion is part, where it is of one. */
function operationDetail(): { operation?: string } {
  const operation = currentOperation();
  return operation === undefined ? {} : { operation };
}

/** A bulk statement names no records, so it can be neither sealed, held back nor logged record by record. */
function refuseBulk(event: unknown, method: string): void {
  if (currentOperation()) return;
  const { model } = event as { model: { uid: string } };
  throw forbidden(
    `${method} is refused on ${model.uid}, whose records are governed one by one. ` +
      "Update or delete the records singly, or use one of the product's own operations."
  );
}

/**
 * Makes each write of these types one transaction, as `strapi.db.query` does not by itself: the row, what is sealed
 * of it and its audit entry are written together or not at all.
 */
export function writeInTransactions(
  strapi: Core.Strapi,
  types: ReadonlySet<string>,
  methods: readonly string[] = ['create', 'createMany', 'update', 'delete']
): void {
  const manager = strapi.db.entityManager as unknown as Record<
    string,
    (uid: string, ...rest: unknown[]) => Promise<unknown>
  >;
  for (const method of methods) {
    const original = manager[method]?.bind(manager);
    if (!original) throw new Error(`Strapi's entity manager has no method ${method} any more.`);
    manager[method] = (uid, ...rest) =>
      types.has(uid) ? inTransaction(strapi, () => original(uid, ...rest)) : original(uid, ...rest);
  }
}
