import type { Core } from '@strapi/strapi';
import type { AuditAction } from '../audit/actions';
import { AUDIT_ENTRY, AUDIT_TABLE, type AuditRow, type SealedValues } from '../audit/audit';
import { ENTRY_COLUMNS, type StoredEntry } from '../audit/encoding';
import { chunks, tablesOf } from '../database';
import { LEAVES, RECORD_ENTRIES } from '../transparency/models';
import { createFigures } from './figures';
import { createSelector, type Order, type Place, type Selection } from './selection';

/** An entry with its place in the tree; null as long as it has none. */
export type PlacedRow = AuditRow & SealedValues & { leafIndex: number | null };
/** The same as the database holds it, for its canonical encoding. */
export type StoredRow = StoredEntry & { id: number; leafIndex: number | null };

/** Records that belong to another one, of which a domain knows. */
export type RelatedRecords = (documentId: string, limit: number) => Promise<string[]>;

/** So many related records, and so many requests, make up a record's history at most. */
const MAX_RELATED = 200;
/** Requests name their records in these entries; those of the decisions name the request alone. */
const NAMES_REQUEST: readonly AuditAction[] = [
  'request.submit',
  'request.amend',
  'retention.propose',
];
/** SQLite takes so many bindings in any version. */
const BINDINGS = 500;

/** The reading side of the audit log. */
export function explorerService({ strapi }: { strapi: Core.Strapi }) {
  const related: RelatedRecords[] = [];
  const select = () => createSelector(strapi);

  const leavesOf = async (ids: readonly number[]): Promise<Map<number, number>> => {
    const table = await tablesOf(strapi);
    const leaves = new Map<number, number>();
    for (const part of chunks(ids, BINDINGS)) {
      const rows: Array<{ id: number; entry_id: number }> = await table(LEAVES)
        .whereIn('entry_id', part)
        .select('id', 'entry_id');
      for (const row of rows) leaves.set(Number(row.entry_id), Number(row.id));
    }
    return leaves;
  };

  /** Rows in the order of their places; what was pruned in between is left out. */
  const inOrder = <Row extends { id: number }>(
    places: readonly Place[],
    rows: readonly Row[],
    leaves: Map<number, number>
  ): Array<Row & { leafIndex: number | null }> => {
    const byId = new Map(rows.map((row) => [row.id, row]));
    return places.flatMap(({ id }) => {
      const row = byId.get(id);
      return row ? [{ ...row, leafIndex: leaves.get(id) ?? null }] : [];
    });
  };

  return {
    /** Has a domain tell which records belong to another one; their entries are part of its history. */
    registerRelated(find: RelatedRecords): void {
      related.push(find);
    },

    /**
     * What a record's whole history is made of: itself, what belongs to it, and the requests that named it. Of records that
     * are gone, what the log itself tells.
     */
    async historyOf(recordId: string): Promise<Pick<Selection, 'records' | 'requests'>> {
      const found = await Promise.all(related.map((find) => find(recordId, MAX_RELATED)));
      const tables = await tablesOf(strapi);
      const requests: Array<{ request_id: string }> = await tables(`${RECORD_ENTRIES} as named`)
        .join(`${AUDIT_TABLE} as entry`, 'entry.id', 'named.entry_id')
        .where('named.record_id', recordId)
        .whereIn('entry.action', [...NAMES_REQUEST])
        .whereNotNull('entry.request_id')
        .groupBy('entry.request_id')
        .orderByRaw('max(named.at) desc')
        .limit(MAX_RELATED)
        .select('entry.request_id');
      return {
        records: [...new Set([recordId, ...found.flat()])].slice(0, MAX_RELATED),
        requests: requests.map(({ request_id }) => request_id),
      };
    },

    places: (by: Selection, after: Place | null, limit: number, order?: Order): Promise<Place[]> =>
      select().places(by, after, limit, order),

    /** A page of entries in the order of their time. @param after the last entry of the page before. */
    async page(
      by: Selection,
      after: Place | null,
      limit: number,
      order?: Order
    ): Promise<PlacedRow[]> {
      const places = await select().places(by, after, limit, order);
      const ids = places.map(({ id }) => id);
      const rows: Array<AuditRow & SealedValues> = ids.length
        ? await strapi.db.query(AUDIT_ENTRY).findMany({ where: { id: { $in: ids } } })
        : [];
      return inOrder(places, rows, await leavesOf(ids));
    },

    /** Entries as the database holds them, in the order of their places. */
    async stored(places: readonly Place[]): Promise<StoredRow[]> {
      const table = await tablesOf(strapi);
      const ids = places.map(({ id }) => id);
      const rows: Array<StoredEntry & { id: number }> = [];
      for (const part of chunks(ids, BINDINGS)) {
        rows.push(
          ...(await table(AUDIT_TABLE)
            .whereIn('id', part)
            .select('id', ...ENTRY_COLUMNS))
        );
      }
      return inOrder(places, rows, await leavesOf(ids));
    },

    /** One entry as the database holds it. */
    async find(documentId: string): Promise<StoredRow | null> {
      const table = await tablesOf(strapi);
      const row: (StoredEntry & { id: number }) | undefined = await table(AUDIT_TABLE)
        .where({ document_id: documentId })
        .first('id', ...ENTRY_COLUMNS);
      if (!row) return null;
      return { ...row, leafIndex: (await leavesOf([row.id])).get(row.id) ?? null };
    },

    /** A page of what was done with these actions on one request, newest first. @param cursor the last entry's id. */
    ofRequest: (
      requestId: string,
      actions: readonly AuditAction[],
      cursor: number | null,
      limit: number
    ): Promise<AuditRow[]> =>
      strapi.db.query(AUDIT_ENTRY).findMany({
        where: {
          requestId,
          action: { $in: [...actions] },
          outcome: 'done',
          ...(cursor === null ? {} : { id: { $lt: cursor } }),
        },
        orderBy: { id: 'desc' },
        limit,
      }),

    figures: createFigures(strapi),
  };
}

export type ExplorerService = ReturnType<typeof explorerService>;

export const explorerOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('explorer') as ExplorerService;
