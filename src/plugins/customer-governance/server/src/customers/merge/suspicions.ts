import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { auditOf } from '../../audit/audit';
import { inTransaction, tablesOf, type Tables } from '../../database';
import type { StaffRef } from '../../organisation/organisation';
import { policyOf } from '../../policy';
import { CUSTOMER } from '../../policy/attribute-path';
import { IDENTITY_TABLE } from '../../vault/models';
import { DISTINCT_FILES } from './models';

/** Two files that have something in common by which a customer is known again. */
export interface Suspicion {
  /** Of the claim, which is the place in the list. */
  id: number;
  key: string;
  /** documentIds; the older claim first. */
  files: [string, string];
}

/** Claims that are gone through at a time: most are nobody else's, and on SQLite others wait meanwhile. */
const STRETCH = 20_000;

const inOrder = (one: string, other: string): [string, string] =>
  one < other ? [one, other] : [other, one];

/**
 * Files that may be of one customer: those that were let in though somebody was on file already, those from before a key, and
 * companies whose names are alike. Each is told beside the oldest file that it shares something with.
 */
export function createSuspicions(strapi: Core.Strapi, stretch = STRETCH) {
  const keys = (): string[] => {
    const { duplicates } = policyOf(strapi).get();
    return [...duplicates.keys, ...duplicates.near];
  };

  /** Whether the two files share something that was claimed before, under which they are told of. */
  const toldBefore = (tables: Tables) =>
    tables(`${IDENTITY_TABLE} as one`)
      .join(`${IDENTITY_TABLE} as other`, (join) =>
        join.on('other.digest', 'one.digest').andOn('other.key_code', 'one.key_code')
      )
      .select('one.id')
      .whereIn('one.key_code', keys())
      .whereRaw('?? = ?? AND ?? = ?? AND ?? < ?? AND ?? < ??', [
        ...['one.file_id', 'later.file_id', 'other.file_id', 'former.file_id'],
        ...['one.id', 'later.id', 'other.id', 'later.id'],
      ]);

  /** Pairs in the order of the later claim, of which `narrow` says which come into question. */
  const pairs = async (
    limit: number,
    narrow: (query: Knex.QueryBuilder, tables: Tables) => void
  ): Promise<Suspicion[]> => {
    const tables = await tablesOf(strapi);
    const query = tables(`${IDENTITY_TABLE} as later`)
      .join(`${IDENTITY_TABLE} as former`, (join) =>
        join
          .on('former.digest', 'later.digest')
          .andOn('former.key_code', 'later.key_code')
          .andOn('former.id', '<', 'later.id')
          .andOn('former.file_id', '<>', 'later.file_id')
      )
      .select({ id: 'later.id', key: 'later.key_code', later: 'later.file_id' })
      .min({ former: 'former.file_id' })
      .whereIn('later.key_code', keys())
      .whereNotExists(
        tables(`${DISTINCT_FILES} as apart`)
          .select('apart.id')
          .whereRaw('((?? = ?? AND ?? = ??) OR (?? = ?? AND ?? = ??))', [
            ...['apart.first_id', 'later.file_id', 'apart.second_id', 'former.file_id'],
            ...['apart.second_id', 'later.file_id', 'apart.first_id', 'former.file_id'],
          ])
      )
      .whereNotExists(toldBefore(tables))
      .groupBy('later.id', 'later.key_code', 'later.file_id')
      .orderBy('later.id')
      .limit(limit);
    narrow(query, tables);
    const rows = (await query) as Array<{ id: number; key: string; former: string; later: string }>;
    return rows.map(({ id, key, former, later }) => ({
      id: Number(id),
      key,
      files: [former, later],
    }));
  };

  return {
    /** A page of those of one file, each pair once: whoever shares a claim is found by the claims of the file. */
    ofFile: (file: string, after: number, limit: number): Promise<Suspicion[]> =>
      pairs(limit, (query, tables) =>
        query
          .where('later.id', '>', after)
          .whereIn('later.digest', tables(IDENTITY_TABLE).select('digest').where('file_id', file))
          .where((either) => either.where('later.file_id', file).orWhere('former.file_id', file))
      ),

    /** A page of all of them, each pair once. */
    async page(after: number, limit: number): Promise<Suspicion[]> {
      const claims = (await tablesOf(strapi))(IDENTITY_TABLE);
      const [newest] = (await claims.max({ id: 'id' })) as Array<{ id: number | null }>;
      const found: Suspicion[] = [];
      for (let from = after; from < Number(newest?.id) && found.length < limit; from += stretch) {
        const next = await pairs(limit - found.length, (query) =>
          query.where('later.id', '>', from).where('later.id', '<=', from + stretch)
        );
        found.push(...next);
        await nextTurn();
      }
      return found;
    },

    /** Notes that two files that are alike are of two customers, after which they are not told of again. */
    async dismiss(one: string, other: string, by: StaffRef, now: Date): Promise<void> {
      const [first, second] = inOrder(one, other);
      await inTransaction(strapi, async () => {
        const noted = await (
          await tablesOf(strapi)
        )(DISTINCT_FILES)
          .insert({ first_id: first, second_id: second, staff_id: by.id, at: now.getTime() })
          .onConflict(['first_id', 'second_id'])
          .ignore()
          .returning('id');
        if (noted.length === 0) return;
        await auditOf(strapi).append({
          action: 'duplicate.distinct',
          recordType: CUSTOMER,
          recordIds: [first, second],
        });
      });
    },
  };
}
