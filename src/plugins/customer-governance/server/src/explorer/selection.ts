import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { AUDIT_TABLE } from '../audit/audit';
import { chunks, connectionOf, isPostgres, tablesOf, type Tables } from '../database';
import { qualified } from '../organisation/trees';
import { RECORD_ENTRIES, STATE } from '../transparency/models';
import { leafOfEntry } from '../transparency/store';

/** What is looked for; all of it must be true of an entry, and of each list one of its items. */
export interface Selection {
  records?: readonly string[];
  /** Also the entries of these requests that name no record. */
  requests?: readonly string[];
  actors?: ReadonlyArray<{ kind: string; id: string }>;
  actions?: readonly string[];
  purpose?: string;
  outcome?: string;
  channel?: string;
  from?: Date;
  /** Included. */
  to?: Date;
}

/** The place of an entry in time: entries of one instant follow each other by their ids. */
export interface Place {
  at: number;
  id: number;
}
export type Order = 'newest' | 'oldest';

interface Step {
  after: Place | null;
  order: Order;
  limit: number;
}

/** What walks begin with: the condition of an index, once for each of its values. */
interface Entrance {
  name: keyof Selection;
  starts: Array<(query: Knex.QueryBuilder) => unknown>;
}

/** By which columns a walk goes. */
interface Way {
  at: string;
  id: string;
  /** What is sorted by, where that is not to be an index. */
  sort?: string;
  instant(at: number): Date | number;
}

/** So few entries are quickly looked through. */
const FEW = 500;
/** Parts of one statement; SQLite takes at most 500. */
const PARTS = 50;

/**
 * Finds entries in the order of their time, page by page from a place on. Everything that is looked for has an index that
 * ends in this order; so a page costs the same at the end of a long log as at its beginning, and a list of persons or actions
 * is one such walk for each of its items, merged.
 */
