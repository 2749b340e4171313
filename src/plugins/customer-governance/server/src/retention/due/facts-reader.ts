import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { chunks, connectionOf, isPostgres, tablesOf } from '../../database';
import type { RetentionFacts } from '../../policy';
import {
  classOf,
  HELD_FOR_NOTHING,
  heldFor,
  type ConsentFacts,
  type Day,
  type DayAt,
  type Held,
  type PlanFacts,
  earlierEnd,
} from './due-date';
import type { HeldReader } from '../holds/held';
import { CONSENT, CUSTOMER, NOTICE, PURPOSE } from '../uids';

/** A customer with all that the retention rules ask for, and what stands on it. */
export interface FactsRow {
  id: number;
  /** Empty unless it was asked for. */
  documentId: string;
  /** As the database has it, to see whether somebody wrote meanwhile. */
  updated: number | null;
  dueOn: Day | null;
  reason: string | null;
  facts: RetentionFacts;
  /** Whether each of the columns that were asked for holds something, in their order. */
  filled: boolean[];
}

interface Row {
  id: number;
  document_id?: string;
  created: number | null;
  updated: number | null;
  contact: Day | null;
  ended: Day | null;
  erasure: Day | null;
  key_customer: boolean | number | null;
  in_dispute: boolean | number | null;
  plan_id: number | null;
  due_on: Day | null;
  reason: string | null;
  [column: string]: unknown;
}
interface ConsentRow {
  customer_id: number;
  state: 'given' | 'withdrawn';
  purpose_id: number | null;
  expires: number | null;
  withdrawn: number | null;
}

export interface Reading {
  now: Date;
  dayAt: DayAt;
  /** Columns of which only is asked whether they hold something. */
  filled?: readonly string[];
  /** Whether it is asked which customers these are, besides by their row ids. */
  named?: boolean;
  /** Leaves customers out. */
  narrow?: (query: Knex.QueryBuilder) => void;
}

/** Large enough that the round trips do not count, small enough that others get their turn on SQLite's one connection. */
const PAGE = 5000;
/** Beyond so many ids for each customer, a range of ids would read the consents of many others. */
const SPARSE = 4;
/** The offset of a zone changes at most at quarters of an hour. */
const QUARTER_MS = 15 * 60 * 1000;
const REMEMBERED = 100_000;

/**
 * Reads what due dates hang on, of many customers at once: pages in the order of the ids over the columns that are needed,
 * the consents of a page in one query. Without a word of what is sealed.
 */
export function createFactsReader(strapi: Core.Strapi, holdings: HeldReader) {
  const tableName = (uid: string) => strapi.db.metadata.get(uid).tableName;

  /** A moment as milliseconds; of PostgreSQL the driver would make a Date each. */
  const moment = (connection: Knex, column: string, name: string) =>
    isPostgres(strapi)
      ? connection.raw("round(date_part('epoch', ??) * 1000) as ??", [column, name])
      : connection.raw('?? as ??', [column, name]);

  const customersAfter = async (after: number, reading: Reading): Promise<Row[]> => {
    const connection = (await connectionOf(strapi)) as Knex;
    const query = (await tablesOf(strapi))(tableName(CUSTOMER))
      .select('id', 'key_customer', 'in_dispute', 'plan_id')
      .select({
        contact: 'last_contact_on',
        ended: 'relation_ended_on',
        erasure: 'erasure_requested_on',
        due_on: 'retention_due_on',
        reason: 'retention_reason',
      })
      .select(
        moment(connection, 'created_at', 'created'),
        moment(connection, 'updated_at', 'updated'),
        ...(reading.filled ?? []).map((column, index) =>
          connection.raw('case when ?? is null then 0 else 1 end as ??', [
            column,
            `filled_${index}`,
          ])
        )
      )
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE);
    if (reading.named) query.select('document_id');
    reading.narrow?.(query);
    return query;
  };

  /** By row id of the notice, until when consents under it are relied on; of versions that still say what is said now: none. */
  const noticeEnds = async (): Promise<Map<number, number>> => {
    const connection = (await connectionOf(strapi)) as Knex;
    const rows = (await (
      await tablesOf(strapi)
    )(tableName(NOTICE))
      .select('id', moment(connection, 'relied_until', 'ends'))
      .whereNotNull('relied_until')) as Array<{ id: number; ends: number }>;
    return new Map(rows.map(({ id, ends }) => [id, Number(ends)]));
  };

  const consentsOf = async (
    rows: Row[],
    ends: ReadonlyMap<number, number>
  ): Promise<ConsentRow[]> => {
    const connection = (await connectionOf(strapi)) as Knex;
    const first = rows[0]?.id ?? 0;
    const last = rows.at(-1)?.id ?? 0;
    const read = async (narrow: (query: Knex.QueryBuilder) => void): Promise<ConsentRow[]> => {
      const query = (await tablesOf(strapi))(tableName(CONSENT))
        .select('customer_id', 'state', 'purpose_id', 'notice_id')
        .select(
          moment(connection, 'expires_at', 'expires'),
          moment(connection, 'withdrawn_at', 'withdrawn')
        )
        .whereIn('state', ['given', 'withdrawn']);
      narrow(query);
      const found = (await query) as Array<ConsentRow & { notice_id: number | null }>;
      if (ends.size === 0) return found;
      return found.map((row) => ({
        ...row,
        expires: earlierEnd(row.expires, ends.get(row.notice_id ?? 0)),
      }));
    };
    if (last - first < SPARSE * rows.length)
      return read((query) => query.whereBetween('customer_id', [first, last]));
    const found: ConsentRow[] = [];
    for (const part of chunks(rows, 500)) {
      const ids = part.map(({ id }) => id);
      found.push(...(await read((query) => query.whereIn('customer_id', ids))));
    }
    return found;
  };

  const pageAfter = async (after: number, reading: Reading, ends: ReadonlyMap<number, number>) => {
    const rows = await customersAfter(after, reading);
    const consents = new Map<number, ConsentRow[]>();
    for (const consent of rows.length > 0 ? await consentsOf(rows, ends) : []) {
      const mine = consents.get(consent.customer_id);
      if (mine) mine.push(consent);
      else consents.set(consent.customer_id, [consent]);
    }
    return { rows, consents };
  };

  const purposeCodes = async (): Promise<Map<number, string>> => {
    const rows = (await (
      await tablesOf(strapi)
    )(tableName(PURPOSE)).select('id', 'code')) as Array<{
      id: number;
      code: string;
    }>;
    return new Map(rows.map(({ id, code }) => [id, code]));
  };

  return {
    /** All customers, or those that are left, page by page. */
    async *pages(reading: Reading): AsyncGenerator<FactsRow[]> {
      const codes = await purposeCodes();
      const ends = await noticeEnds();
      const dayAt = rememberedDays(reading.dayAt);
      const heldWith = rememberedHoldings(reading.now, dayAt, codes);
      for (let next = pageAfter(0, reading, ends); ;) {
        const { rows, consents } = await next;
        const last = rows.at(-1);
        if (!last) return;
        if (rows.length === PAGE) {
          // PostgreSQL reads the next page while this one is reckoned. What fails is told where it is awaited.
          next = pageAfter(last.id, reading, ends);
          next.catch(() => undefined);
        }
        const planWith = await holdings.plansOf(plansIn(rows), reading.dayAt);
        yield rows.map((row) => {
          const held = heldWith(consents.get(row.id), row.plan_id, planWith);
          return rowOf(row, held, dayAt, reading.filled?.length ?? 0);
        });
        if (rows.length < PAGE) return;
        // SQLite answers without waiting for anything: nobody else would be served until all are read.
        await nextTurn();
      }
    },
  };
}

