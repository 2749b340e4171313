import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { AuditAction } from '../audit/actions';
import { AUDIT_TABLE } from '../audit/audit';
import { connectionOf, isPostgres, tablesOf } from '../database';

/** Who acted: of which kind the account is, and its id. */
export interface Account {
  kind: string;
  id: string;
}

/** Somebody of whom there are new entries, and from when to when these are. */
export interface Touched extends Account {
  from: Date;
  to: Date;
  /** Of the first and the last of them in each hour. */
  moments: Date[];
}

/** A span of time, half open. */
export type Span = readonly [from: Date, to: Date];

/** Which entries count, and what each counts for. */
export interface Source {
  actions: readonly AuditAction[];
  weigh: 'records' | 'entries';
  /** Only those that name no record. */
  missed?: boolean;
  /** Counted for whoever submitted the request, not for whoever acted on it. */
  forRequester?: boolean;
}

/** What a person did in one hour or in a stretch of time. */
export interface Sum extends Account {
  observed: number;
  /** Of the first and the last of the entries. */
  first: Date;
  last: Date;
}

/** Those whose doings are looked at: people and the applications that act with a token. The product itself is not. */
const ACTING = ['admin', 'user', 'api-token'];
/** So many entries are named by an alert; the log has the others. */
export const EVIDENCE = 50;

export const keyOf = ({ kind, id }: Account): string => `${kind}:${id}`;

type Row = Record<string, string | number | Date>;

/**
 * The questions that rules ask of the log. Each is one aggregate that the database computes; what comes back is a row for
 * a person, or for a person and hour.
 */
