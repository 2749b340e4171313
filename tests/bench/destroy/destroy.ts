// Carrying a destruction order out, against deleting the same rows from plain tables.
import type { Core } from '@strapi/strapi';
import { bootApp } from '../../support/app';
import { executingOrder } from '../../support/destruction';
import { createHome } from '../../support/home';
import { seconds, tidy, type Figure } from '../audit/log';
import { createCast } from '../cast';
import { fill } from '../fill';
import type { Options } from '../options';
import { createRandom } from '../random';
import { summarise } from '../statistics';
import { addPlainType } from '../types';
import { copyTables, deletePlain } from './plain';

export const DESTROY = 'destroy';
const CUSTOMERS = 100_000;
const QUICK_CUSTOMERS = 5000;
/** Customers that stay, one for so many that go: an empty table would be nobody's. */
const STAYS = 20;
const MEGABYTE = 1 << 20;

const POLICY = { audit: { sequence: { seconds: 3600, rows: 100_000 } } };

/** When everybody's time is over. */
const NOW = new Date('2035-01-01T00:00:00Z');

type Run = (
  order: string,
  now: Date,
  onStep: (step: string) => void | Promise<void>
) => Promise<void>;

export async function measureDestroy(
  options: Options,
  say: (line: string) => void
): Promise<Figure[]> {
  const home = await createHome(options.database);
  const app = await bootApp({ home, logLevel: 'error', policy: POLICY, configure: addPlainType });
  const { strapi } = app;
  const count = options.quick ? QUICK_CUSTOMERS : CUSTOMERS;
  try {
    const cast = await createCast(strapi);
    let told = performance.now();
    await fill(strapi, cast, createRandom(options.seed), count + count / STAYS, (done) => {
      if (performance.now() - told < 15_000) return;
      told = performance.now();
      say(`  ${done.toLocaleString('en-US')} customers`);
    });
    // The same customers in clear, which the search after the destruction would find.
    await strapi.db.connection('bench_customers').delete();
    await copyTables(strapi);
    await tidy(strapi);
    const customers: Array<{ id: number; document_id: string }> = await strapi.db
      .connection('governance_customers')
      .select('id', 'document_id')
      .orderBy('id')
      .limit(count);
    const plain = await deletePlain(strapi, customers);
    await tidy(strapi);
    const order = await executingOrder(
      app,
      customers.map(({ document_id: documentId }) => ({ documentId }))
    );
    const { governed, batches, verifying, grown } = await carryOut(strapi, order);
    const from = performance.now();
    await tidy(strapi);
    const figure: Figure = {
      measure: DESTROY,
      title: `${count.toLocaleString('en-US')} customers destroyed and verified, to the same rows deleted from plain tables by knex`,
      ratio: summarise([plain / governed]),
      target: 0.2,
      atLeast: true,
      more: {
        customersPerSecond: count / governed,
        plainPerSecond: count / plain,
        seconds: governed,
        batchesSeconds: batches,
        verifyingSeconds: verifying,
        memoryGrownMegabytes: grown,
        vacuumSeconds: seconds(from),
      },
    };
    say(`  ${DESTROY}: ${(count / governed).toFixed(0)}/s, ${(plain / governed).toFixed(3)}`);
    return [figure];
  } finally {
    await app.close();
    await home.remove();
  }
}

/** How long it took, and by how much the memory in use grew from the first tenth of the batches to the last one. */
async function carryOut(strapi: Core.Strapi, order: string) {
  const { run } = strapi.plugin('customer-governance').service('retention') as { run: Run };
  const used: number[] = [];
  let batches = 0;
  let verified = 0;
  const from = performance.now();
  await run(order, NOW, (step) => {
    if (step === 'verified') verified = seconds(from);
    if (step !== 'batch-done') return;
    batches = seconds(from);
    global.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    used.push((heapUsed + external) / MEGABYTE);
  });
  const early = Math.max(...used.slice(0, Math.ceil(used.length / 10)));
  return {
    governed: seconds(from),
    batches,
    verifying: verified - batches,
    grown: Math.max(...used) - early,
  };
}
