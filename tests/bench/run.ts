import type { Core } from '@strapi/strapi';
import type { Call, Client } from './load';
import type { Measure } from './measures';
import type { Options } from './options';
import { below, createRandom, type Random } from './random';
import { summarise, type Summary } from './statistics';
import { SIDES, type Side } from './types';

export interface Result {
  measure: string;
  title: string;
  target: number;
  rows: number;
  pairs: number;
  /** Throughput governed to plain, pair by pair. */
  ratio: Summary;
  /**
   * The same by the processor time of the application alone. What else runs on the machine hardly touches it; of waiting
   * for a disk or for PostgreSQL it knows nothing.
   */
  processor: Summary;
  /** Requests in a second. */
  governed: Summary;
  plain: Summary;
}

export interface Bench {
  strapi: Core.Strapi;
  client: Client;
  options: Options;
  /** Numbers that no customer has had yet. */
  nextNumber: () => number;
}

const WARM_UP_PAIRS = 5;
/** As soon as the median is known as closely as this, there are pairs enough. */
const CLOSE_ENOUGH = 0.04;

/**
 * Measures in pairs of short blocks, one of each side and in random order, so that whatever else the machine does meets
 * both. What is compared is the two blocks of a pair, never two that lie far apart.
 */
export async function run(bench: Bench, measure: Measure, rows: number): Promise<Result> {
  const { options, strapi } = bench;
  const order = createRandom(options.seed + 1);
  const before = await entriesOf(strapi, measure.audited);
  const ratios: number[] = [];
  const processor: number[] = [];
  const rates: Record<Side, number[]> = { governed: [], plain: [] };
  for (let pair = 0; pair < WARM_UP_PAIRS; pair += 1) await runPair(bench, measure, order);
  await check(bench, measure);
  while (!enough(ratios, options)) {
    const { governed, plain } = await runPair(bench, measure, order);
    ratios.push(plain.seconds / governed.seconds);
    processor.push(plain.processor / governed.processor);
    rates.governed.push(options.requestsPerBlock / governed.seconds);
    rates.plain.push(options.requestsPerBlock / plain.seconds);
  }
  const sent = (WARM_UP_PAIRS + ratios.length) * options.requestsPerBlock + 1;
  const written = (await entriesOf(strapi, measure.audited)) - before;
  if (measure.audited && written !== sent) {
    throw new Error(`${measure.name}: ${sent} governed requests left ${written} audit entries.`);
  }
  return {
    measure: measure.name,
    title: measure.title,
    target: measure.target,
    rows,
    pairs: ratios.length,
    ratio: summarise(ratios),
    processor: summarise(processor),
    governed: summarise(rates.governed),
    plain: summarise(rates.plain),
  };
}

export function enough(ratios: readonly number[], { pairs, mostPairs }: Options): boolean {
  if (ratios.length < pairs || ratios.length >= mostPairs) return ratios.length >= mostPairs;
  const [low, high] = summarise(ratios).interval;
  return high - low <= CLOSE_ENOUGH;
}

export interface Block {
  seconds: number;
  /** Microseconds. */
  processor: number;
}

async function runPair(
  { client, options, nextNumber }: Bench,
  measure: Measure,
  order: Random
): Promise<Record<Side, Block>> {
  const calls = twins(measure, options.requestsPerBlock, nextNumber, below(order, 2 ** 32));
  const sides = order() < 0.5 ? SIDES : [...SIDES].reverse();
  const blocks = {} as Record<Side, Block>;
  for (const side of sides) {
    const before = process.cpuUsage();
    const seconds = await client.block(calls[side]);
    const { user, system } = process.cpuUsage(before);
    blocks[side] = { seconds, processor: user + system };
  }
  return blocks;
}

/** The same requests to either side. */
export function twins(
  measure: Measure,
  count: number,
  nextNumber: () => number,
  seed: number
): Record<Side, Call[]> {
  const numbers = Array.from({ length: count }, nextNumber);
  const callsOf = (side: Side) => {
    const random = createRandom(seed);
    return numbers.map((number) => measure.call(side, random, number));
  };
  return { governed: callsOf('governed'), plain: callsOf('plain') };
}

/** Looks at one answer of each side, for a measure of something else than it says is worth nothing. */
async function check({ client, options, nextNumber }: Bench, measure: Measure): Promise<void> {
  const calls = twins(measure, 1, nextNumber, options.seed);
  for (const side of SIDES) {
    const { status, text } = await client.one(calls[side][0] as Call);
    const problem = status < 300 ? measure.problem(side, text) : `${status} ${text.slice(0, 500)}`;
    if (problem)
      throw new Error(`${measure.name}: the answer of the ${side} type is wrong: ${problem}`);
  }
}

async function entriesOf(strapi: Core.Strapi, action: string | undefined): Promise<number> {
  if (!action) return 0;
  return strapi.db.query('plugin::customer-governance.audit-entry').count({ where: { action } });
}
