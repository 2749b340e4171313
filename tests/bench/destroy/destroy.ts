// Carrying a destruction order out, against deleting the same rows from plain tables.
import type { Core } from '@strapi/strapi';
import { bootApp } from '../../support/app';
import { executingOrder } from '../../support/destruction';
import { createHome } from '../../support/home';
import { seconds, tidy, type Figure } from '../audit/log';
import { createCast } from '../cast';
import { fill } from '../fill';
import { megabytesHeld } from '../memory';
import type { Options } from '../options';
import { createRandom } from '../random';
import { summarise } from '../statistics';
import { addPlainType } from '../types';
import { copyTables, deletePlain, dropTables } from './plain';

export const DESTROY = 'destroy';
const CUSTOMERS = 100_000;
const QUICK_CUSTOMERS = 5000;
/** Customers that stay, one for so many that go: an empty table would be nobody's. */
const STAYS = 20;
/** The memory is looked at each so many batches. */
const BATCHES_PER_LOOK = 5;

const POLICY = { audit: { sequence: { seconds: 3600, rows: 100_000 } } };

/** What stands on a customer whose time is over, and a day after it. */
const OVER = { relation_ended_on: '2020-01-01', retention_due_on: '2024-01-01' };
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
    const all = count + count / STAYS;
    const progress = (done: number) => {
      if (performance.now() - told < 15_000) return;
      told = performance.now();
      say(`  ${done.toLocaleString('en-US')} customers`);
    };
    // Not the same in clear besides, which the search after the destruction would find.
    await fill(strapi, cast, createRandom(options.seed), all, progress, ['governed']);
    await copyTables(strapi);
    await tidy(strapi);
    const customers: Array<{ id: number; document_id: string }> = await strapi.db
      .connection('governance_customers')
      .select('id', 'document_id')
      .orderBy('id')
      .limit(count);
    const plain = await deletePlain(strapi, customers);
    // SQLite leaves some of what was deleted there in the file, which would be found.
    await dropTables(strapi);
    await tidy(strapi);
    await strapi.db.connection('governance_customers').update(OVER);
    const order = await executingOrder(
      app,
      customers.map(({ document_id: documentId }) => ({ documentId }))
    );
    const { governed, batches, verifying, vacuum, aboveIdle, aboveIdleAtFirst } = await carryOut(
      strapi,
      order
    );
    const [{ left }] = await strapi.db.connection('governance_customers').count({ left: '*' });
    if (Number(left) !== count / STAYS) throw new Error(`${left} customers are left.`);
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
        vacuumSeconds: vacuum,
        megabytesAboveIdle: aboveIdle,
        megabytesAboveIdleAfterFirstBatch: aboveIdleAtFirst,
      },
    };
    say(`  ${DESTROY}: ${(count / governed).toFixed(0)}/s, ${(plain / governed).toFixed(3)}`);
    return [figure];
  } finally {
    await app.close();
    await home.remove();
  }
}

/** How long the steps took, and what memory they took at most; to look at the memory is not counted. */
async function carryOut(strapi: Core.Strapi, order: string) {
  const { run } = strapi.plugin('customer-governance').service('retention') as { run: Run };
  const rewriting = watchVacuum(strapi);
  const idle = megabytesHeld();
  const held: number[] = [];
  let looking = 0;
  let batch = 0;
  let batches = 0;
  let verified = 0;
  const from = performance.now();
  await run(order, NOW, (step) => {
    if (step === 'verified') verified = seconds(from) - looking;
    if (step === 'batch-done') {
      batches = seconds(from) - looking;
      batch += 1;
      if (batch % BATCHES_PER_LOOK !== 1) return;
    } else if (step !== 'verified') return;
    const looked = performance.now();
    held.push(megabytesHeld() - idle);
    looking += seconds(looked);
  });
  const vacuum = rewriting();
  return {
    governed: seconds(from) - looking - vacuum,
    batches,
    verifying: verified - batches - vacuum,
    vacuum,
    aboveIdle: Math.max(...held),
    aboveIdleAtFirst: held[0] ?? 0,
  };
}

/** Watches statements that write files of the database anew. @returns a function that says how many seconds they took. */
function watchVacuum(strapi: Core.Strapi): () => number {
  const begun = new Map<string, number>();
  let spent = 0;
  strapi.db.connection.on('query', ({ sql, __knexUid: id }: { sql: string; __knexUid: string }) => {
    if (/^(VACUUM|REINDEX)/.test(sql)) begun.set(id, performance.now());
  });
  strapi.db.connection.on(
    'query-response',
    (_: unknown, { __knexUid: id }: { __knexUid: string }) => {
      const at = begun.get(id);
      begun.delete(id);
      if (at !== undefined) spent += seconds(at);
    }
  );
  return () => spent;
}
