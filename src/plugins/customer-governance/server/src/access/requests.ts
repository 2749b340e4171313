import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../approvals/approvals';
import { auditOf } from '../audit/audit';
import { inTransaction, tablesOf } from '../database';
import { governedOperation } from '../operation';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { LEVELS, policyOf, type ApprovalFacts, type Level } from '../policy';
import { vaultOf } from '../vault/vault';
import { grantsOf } from './grants';
import { activePurpose, CUSTOMER, customersOf, justified } from './lawfulness';
import { REQUEST } from './models';
import { visibleToAdmin } from './visibility';

export const USE = 'use';

export interface NewRequest {
  type: string;
  records: string[];
  purpose: string;
  attributes: string[];
  termDays: number;
  reason: string;
}

interface RequestRow {
  id: number;
  documentId: string;
  recordType: string;
  records: string[];
  attributes: string[];
  actions: string[];
  termDays: number;
  reason: string;
  state: string;
  requester: StaffRef & { id: number };
  purpose: { id: number; code: string; name: string };
}

/** Access requests: from the requester's form to the grant, through the approvals. */
export function requestsService({ strapi }: { strapi: Core.Strapi }) {
  const load = (documentId: string): Promise<RequestRow | null> =>
    strapi.db.query(REQUEST).findOne({
      where: { documentId },
      populate: { requester: true, purpose: true },
    });

  const levelOf = (type: string, attribute: string): Level =>
    policyOf(strapi).classificationOf(type, attribute)?.level ?? 'sensitive';

  /** What the policy's approval rules ask about a request. */
  const factsOf = async (request: NewRequest, requester: StaffRef): Promise<ApprovalFacts> => {
    const levels = request.attributes.map((attribute) =>
      LEVELS.indexOf(levelOf(request.type, attribute))
    );
    const customers = await customersOf(strapi, request.type, request.records);
    const rows = (await strapi.db.query(CUSTOMER).findMany({
      select: ['keyCustomer'],
      where: { documentId: { $in: [...new Set(customers.values())] } },
      populate: { owner: { select: ['id'] } },
    })) as Array<{ keyCustomer?: boolean; owner?: { id: number } | null }>;
    return {
      kind: USE,
      sensitivity: LEVELS[Math.max(0, ...levels)] ?? 'sensitive',
      keyCustomer: rows.some(({ keyCustomer }) => keyCustomer === true),
      ownership: rows.every(({ owner }) => owner?.id === requester.id) ? 'own' : 'other',
      records: request.records.length,
    };
  };

  const assertSound = async (request: NewRequest): Promise<{ id: number; code: string }> => {
    const known = vaultOf(strapi).protectedAttributes(request.type);
    if (Object.keys(known).length === 0) {
      throw new errors.ValidationError(`type: "${request.type}" is not a governed type`);
    }
    const unknown = request.attributes.filter((attribute) => !Object.hasOwn(known, attribute));
    if (unknown.length > 0) {
      throw new errors.ValidationError(
        `attributes: not protected attributes of this type: ${unknown.join(', ')}`
      );
    }
    const purpose = await activePurpose(strapi, request.purpose);
    if (!purpose)
      throw new errors.ValidationError('purpose: there is no active purpose of this code');
    const allowed = justified(purpose, request.type);
    const beyond = request.attributes.filter((attribute) => !allowed.has(attribute));
    if (beyond.length > 0) {
      throw new errors.ValidationError(
        `attributes: the purpose ${purpose.code} does not justify ${beyond.join(', ')}. Choose another purpose or leave them out`
      );
    }
    const { maxTermDays } = policyOf(strapi).get().access;
    if (request.termDays > maxTermDays) {
      throw new errors.ValidationError(`termDays: the policy allows at most ${maxTermDays} days`);
    }
    const visible = await visibleToAdmin(strapi, request.type, request.records);
    if (!request.records.every((id) => visible.has(id))) {
      throw new errors.ValidationError(
        'records: some do not exist, or are not among those that you may read'
      );
    }
    return purpose;
  };

  return {
    /** Registers with the approvals what becomes of a request. */
    register(): void {
      approvalsOf(strapi).registerKind({
        kind: USE,
        onApproved: async (documentId) => {
          const now = new Date();
          const request = await load(documentId);
          if (!request) throw new errors.NotFoundError('The request is not there any more.');
          await this.settle(documentId, 'approved', now);
          await grantsOf(strapi).create(request, now);
        },
        onRejected: (documentId) => this.settle(documentId, 'rejected', new Date()),
        views: (ids) => this.views(ids),
      });
    },

    /** Submits a request of whoever asks. @returns its documentId. */
    async submit(request: NewRequest, now: Date = new Date()): Promise<string> {
      const requester = await organisationOf(strapi).requireStaff();
      const purpose = await assertSound(request);
      return inTransaction(strapi, async () => {
        const row = await governedOperation('access-request', () =>
          strapi.db.query(REQUEST).create({
            data: {
              purpose: purpose.id,
              recordType: request.type,
              records: request.records,
              attributes: request.attributes,
              actions: ['reveal'],
              termDays: request.termDays,
              reason: request.reason,
              state: 'pending',
              requester: requester.id,
              submittedAt: now,
              publishedAt: now,
            },
          })
        );
        await auditOf(strapi).append({
          action: 'request.submit',
          recordType: request.type,
          recordIds: request.records,
          attributes: request.attributes,
          purpose: purpose.code,
          requestId: row.documentId,
          details: { kind: USE, termDays: request.termDays },
        });
        const facts = await factsOf(request, requester);
        await approvalsOf(strapi).open({ kind: USE, subjectId: row.documentId, requester, facts });
        return row.documentId;
      });
    },

    /** Takes a pending request back. Only its requester may. */
    async withdraw(documentId: string, now: Date = new Date()): Promise<void> {
      const person = await organisationOf(strapi).requireStaff();
      await inTransaction(strapi, async () => {
        const request = await load(documentId);
        if (!request || request.requester.id !== person.id) {
          throw new errors.NotFoundError('There is no such request of yours.');
        }
        await this.settle(documentId, 'withdrawn', now);
        await approvalsOf(strapi).cancel(USE, documentId);
        await auditOf(strapi).append({ action: 'request.withdraw', requestId: documentId });
      });
    },

    /** Ends a pending request; the database decides between racing ends. */
    async settle(documentId: string, state: 'approved' | 'rejected' | 'withdrawn', now: Date) {
      const changed = await (
        await tablesOf(strapi)
      )('governance_access_requests')
        .where({ document_id: documentId, state: 'pending' })
        .update({ state, decided_at: now });
      if (changed !== 1) {
        throw new errors.ApplicationError('This request is not pending any more. Reload the list.');
      }
    },

    /** A page of a person's own requests, newest first. */
    async pageOf(
      person: StaffRef,
      state: string | undefined,
      cursor: number | null,
      limit: number
    ) {
      return strapi.db.query(REQUEST).findMany({
        select: ['id', 'documentId'],
        where: {
          requester: { id: person.id },
          ...(state ? { state } : {}),
          ...(cursor === null ? {} : { id: { $lt: cursor } }),
        },
        orderBy: { id: 'desc' },
        limit,
      }) as Promise<Array<{ id: number; documentId: string }>>;
    },

    countPending: (person: StaffRef) =>
      strapi.db.query(REQUEST).count({ where: { requester: { id: person.id }, state: 'pending' } }),

    /** The pending request of a person over a record, if there is one. */
    async pendingFor(person: StaffRef, type: string, documentId: string): Promise<string | null> {
      const rows = (await strapi.db.query(REQUEST).findMany({
        select: ['documentId', 'records'],
        where: { requester: { id: person.id }, state: 'pending', recordType: type },
        orderBy: { id: 'desc' },
        limit: 100,
      })) as Array<{ documentId: string; records: string[] }>;
      return rows.find(({ records }) => records.includes(documentId))?.documentId ?? null;
    },

    views: (documentIds: string[]) => requestViews(strapi, documentIds),
  };
}

