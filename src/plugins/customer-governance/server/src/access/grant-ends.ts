import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { auditOf } from '../audit/audit';
import { chunks, inTransaction, tablesOf } from '../database';
import { STAFF } from '../organisation/organisation';
import { grantsOf, type EndReason, type Grant } from './grants';
import { CUSTOMER, lawfulFor, PARTS, PURPOSE, purposeOf, type PurposeRef } from './lawfulness';
import { GRANT, GRANT_RECORDS_TABLE, GRANTS_TABLE } from './models';

type Tables = Awaited<ReturnType<typeof tablesOf>>;
type Lost = Exclude<EndReason, 'used-up'>;

const BATCH = 200;
const IDS_PER_QUERY = 500;

/** What each grant rests on, and how its loss shows in the database. */
const LOST: Record<Lost, (grants: Knex.QueryBuilder, tables: Tables, now: Date) => unknown> = {
  term: (grants, _tables, now) => grants.where('ends_at', '<=', now),
  holder: (grants, tables) =>
    grants.whereNotExists(
      tables('governance_staff_profiles')
        .select('id')
        .where({ active: true })
        .whereRaw('governance_staff_profiles.id = governance_access_grants.holder_id')
        .whereRaw(
          'coalesce(governance_staff_profiles.department_id, 0) = coalesce(governance_access_grants.holder_department_id, 0)'
        )
    ),
  purpose: (grants, tables) =>
    grants.whereNotIn(
      'purpose_id',
      tables('governance_purposes').select('id').where({ active: true })
    ),
  records: (grants, tables) =>
    grants.whereNotExists(
      tables(GRANT_RECORDS_TABLE)
        .select('id')
        .whereRaw('governance_grant_records.grant_id = governance_access_grants.id')
    ),
};

/**
 * Ends the grants that outlived what they rest on: their term, their holder's place in the company, their purpose, their
 * records. A grant that lost its basis opens nothing anyway; ended, it does not come back to life with it.
 * @param about only these losses, and only grants of this row of staff or purposes.
 * @returns how many ended.
 */
export async function endBaseless(
  strapi: Core.Strapi,
  now: Date,
  about: { reasons?: Lost[]; where?: { holder_id: number } | { purpose_id: number } } = {}
): Promise<number> {
  let ended = 0;
  for (const reason of about.reasons ?? (Object.keys(LOST) as Lost[])) {
    for (;;) {
      const count = await inTransaction(strapi, async () => {
        const tables = await tablesOf(strapi);
        const grants = tables(GRANTS_TABLE)
          .select('id')
          .whereIn('state', ['active', 'suspended'])
          .where(about.where ?? {})
          .orderBy('id')
          .limit(BATCH);
        LOST[reason](grants, tables, now);
        const rows = (await grants) as Array<{ id: number }>;
        return grantsOf(strapi).end(
          rows.map(({ id }) => id),
          reason
        );
      });
      ended += count;
      if (count < BATCH) break;
    }
  }
  return ended;
}

/** Ends grants as soon as their holder left or moved, or their purpose was closed. */
export function watchBasis(strapi: Core.Strapi): void {
  const whenChanged =
    (reason: Lost, column: 'holder_id' | 'purpose_id') =>
    async ({ result }: { result?: { id?: number } }) => {
      if (!result?.id) return;
      const where = { [column]: result.id } as { holder_id: number };
      await endBaseless(strapi, new Date(), { reasons: [reason], where });
    };
  const subscribe = (uid: string, reason: Lost, column: 'holder_id' | 'purpose_id') =>
    strapi.db.lifecycles.subscribe({
      models: [uid],
      afterUpdate: whenChanged(reason, column) as never,
    });
  subscribe(STAFF, 'holder', 'holder_id');
  subscribe(PURPOSE, 'purpose', 'purpose_id');
}

/**
 * Takes the records of a customer out of the grants that a withdrawn consent had made lawful; consent given again later
 * needs a new request [COL-4].
 */
export async function narrowGrants(
  strapi: Core.Strapi,
  customer: string,
  purposeCode: string,
  now: Date
): Promise<void> {
  const purpose = await purposeOf(strapi, purposeCode);
  if (!purpose) return;
  await narrowType(strapi, CUSTOMER, [customer], purpose, now);
  for (const uid of PARTS) {
    const parts: Array<{ documentId: string }> = await strapi.db
      .query(uid)
      .findMany({ select: ['documentId'], where: { customer: { documentId: customer } } });
    const ids = parts.map(({ documentId }) => documentId);
    await narrowType(strapi, uid, ids, purpose, now);
  }
  await endBaseless(strapi, now, { reasons: ['records'], where: { purpose_id: purpose.id } });
}

async function narrowType(
  strapi: Core.Strapi,
  type: string,
  ids: string[],
  purpose: PurposeRef,
  now: Date
): Promise<void> {
  const tables = await tablesOf(strapi);
  for (const documentIds of chunks(ids, IDS_PER_QUERY)) {
    const rows = (await tables(GRANT_RECORDS_TABLE)
      .distinct('grant_id')
      .where({ record_type: type })
      .whereIn('document_id', documentIds)) as Array<{ grant_id: number }>;
    const grants: Grant[] = await strapi.db.query(GRANT).findMany({
      where: {
        id: { $in: rows.map(({ grant_id }) => grant_id) },
        state: { $in: ['active', 'suspended'] },
        purpose: { id: purpose.id },
      },
      populate: { request: { select: ['documentId'] } },
    });
    for (const grant of grants) {
      const lawful = await lawfulFor(strapi, type, documentIds, grant.attributes, purpose, now);
      const gone = documentIds.filter((id) => !lawful.has(id));
      const removed =
        gone.length === 0
          ? 0
          : await tables(GRANT_RECORDS_TABLE)
              .where({ grant_id: grant.id, record_type: type })
              .whereIn('document_id', gone)
              .delete();
      if (removed === 0) continue;
      await auditOf(strapi).append({
        action: 'grant.narrow',
        recordType: type,
        recordIds: gone,
        attributes: grant.attributes,
        purpose: purpose.code,
        requestId: grant.request?.documentId ?? null,
        details: { grant: grant.documentId },
      });
    }
  }
}
