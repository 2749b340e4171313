// The nightly sweep: due dates of all customers, in an application that does nothing else. What is measured is the whole pass
// over every customer, as after a change of the rules, on a night on which one due date in a hundred moves.
import { bootApp, type BootedApp } from '../../support/app';
import { createHome } from '../../support/home';
import { tidy } from '../audit/log';
import { megabytesHeld } from '../memory';
import type { Options } from '../options';
import { createRandom } from '../random';
import { summarise, type Summary } from '../statistics';
import { fillCustomers } from './fill';

export const SWEEP = 'sweep';
const CUSTOMERS = 1_000_000;
const QUICK_CUSTOMERS = 50_000;
const TARGET = 100_000;
const PASSES = 5;
/** How often the memory is looked at. */
const LOOK_MS = 200;
/** One in so many has a due date that the pass corrects. */
const STALE_SHARE = 100;

export interface SweepFigures {
  customers: number;
  /** Customers in a second; the passes of ordinary nights. */
  perSecond: Summary;
  target: number;
  /** The first pass, which writes every due date. */
  firstPerSecond: number;
  /** What a pass of its own held at most above what the process held before it, its garbage collected. */
  megabytesAboveIdle: number;
}

interface Retention {
  sweep(now: Date): Promise<{ seen: number; changed: number }>;
}

export async function measureSweep(
  options: Options,
  say: (line: string) => void
): Promise<SweepFigures> {
  const home = await createHome(options.database);
  const app = await bootApp({ home, logLevel: 'error' });
  const customers = options.quick ? QUICK_CUSTOMERS : CUSTOMERS;
  try {
    await fill(app, options, customers, say);
    const figures = await measure(app, customers);
    say(`  retention_sweep_per_s: ${figures.perSecond.median.toFixed(0)}`);
    return figures;
  } finally {
    await app.close();
    await home.remove();
  }
}

async function measure({ strapi }: BootedApp, customers: number): Promise<SweepFigures> {
  const retention = strapi.plugin('customer-governance').service('retention') as Retention;
  const sweep = async (): Promise<number> => {
    const started = performance.now();
    const { seen } = await retention.sweep(new Date());
    if (seen !== customers) throw new Error(`The sweep saw ${seen} of ${customers} customers.`);
    return seen / ((performance.now() - started) / 1000);
  };
  const firstPerSecond = await sweep();
  await tidy(strapi);
  const rates: number[] = [];
  for (let pass = 0; pass < PASSES; pass += 1) {
    await strapi.db
      .connection('governance_customers')
      .whereRaw('id % ? = ?', [STALE_SHARE, pass])
      .update({ retention_due_on: '2001-01-01' });
    rates.push(await sweep());
  }
  const idle = megabytesHeld();
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, megabytesHeld() - idle)), LOOK_MS);
  await sweep().finally(() => clearInterval(timer));
  return {
    customers,
    perSecond: summarise(rates),
    target: TARGET,
    firstPerSecond,
    megabytesAboveIdle: most,
  };
}

async function fill(
  { strapi }: BootedApp,
  options: Options,
  customers: number,
  say: (line: string) => void
): Promise<void> {
  const purposes = (await strapi.db
    .query('plugin::customer-governance.purpose')
    .findMany({ select: ['id'] })) as Array<{ id: number }>;
  const ids = purposes.map(({ id }) => id);
  const plan = await strapi.db.query('plugin::customer-governance.collection-plan').create({
    data: { title: 'Sweep', code: 'SWEEP', attributes: [], state: 'active', purposes: ids },
  });
  let told = performance.now();
  const relations = { plan: plan.id, purposes: ids };
  await fillCustomers(strapi, createRandom(options.seed), relations, customers, (done) => {
    if (performance.now() - told < 15_000) return;
    told = performance.now();
    say(`  ${done.toLocaleString('en-US')} of ${customers.toLocaleString('en-US')} customers`);
  });
  await tidy(strapi);
}

/** What people read. */
export function sweepTable(figures: SweepFigures | null): string {
  if (!figures) return '';
  const { customers, perSecond, target, firstPerSecond, megabytesAboveIdle } = figures;
  const met = perSecond.median >= target ? 'met' : 'missed';
  return (
    `retention_sweep_per_s: ${perSecond.median.toFixed(0)} of ${customers.toLocaleString('en-US')} customers, ≥ ${target} ${met}\n` +
    `  the whole pass, one due date in ${STALE_SHARE} moving; ${firstPerSecond.toFixed(0)}/s where all are written, ${megabytesAboveIdle.toFixed(0)} MB above idle`
  );
}

/** The same for the line of JSON; `null` when it was not measured. */
export const sweepJson = (figures: SweepFigures | null) =>
  figures && {
    customers: figures.customers,
    retention_sweep_per_s: Math.round(figures.perSecond.median),
    quartiles: figures.perSecond.quartiles.map(Math.round),
    target: figures.target,
    met: figures.perSecond.median >= figures.target,
    firstPerSecond: Math.round(figures.firstPerSecond),
    megabytesAboveIdle: Math.round(figures.megabytesAboveIdle),
  };