/** So many records of a request are named in a view; the rest is counted. */
const LABELLED_RECORDS = 20;

/** What the panel shows of requests. Records appear by their masks. */
async function requestViews(
  strapi: Core.Strapi,
  documentIds: string[]
): Promise<Map<string, unknown>> {
  const rows = (await strapi.db.query(REQUEST).findMany({
    where: { documentId: { $in: documentIds } },
    populate: { requester: { populate: { department: true } }, purpose: true },
  })) as Array<
    Record<string, unknown> & RequestRow & { requester: { department?: { name: string } } }
  >;
  const steps = await approvalsOf(strapi).steps(USE, documentIds);
  const grants = (await strapi.db.query('plugin::customer-governance.access-grant').findMany({
    where: { request: { documentId: { $in: documentIds } } },
    populate: { request: { select: ['documentId'] } },
  })) as Array<{
    documentId: string;
    endsAt: Date;
    state: string;
    request: { documentId: string };
  }>;
  const labels = await recordLabels(strapi, rows);
  return new Map(
    rows.map((row) => {
      const grant = grants.find(({ request }) => request.documentId === row.documentId);
      return [
        row.documentId,
        {
          documentId: row.documentId,
          purpose: policyOf(strapi).purposeView(row.purpose),
          recordType: row.recordType,
          records: row.records
            .slice(0, LABELLED_RECORDS)
            .map((id) => ({ documentId: id, label: labels.get(id) ?? null })),
          recordCount: row.records.length,
          attributes: row.attributes,
          levels: Object.fromEntries(
            row.attributes.map((name) => [
              name,
              policyOf(strapi).classificationOf(row.recordType, name)?.level ?? null,
            ])
          ),
          termDays: row.termDays,
          reason: row.reason,
          state: row.state,
          submittedAt: row.submittedAt,
          requester: row.requester
            ? {
                name: row.requester.displayName,
                department: row.requester.department?.name ?? null,
              }
            : null,
          steps: steps.get(row.documentId) ?? [],
          grant: grant
            ? {
                documentId: grant.documentId,
                endsAt: grant.endsAt,
                state:
                  grant.state === 'active' && new Date(grant.endsAt) <= new Date()
                    ? 'ended'
                    : grant.state,
              }
            : null,
        },
      ];
    })
  );
}

async function recordLabels(
  strapi: Core.Strapi,
  rows: Array<{ recordType: string; records: string[] }>
): Promise<Map<string, string | null>> {
  const labels = new Map<string, string | null>();
  for (const type of new Set(rows.map(({ recordType }) => recordType))) {
    const [attribute] = Object.keys(vaultOf(strapi).protectedAttributes(type));
    if (!attribute) continue;
    const ids = rows
      .filter(({ recordType }) => recordType === type)
      .flatMap(({ records }) => records.slice(0, LABELLED_RECORDS));
    const found = await strapi.db.query(type).findMany({
      select: ['documentId', attribute],
      where: { documentId: { $in: [...new Set(ids)] } },
    });
    for (const row of found) labels.set(row.documentId, row[attribute] ?? null);
  }
  return labels;
}

export type RequestsService = ReturnType<typeof requestsService>;

export const requestsOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('requests') as RequestsService;