export function logOf(strapi: Core.Strapi) {
  const postgres = isPostgres(strapi);
  const raw = (sql: string, bindings: readonly (string | number)[] = []) =>
    strapi.db.connection.raw(sql, bindings as Knex.RawBinding[]);
  // The kind of the JSON first: PostgreSQL counts nothing but lists.
  const records = postgres
    ? `(case when jsonb_typeof(e.record_ids) = 'array' then jsonb_array_length(e.record_ids) else 0 end)`
    : `coalesce(json_array_length(e.record_ids), 0)`;
  const hour = postgres ? `floor(extract(epoch from e.at) / 3600)` : `e.at / 3600000`;

  const weightOf = ({ weigh }: Source) => (weigh === 'records' ? records : '1');
  const whoOf = ({ forRequester }: Source) => (forRequester ? 'r' : 'e');

  const entries = async (source: Source): Promise<{ query: Knex.QueryBuilder }> => {
    const query = (await tablesOf(strapi))(`${AUDIT_TABLE} as e`)
      .whereIn('e.action', [...source.actions])
      .where('e.outcome', 'done');
    if (source.missed) query.whereRaw(`${records} = 0`);
    if (source.forRequester) {
      query.join(`${AUDIT_TABLE} as r`, (on) => {
        on.on('r.request_id', 'e.request_id').andOnVal('r.action', 'request.submit');
      });
    }
    return { query };
  };

  const ofPeople = (query: Knex.QueryBuilder, source: Source, people: readonly Account[]) => {
    const who = whoOf(source);
    return query.whereIn(
      [`${who}.actor_kind`, `${who}.actor_id`],
      people.map(({ kind, id }) => [kind, id])
    );
  };

  const within = (query: Knex.QueryBuilder, spans: readonly Span[]) =>
    query.where((any) => {
      for (const [from, to] of spans) {
        any.orWhere((one) => one.where('e.at', '>=', from).where('e.at', '<', to));
      }
    });

  const sumOf = (row: Row): Sum => ({
    kind: String(row.kind),
    id: String(row.id),
    observed: Number(row.observed),
    first: new Date(row.first),
    last: new Date(row.last),
  });

  const summed = (source: Source) => {
    const who = whoOf(source);
    return {
      columns: {
        kind: `${who}.actor_kind`,
        id: `${who}.actor_id`,
        observed: raw(`sum(${weightOf(source)})`),
        first: raw('min(e.at)'),
        last: raw('max(e.at)'),
      },
      by: [`${who}.actor_kind`, `${who}.actor_id`],
    };
  };

  return {
    /** Those of whom there are such entries among the new ones. */
    async touched(source: Source, after: number, upTo: number): Promise<Touched[]> {
      const { columns, by } = summed(source);
      const { query } = await entries(source);
      const rows = (await query
        .where('e.id', '>', after)
        .where('e.id', '<=', upTo)
        .whereIn(by[0], ACTING)
        .select(columns)
        .groupBy([...by, raw(hour)])) as Row[];
      const people = new Map<string, Touched>();
      for (const { kind, id, first, last } of rows.map(sumOf)) {
        const known = people.get(keyOf({ kind, id }));
        if (!known) {
          people.set(keyOf({ kind, id }), {
            kind,
            id,
            from: first,
            to: last,
            moments: [first, last],
          });
          continue;
        }
        if (first < known.from) known.from = first;
        if (last > known.to) known.to = last;
        known.moments.push(first, last);
      }
      return [...people.values()];
    },

    /** What each of these people did within the spans. */
    async sums(source: Source, people: readonly Account[], spans: readonly Span[]): Promise<Sum[]> {
      const { columns, by } = summed(source);
      const { query } = await entries(source);
      const rows = (await within(ofPeople(query, source, people), spans)
        .select(columns)
        .groupBy(by)) as Row[];
      return rows.map(sumOf);
    },

    /** The same hour by hour; hours in which somebody did nothing are left out. */
    async hourly(source: Source, people: readonly Account[], span: Span): Promise<Sum[]> {
      const { columns, by } = summed(source);
      const { query } = await entries(source);
      const rows = (await within(ofPeople(query, source, people), [span])
        .select(columns)
        .groupBy([...by, raw(hour)])) as Row[];
      return rows.map(sumOf);
    },

    /**
     * Where, within any stretch of so many milliseconds, somebody did at least so much: the first entry of the first such
     * stretch, the last of the last, and the most that was done in one of them, hour by hour.
     * @param people each with the time from which entries count.
     */
    async dense(
      source: Source,
      people: readonly Touched[],
      ms: number,
      atLeast: number
    ): Promise<Sum[]> {
      const who = whoOf(source);
      const reach = postgres ? `interval '${ms / 1000} seconds'` : String(ms);
      const stretch = `over (partition by ${who}.actor_kind, ${who}.actor_id order by e.at range between ${reach} preceding and current row)`;
      const { query } = await entries(source);
      query
        .where((any) => {
          for (const { kind, id, from, to } of people) {
            any.orWhere((one) =>
              one
                .where({ [`${who}.actor_kind`]: kind, [`${who}.actor_id`]: id })
                .where('e.at', '>=', from)
                .where('e.at', '<=', to)
            );
          }
        })
        .select({
          kind: `${who}.actor_kind`,
          id: `${who}.actor_id`,
          at: 'e.at',
          hour: raw(hour),
          done: raw(`sum(${weightOf(source)}) ${stretch}`),
          since: raw(`min(e.at) ${stretch}`),
        });
      const connection = (await connectionOf(strapi)) as Knex;
      const rows = (await connection
        .select({
          kind: 'kind',
          id: 'id',
          observed: raw('max(done)'),
          first: raw('min(since)'),
          last: raw('max(at)'),
        })
        .from(query.as('dense'))
        .where('done', '>=', atLeast)
        .groupBy('kind', 'id', 'hour')
        .orderBy(['kind', 'id', { column: 'first' }])) as Row[];
      return rows.map(sumOf);
    },

    /** The first entries of a person within the spans, and how many there are. */
    async evidence(
      source: Source,
      person: Account,
      spans: readonly Span[]
    ): Promise<{ ids: number[]; count: number }> {
      const { query } = await entries(source);
      within(ofPeople(query, source, [person]), spans);
      const [counted] = (await query.clone().count({ count: '*' })) as Array<{ count: number }>;
      const rows = (await query.select({ id: 'e.id' }).orderBy('e.id').limit(EVIDENCE)) as Array<{
        id: number;
      }>;
      return { ids: rows.map(({ id }) => id), count: Number(counted?.count ?? 0) };
    },
  };
}

export type Log = ReturnType<typeof logOf>;
