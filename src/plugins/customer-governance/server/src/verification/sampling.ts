import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import type { Day } from '../calendar/zone';
import type { Sight } from '../customers/api-sight';
import { chunks, inTransaction, tablesOf } from '../database';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import type { CustomerFacts, CustomerRow } from './customers';
import { periodOf } from './facts';
import { PERIODS, SAMPLES, VERIFICATIONS, type Outcome, type SampleState } from './models';
import { createReservoir, type Random } from './reservoir';
import { wilson, type Interval } from './wilson';

const READ_AT_ONCE = 5000;
const WRITTEN_AT_ONCE = 200;
/** Periods that are shown. */
const PERIODS_SHOWN = 8;

export interface PeriodFigures {
  period: Day;
  drawnAt: string;
  /** Customers that could have been drawn. */
  population: number;
  size: number;
  counts: Record<SampleState, number>;
  /** The share of the customers reached of whom everything was right; `null` while nobody was reached. */
  accuracy: Interval | null;
  /** By attribute what its call-backs found. */
  attributes: Array<{ attribute: string; confirmed: number; wrong: number; unreachable: number }>;
}

/**
 * The accuracy figure [COL-8]: of each period some customers are drawn by lot and called back by somebody who is not their
 * owner. @param random whose numbers decide; given, so that a test can name them.
 */
export function createSampling(strapi: Core.Strapi, facts: CustomerFacts, random: Random) {
  const policy = () => policyOf(strapi).get().verification.sample;
  const customers = () => strapi.db.metadata.get(CUSTOMER).tableName;

  const current = (now: Date): Day => periodOf(facts.dayAt(now), policy().everyMonths);

  const newestPeriod = async (): Promise<string | null> => {
    const row = (await (
      await tablesOf(strapi)
    )(PERIODS)
      .orderBy('period', 'desc')
      .first('period')) as { period: string } | undefined;
    return row?.period ?? null;
  };

  /** One pass over the active customers; no more than the sample is in memory. */
  const choose = async (lots: Random): Promise<{ population: number; customers: string[] }> => {
    const { percent, atMost } = policy();
    const reservoir = createReservoir<string>(atMost, lots);
    for (let after = 0; ;) {
      const rows = (await (
        await tablesOf(strapi)
      )(customers())
        .select({ id: 'id', documentId: 'document_id' })
        .where('stage', 'active')
        .where((has) => {
          for (const column of facts.columns()) has.orWhereNotNull(column);
        })
        .where('id', '>', after)
        .orderBy('id')
        .limit(READ_AT_ONCE)) as Array<{ id: number; documentId: string }>;
      for (const { documentId } of rows) reservoir.offer(documentId);
      const last = rows.at(-1);
      if (!last || rows.length < READ_AT_ONCE) break;
      after = last.id;
    }
    const population = reservoir.offered();
    const size = Math.min(atMost, Math.ceil((population * percent) / 100));
    return { population, customers: reservoir.draw(size) };
  };

  return {
    newestPeriod,

    /**
     * Draws the sample of the period that has begun, once.
     * @param lots whose numbers decide; left out: those of the application. @returns how many were drawn.
     */
    async draw(now: Date, lots: Random = random): Promise<number> {
      if (policy().percent === 0 || facts.names().length === 0) return 0;
      const period = current(now);
      if (await (await tablesOf(strapi))(PERIODS).where({ period }).first('id')) return 0;
      const { population, customers } = await choose(lots);
      return inTransaction(strapi, async () => {
        const tables = await tablesOf(strapi);
        const first = await tables(PERIODS)
          .insert({ period, population, drawn_at: now.getTime() })
          .onConflict('period')
          .ignore()
          .returning('id');
        if (first.length === 0) return 0;
        for (const part of chunks(customers, WRITTEN_AT_ONCE)) {
          await tables(SAMPLES).insert(
            part.map((id) => ({ period, document_id: id, state: 'open', staff_id: null, at: null }))
          );
        }
        await auditOf(strapi).append({
          action: 'verification.sample',
          details: { period, count: customers.length },
        });
        return customers.length;
      });
    },

    /** A page of the customers of the newest sample, of those in sight. They appear by their masks. */
    async page(
      sight: Exclude<Sight, null>,
      state: SampleState,
      cursor: number | null,
      limit: number
    ): Promise<CustomerRow[]> {
      const period = await newestPeriod();
      if (period === null) return [];
      const drawn = (await tablesOf(strapi))(SAMPLES)
        .select('document_id')
        .where({ period, state })
        .whereNotNull('document_id');
      return strapi.db.query(CUSTOMER).findMany({
        select: ['id', 'documentId', 'name', 'companyName', 'filingNumber', ...facts.names()],
        where: {
          $and: [
            sight,
            { documentId: { $in: drawn } },
            ...(cursor === null ? [] : [{ id: { $gt: cursor } }]),
          ],
        },
        populate: { owner: { select: ['id', 'displayName'] }, department: { select: ['name'] } },
        orderBy: 'id',
        limit,
      });
    },

    /** The accuracy of the last periods, the newest first. */
    async figures(limit = PERIODS_SHOWN): Promise<PeriodFigures[]> {
      const tables = await tablesOf(strapi);
      const periods = (await tables(PERIODS).orderBy('period', 'desc').limit(limit)) as Array<{
        period: string;
        population: number;
        drawn_at: number | string;
      }>;
      const among = periods.map(({ period }) => period);
      const states = (await tables(SAMPLES)
        .select('period', 'state')
        .count({ count: '*' })
        .whereIn('period', among)
        .groupBy('period', 'state')) as Array<{
        period: string;
        state: SampleState;
        count: number | string;
      }>;
      const outcomes = (await tables(VERIFICATIONS)
        .select('period', 'attribute', 'outcome')
        .count({ count: '*' })
        .whereIn('period', among)
        .groupBy('period', 'attribute', 'outcome')
        .orderBy('attribute')) as Array<{
        period: string;
        attribute: string;
        outcome: Outcome;
        count: number | string;
      }>;
      return periods.map(({ period, population, drawn_at: at }) => {
        const count = (state: SampleState) =>
          Number(states.find((row) => row.period === period && row.state === state)?.count ?? 0);
        const counts = {
          open: count('open'),
          accurate: count('accurate'),
          inaccurate: count('inaccurate'),
          unreachable: count('unreachable'),
        };
        const own = outcomes.filter((row) => row.period === period);
        const countOf = (attribute: string, outcome: Outcome) =>
          Number(
            own.find((row) => row.attribute === attribute && row.outcome === outcome)?.count ?? 0
          );
        return {
          period,
          drawnAt: new Date(Number(at)).toISOString(),
          population: Number(population),
          size: Object.values(counts).reduce((sum, each) => sum + each, 0),
          counts,
          accuracy: wilson(counts.accurate, counts.accurate + counts.inaccurate),
          attributes: [...new Set(own.map(({ attribute }) => attribute))].map((attribute) => ({
            attribute,
            confirmed: countOf(attribute, 'confirmed'),
            wrong: countOf(attribute, 'wrong'),
            unreachable: countOf(attribute, 'unreachable'),
          })),
        };
      });
    },
  };
}

export type Sampling = ReturnType<typeof createSampling>;