export function createSelector(strapi: Core.Strapi) {
  const postgres = isPostgres(strapi);
  const moment = (at: number) => new Date(at);

  /** An entry's column that the walk does not go by. SQLite, without statistics, would choose any index that fits. */
  const aside = (column: string) => (postgres ? `entry.${column}` : `+entry.${column}`);

  const narrow = (query: Knex.QueryBuilder, by: Selection, way: keyof Selection | null) => {
    const equals = (column: string, value: string | undefined, name: keyof Selection) => {
      if (value === undefined || name === way) return;
      query.whereRaw(`${aside(column)} = ?`, [value]);
    };
    equals('purpose', by.purpose, 'purpose');
    equals('outcome', by.outcome, 'outcome');
    equals('channel', by.channel, 'channel');
    if (by.actors && way !== 'actors') {
      query.where((either) => {
        if (by.actors?.length === 0) either.whereRaw('1 = 0');
        for (const { kind, id } of by.actors ?? []) {
          either.orWhereRaw(`(${aside('actor_kind')} = ? and ${aside('actor_id')} = ?)`, [
            kind,
            id,
          ]);
        }
      });
    }
    if (by.actions && way !== 'actions') {
      const places = by.actions.map(() => '?').join(', ');
      query.whereRaw(places ? `${aside('action')} in (${places})` : '1 = 0', [...by.actions]);
    }
  };

  /** Keeps a walk within its time, from a place on, and in order. */
  const walk = (query: Knex.QueryBuilder, by: Selection, step: Step, way: Way) => {
    const { at, id, instant } = way;
    const { after, order, limit } = step;
    if (by.from) query.whereRaw(`${at} >= ?`, [instant(by.from.getTime())]);
    if (by.to) query.whereRaw(`${at} <= ?`, [instant(by.to.getTime())]);
    if (after) {
      const sign = order === 'newest' ? '<' : '>';
      query.whereRaw(`(${at}, ${id}) ${sign} (?, ?)`, [instant(after.at), after.id]);
    }
    const direction = order === 'newest' ? 'desc' : 'asc';
    return query
      .orderByRaw(`${way.sort ?? at} ${direction}, ${id} ${direction}`)
      .limit(limit)
      .select({ id: 'entry.id', at: 'entry.at' });
  };
  const byEntry: Way = { at: 'entry.at', id: 'entry.id', instant: moment };
  const byRecord: Way = { at: 'named.at', id: 'named.entry_id', instant: (at) => at };
  // Few entries wait, and their ids say which: neither database shall go through the times of all the others for them.
  const byWaiting: Way = postgres
    ? { ...byEntry, sort: `entry.at + interval '0'` }
    : { ...byEntry, at: '+entry.at' };

  /** The walks that together find everything that is looked for. */
  const walks = (
    tables: Tables,
    by: Selection,
    step: Step,
    watermark: number,
    ways: readonly Entrance[]
  ) => {
    const along = (
      from: keyof Selection | null,
      start?: (query: Knex.QueryBuilder) => unknown,
      way = byEntry
    ) => {
      const query = tables(`${AUDIT_TABLE} as entry`);
      start?.(query);
      narrow(query, by, from);
      return walk(query, by, step, way);
    };

    if (by.records || by.requests) {
      const ofRecords = (by.records ?? []).map((record) => {
        const query = tables(`${RECORD_ENTRIES} as named`)
          .joinRaw(
            // CROSS: SQLite shall come from the record's entries, in their order.
            `${postgres ? '' : 'CROSS '}JOIN ?? AS entry ON entry.id = named.entry_id`,
            [qualified(strapi, AUDIT_TABLE)]
          )
          .where('named.record_id', record);
        narrow(query, by, 'records');
        return walk(query, by, step, byRecord);
      });
      const ofRequests = (by.requests ?? []).map((request) =>
        along('requests', (query) =>
          query.where('entry.request_id', request).whereRaw(`CAST(entry.record_ids AS TEXT) = '[]'`)
        )
      );
      const waiting = chunks(by.records ?? [], PARTS).map((records) =>
        along('records', (query) => waitingOf(tables, query, records, watermark), byWaiting)
      );
      return [...ofRecords, ...ofRequests, ...waiting];
    }
    const [way] = ways;
    if (!way) return [along(null)];
    return way.starts.map((start) => along(way.name, start));
  };

  /** The indexes by which the entries can be found, the one that usually finds the fewest first. */
  const waysOf = (by: Selection): Entrance[] => {
    const { actors, actions, purpose, outcome, channel } = by;
    const equal = (column: string, value: string) => (query: Knex.QueryBuilder) =>
      query.where(`entry.${column}`, value);
    const ways: Entrance[] = [];
    if (actors) {
      const starts = actors.map(
        ({ kind, id }) =>
          (query: Knex.QueryBuilder) =>
            query.where('entry.actor_id', id).whereRaw(`${aside('actor_kind')} = ?`, [kind])
      );
      ways.push({ name: 'actors', starts });
    }
    if (purpose) ways.push({ name: 'purpose', starts: [equal('purpose', purpose)] });
    if (outcome && outcome !== 'done') {
      ways.push({ name: 'outcome', starts: [equal('outcome', outcome)] });
    }
    if (actions) {
      ways.push({ name: 'actions', starts: actions.map((action) => equal('action', action)) });
    }
    if (channel) ways.push({ name: 'channel', starts: [equal('channel', channel)] });
    return ways;
  };

  /**
   * Puts a way that finds few entries before the others: of somebody's many entries the few of a rare action are found by the
   * action. PostgreSQL knows by its statistics.
   */
  const rarestFirst = async (tables: Tables, by: Selection): Promise<Entrance[]> => {
    const ways = waysOf(by);
    if (postgres || ways.length < 2) return ways;
    const counted: Array<{ way: Entrance; count: number }> = [];
    for (const way of ways) {
      let count = 0;
      for (const start of way.starts) {
        if (count > FEW) break;
        const query = tables(`${AUDIT_TABLE} as entry`)
          .select('entry.id')
          .limit(FEW + 1 - count);
        start(query);
        if (by.from) query.where('entry.at', '>=', moment(by.from.getTime()));
        if (by.to) query.where('entry.at', '<=', moment(by.to.getTime()));
        count += ((await query) as unknown[]).length;
      }
      if (count <= FEW) counted.push({ way, count });
    }
    const [rarest] = counted.sort((a, b) => a.count - b.count);
    return rarest ? [rarest.way] : ways;
  };

  return {
    /** The places of the next `limit` entries after a place. */
    async places(
      by: Selection,
      after: Place | null,
      limit: number,
      order: Order = 'newest'
    ): Promise<Place[]> {
      const tables = await tablesOf(strapi);
      const connection = await connectionOf(strapi);
      // Read first: what finds its place in the tree meanwhile is found among the record's entries.
      const watermark = by.records
        ? Number((await tables(STATE).where({ id: 1 }).first('watermark'))?.watermark ?? 0)
        : 0;
      const ways = by.records ? [] : await rarestFirst(tables, by);
      const parts = walks(tables, by, { after, order, limit }, watermark, ways);
      const found = new Map<number, Place>();
      for (const part of chunks(parts, PARTS)) {
        const rows: Array<{ id: number; at: Date | number | string }> = await connection
          .select('*')
          .from(
            connection
              .unionAll(
                part.map((walk, index) => connection.select('*').from(walk.as(`w${index}`)))
              )
              .as('walks')
          );
        for (const { id, at } of rows) found.set(id, { id, at: new Date(at).getTime() });
      }
      const sign = order === 'newest' ? -1 : 1;
      return [...found.values()]
        .sort((a, b) => sign * (a.at - b.at || a.id - b.id))
        .slice(0, limit);
    },
  };
}

export type Selector = ReturnType<typeof createSelector>;

/** The few entries that name one of the records and have no place in the tree yet, so that no index of records has them. */
function waitingOf(
  tables: Tables,
  query: Knex.QueryBuilder,
  records: readonly string[],
  watermark: number
): void {
  query
    .where('entry.id', '>', watermark)
    .whereNotExists(leafOfEntry(tables))
    .where((either) => {
      // Ids stand in quotes in the JSON text, so that one id does not match within another.
      for (const record of records) {
        const quoted = `%"${record.replace(/[!%_]/g, '!$&')}"%`;
        either.orWhereRaw(`CAST(entry.record_ids AS TEXT) LIKE ? ESCAPE '!'`, [quoted]);
      }
    });
}
