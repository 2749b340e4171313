import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { auditOf } from '../audit/audit';
import { zoneOf } from '../calendar/zone';
import type { Sight } from '../customers/api-sight';
import { inTransaction, isPostgres, tablesOf } from '../database';
import { notificationsOf } from '../notifications/notifications';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { addMonths, policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import type { CustomerFacts, CustomerRow } from './customers';
import { STANDINGS } from './models';

const BATCH = 500;
const OWNERS_AT_ONCE = 200;
/** The kind under which notifications of verification go. */
export const VERIFICATION_KIND = 'verification';

interface Due {
  id: number;
  documentId: string;
}

/** What of customers waits to be verified, by their owners. */
export function createTasks(strapi: Core.Strapi, facts: CustomerFacts) {
  const policy = () => policyOf(strapi).get().verification;
  const customers = () => strapi.db.metadata.get(CUSTOMER).tableName;

  /** Active customers with a fact whose time has come: verified too long ago, or on file for as long and never verified. */
  const due = async (now: Date, narrow: (query: Knex.QueryBuilder) => void): Promise<Due[]> => {
    const today = facts.dayAt(now);
    const since = zoneOf(policyOf(strapi).get().calendar.timezone).instantOf(
      addMonths(today, -policy().everyMonths),
      0
    );
    const tables = await tablesOf(strapi);
    const standing = () =>
      tables(`${STANDINGS} as s`)
        .select('s.id')
        .whereRaw('?? = ??', ['s.document_id', 'c.document_id']);
    const query = tables(`${customers()} as c`)
      .select({ id: 'c.id', documentId: 'c.document_id' })
      .where('c.stage', 'active')
      .where((has) => {
        for (const column of facts.columns()) has.orWhereNotNull(`c.${column}`);
      })
      .where((either) =>
        either
          .whereExists(standing().where('s.due_on', '<=', today).whereNull('s.opened_at'))
          .orWhere((fresh) => fresh.where('c.created_at', '<', since).whereNotExists(standing()))
      )
      .orderBy('c.id')
      .limit(BATCH);
    narrow(query);
    return query;
  };

  /** @returns the id of the last customer of the batch; `null` when there was none left. */
  const openBatch = (after: number, now: Date): Promise<{ last: number; count: number } | null> =>
    inTransaction(strapi, async () => {
      const found = await due(now, (query) => query.where('c.id', '>', after));
      const last = found.at(-1);
      if (!last) return null;
      const ids = found.map(({ id }) => id);
      if (isPostgres(strapi)) {
        await (
          await tablesOf(strapi)
        )(customers())
          .select('id')
          .whereIn('id', ids)
          .orderBy('id')
          .forUpdate();
      }
      // Again under the lock: somebody may have verified one of them at this moment.
      const open = await due(now, (query) => query.whereIn('c.id', ids));
      if (open.length > 0) {
        await (
          await tablesOf(strapi)
        )(STANDINGS)
          .insert(
            open.map(({ documentId }) => ({
              document_id: documentId,
              due_on: facts.dayAt(now),
              opened_at: now.getTime(),
              told_at: null,
            }))
          )
          .onConflict('document_id')
          .merge(['due_on', 'opened_at', 'told_at']);
        await auditOf(strapi).append({
          action: 'verification.due',
          recordType: CUSTOMER,
          recordIds: open.map(({ documentId }) => documentId),
          details: { count: open.length },
        });
      }
      return { last: last.id, count: open.length };
    });

  /** Tells owners, each once of all that has come to wait. @returns how many were told. */
  const tellBatch = (now: Date): Promise<number> =>
    inTransaction(strapi, async () => {
      const tables = await tablesOf(strapi);
      const untold = () => tables(STANDINGS).whereNotNull('opened_at').whereNull('told_at');
      const rows = (await tables(customers())
        .distinct('owner_id')
        .whereNotNull('owner_id')
        .whereIn('document_id', untold().select('document_id'))
        .orderBy('owner_id')
        .limit(OWNERS_AT_ONCE)) as Array<{ owner_id: number }>;
      const owners = rows.map(({ owner_id: id }) => id);
      if (owners.length === 0) return 0;
      const people = await organisationOf(strapi).byIds(owners);
      await tables(STANDINGS)
        .whereNotNull('opened_at')
        .whereNull('told_at')
        .whereIn(
          'document_id',
          tables(customers()).select('document_id').whereIn('owner_id', owners)
        )
        .update({ told_at: now.getTime() });
      await notificationsOf(strapi).announce(
        'verification-due',
        [...people.values()]
          .filter(({ active }) => active)
          .map(({ id, documentId }) => ({
            kind: VERIFICATION_KIND,
            requestId: documentId,
            recipients: [id],
          })),
        now
      );
      return owners.length;
    });

  const waiting = async () => ({
    query: (await tablesOf(strapi))(STANDINGS).select('document_id').whereNotNull('opened_at'),
  });

  return {
    /** Opens what has become due, in batches, and tells the owners. It may be killed anywhere and run again. @returns how many. */
    async run(now: Date): Promise<number> {
      if (policy().everyMonths === 0 || policy().facts.length === 0) return 0;
      let opened = 0;
      for (let after = 0; ;) {
        const batch = await openBatch(after, now);
        if (!batch) break;
        opened += batch.count;
        after = batch.last;
      }
      while ((await tellBatch(now)) === OWNERS_AT_ONCE);
      return opened;
    },

    /** How many customers of a person wait. */
    async countOf(person: StaffRef): Promise<number> {
      const { query } = await waiting();
      return strapi.db
        .query(CUSTOMER)
        .count({ where: { owner: { id: person.id }, documentId: { $in: query } } });
    },

    /** A page of the customers that wait, of those in sight, or of a person's own. They appear by their masks. */
    async page(
      sight: Exclude<Sight, null>,
      owner: StaffRef | null,
      cursor: number | null,
      limit: number
    ): Promise<CustomerRow[]> {
      const { query } = await waiting();
      return strapi.db.query(CUSTOMER).findMany({
        select: ['id', 'documentId', 'name', 'companyName', 'filingNumber', ...facts.names()],
        where: {
          $and: [
            sight,
            { documentId: { $in: query } },
            ...(owner ? [{ owner: { id: owner.id } }] : []),
            ...(cursor === null ? [] : [{ id: { $gt: cursor } }]),
          ],
        },
        populate: { owner: { select: ['id', 'displayName'] }, department: { select: ['name'] } },
        orderBy: 'id',
        limit,
      });
    },

    /** Since when each of these customers waits. */
    async openedAt(documentIds: readonly string[]): Promise<Map<string, string>> {
      const rows = (await (
        await tablesOf(strapi)
      )(STANDINGS)
        .select('document_id', 'opened_at')
        .whereNotNull('opened_at')
        .whereIn('document_id', [...documentIds])) as Array<{
        document_id: string;
        opened_at: number | string;
      }>;
      return new Map(
        rows.map((row) => [row.document_id, new Date(Number(row.opened_at)).toISOString()])
      );
    },
  };
}

export type Tasks = ReturnType<typeof createTasks>;