export type FactsReader = ReturnType<typeof createFactsReader>;

function plansIn(rows: Row[]): number[] {
  const ids = new Set<number>();
  for (const { plan_id: id } of rows) if (id !== null) ids.add(id);
  return [...ids];
}

const NONE_FILLED: boolean[] = [];
const filledIn = (row: Row, columns: number): boolean[] =>
  Array.from({ length: columns }, (_, index) => row[`filled_${index}`] === 1);

function rowOf(row: Row, held: Held, dayAt: (time: number) => Day, columns: number): FactsRow {
  return {
    id: row.id,
    documentId: row.document_id ?? '',
    updated: row.updated,
    dueOn: row.due_on,
    reason: row.reason,
    filled: columns === 0 ? NONE_FILLED : filledIn(row, columns),
    facts: {
      customerClass: classOf({
        keyCustomer: Boolean(row.key_customer),
        inDispute: Boolean(row.in_dispute),
      }),
      purposes: held.purposes,
      formerPurposes: held.formerPurposes,
      events: {
        created: dayAt(row.created ?? 0),
        'last-contact': row.contact,
        'relation-ended': row.ended,
        'erasure-requested': row.erasure,
        'consent-withdrawn': held.withdrawnOn,
        'purpose-ended': held.purposeEndedOn,
      },
    },
  };
}

/** Days of moments; the zone is asked once for each quarter of an hour. */
function rememberedDays(dayAt: DayAt): (time: number | Date) => Day {
  const days = new Map<number, Day>();
  return (moment) => {
    const quarter = Math.floor(Number(moment) / QUARTER_MS);
    let day = days.get(quarter);
    if (day === undefined) {
      if (days.size >= REMEMBERED) days.clear();
      days.set(quarter, (day = dayAt(new Date(quarter * QUARTER_MS))));
    }
    return day;
  };
}

/** What customers are held for: many have the same plan and the same consents. */
function rememberedHoldings(
  now: Date,
  dayAt: (time: number | Date) => Day,
  codes: ReadonlyMap<number, string>
) {
  const time = now.getTime();
  const holdings = new Map<string, Held>();
  return (
    consents: readonly ConsentRow[] | undefined,
    planId: number | null,
    planWith: (id: number | null) => PlanFacts | null
  ): Held => {
    if (!consents && planId === null) return HELD_FOR_NOTHING;
    let key = `${planId ?? ''}`;
    for (const { state, purpose_id: purpose, expires, withdrawn } of consents ?? []) {
      const stands = state === 'given' && (expires === null || expires > time);
      const end = stands ? '' : dayAt((state === 'given' ? expires : withdrawn) ?? time);
      key += `|${state} ${purpose ?? ''} ${end}`;
    }
    let held = holdings.get(key);
    if (!held) {
      if (holdings.size >= REMEMBERED) holdings.clear();
      const facts = (consents ?? []).map(
        ({ state, purpose_id: purpose, expires, withdrawn }): ConsentFacts => ({
          state,
          purpose: purpose === null ? null : (codes.get(purpose) ?? null),
          expiresAt: expires,
          withdrawnAt: withdrawn,
        })
      );
      holdings.set(key, (held = heldFor(facts, planWith(planId), now, dayAt)));
    }
    return held;
  };
}
