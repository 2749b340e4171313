// npm run test:leaks: puts unmistakable values into every protected attribute of the running application and looks for them
// in everything that leaves it. The whole on SQLite, and beside it in a process of its own the governed routes on PostgreSQL.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { demoLogins } from '../../scripts/demo/seed';
import type { DatabaseKind } from '../support/home';
import { callerNames, createCallers, type Caller } from './callers';
import { expectationsOf } from './expectations';
import { searchExport } from './exporting';
import { createClient } from './http';
import { createListener, interceptMail } from './logs';
import { sweepMcpReads, sweepMcpWrites } from './mcp';
import { sweepOracles } from './oracles';
import { checkPlanted, PLANTED_PATH, plantLeaks, tellOverwritten } from './planted';
import { searchEntries, searchFiles, searchTables } from './raw';
import { sweepReads } from './reading';
import { createReport, type Counts, type Report } from './report';
import { sweepReveals } from './reveals';
import { listRoutes, type Route } from './routes';
import { createSearch } from './search';
import { startReceiver, writeForWebhooks } from './webhooks';
import { allCanaries, bootWorld, plantCanaries } from './world';
import { sweepWrites } from './writing';

const BROKEN_DOWN: Counts = { passed: 0, failed: 1, failures: ['the sweep broke down'] };

/** How much is swept: on the second database what differs by database, which is the governed types. */
interface Extent {
  database: DatabaseKind;
  whole: boolean;
}

const FEW_CALLERS = ['anonymous', 'full-access token', 'Super Admin', 'Sales representative'];
const GOVERNED_ROUTES =
  /^\/(api\/(customer-governance|leads)|content-manager\/(collection-types|relations)|customer-governance)/;
/** Records that are written and deleted for the webhooks alone. */
const FOR_WEBHOOKS = 'the webhooks';

const started = Date.now();
const seconds = () => String(Math.round((Date.now() - started) / 1000)).padStart(4);

/** Runs one part and says so; a part that breaks down has proved nothing, and the others still run. */
async function part(report: Report, name: string, work: () => Promise<void> | void) {
  console.log(`${seconds()} s  ${name}`);
  try {
    await work();
  } catch (error) {
    const { stack } = error as Error;
    report.check(`${name}: swept to its end`, false, stack ?? String(error));
  }
}

async function sweep({ database, whole }: Extent): Promise<Counts> {
  const report = createReport(database === 'postgres' ? 'PostgreSQL' : 'SQLite');
  const listener = createListener();
  console.log(`${seconds()} s  the application, with the demo company, on ${database}`);
  const app = await bootWorld(listener.listenTo);
  try {
    const names = callerNames(demoLogins).filter((name) => whole || FEW_CALLERS.includes(name));
    const world = await plantCanaries(app, { demo: true, throwawaysFor: [...names, FOR_WEBHOOKS] });
    const search = createSearch(allCanaries(world));
    const expectations = await expectationsOf(world);
    const client = createClient(app.url, report, search, expectations.allowed);
    interceptMail(world.strapi, search, report);
    const callers = (await createCallers(world)).filter(({ name }) => names.includes(name));
    const superAdmin = callers.find(({ name }) => name === 'Super Admin') as Caller;
    await plantLeaks(world);
    const routes = listRoutes(world.strapi).filter(
      ({ template }: Route) => whole || template === PLANTED_PATH || GOVERNED_ROUTES.test(template)
    );
    const receiver = await startReceiver(world, superAdmin, client, search, report);

    await part(report, 'reveals and look-ups', () =>
      sweepReveals(world, callers, expectations, client, report)
    );
    await part(report, `reads of ${routes.length} routes`, () =>
      sweepReads(world, callers, client, report, routes)
    );
    await part(report, 'oracles', () => sweepOracles(world, callers, client, report));
    if (whole) await part(report, 'MCP', () => sweepMcpReads(world, callers, client, report));
    await part(report, 'export', () => searchExport(world, search, report));
    // What the writes below write over would have been a leak as well.
    await part(report, 'bytes, before the writes', () => searchFiles(app.dir, search, report));
    await part(report, 'webhooks', () =>
      writeForWebhooks(world, receiver, world.throwaways.get(FOR_WEBHOOKS) ?? [], report)
    );
    if (whole) await part(report, 'MCP, writing', () => sweepMcpWrites(world, callers, client));
    await part(report, 'writes', () => sweepWrites(world, callers, client, report, routes));
    await part(report, 'bytes and log', async () => {
      await receiver.settle();
      receiver.close();
      await tellOverwritten(world);
      searchFiles(app.dir, search, report);
      await searchEntries(world.strapi, search, report);
      if (database === 'postgres') await searchTables(world.strapi, search, report);
      listener.stop();
      listener.search(search, report);
    });
    checkPlanted(report, {
      storage: database === 'postgres' ? ['tables'] : ['data file', 'write-ahead log'],
      reads: ['content API read', 'Content Manager read', 'export', ...(whole ? ['MCP'] : [])],
    });
  } finally {
    listener.stop();
    await app.close();
  }
  const counts = report.print();
  if (counts.failed > 0) listener.printErrors();
  return counts;
}

/** The reduced sweep on PostgreSQL, in a process of its own: an application keeps to itself. */
function sweepPostgresBeside(): Promise<Counts & { output: string }> {
  const script = path.resolve(__dirname, '../../scripts/run-ts.mjs');
  const child = spawn(process.execPath, [script, __filename, '--postgres'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.on('close', () => {
      const lines = output.trimEnd().split('\n');
      try {
        resolve({
          ...(JSON.parse(lines.at(-1) ?? '') as Counts),
          output: lines.slice(0, -1).join('\n'),
        });
      } catch {
        resolve({ ...BROKEN_DOWN, output: `${output}\nThe sweep on PostgreSQL broke down.` });
      }
    });
  });
}

async function sweepPostgres(): Promise<Counts> {
  const { startPostgres } = (await import(
    path.resolve(__dirname, '../support/postgres.mjs')
  )) as typeof import('../support/postgres.mjs');
  const cluster = process.env.TEST_POSTGRES_URL ? null : await startPostgres();
  if (cluster) process.env.TEST_POSTGRES_URL = cluster.url;
  process.env.TEST_DATABASE = 'postgres';
  try {
    return await sweep({ database: 'postgres', whole: false });
  } finally {
    await cluster?.stop();
  }
}

async function sweepBoth(): Promise<Counts> {
  const beside = sweepPostgresBeside();
  const sqlite = await sweepSqlite();
  const postgres = await beside;
  console.log(`\n── on PostgreSQL, at the same time\n${postgres.output}`);
  return {
    passed: sqlite.passed + postgres.passed,
    failed: sqlite.failed + postgres.failed,
    failures: [...sqlite.failures, ...postgres.failures],
  };
}

async function sweepSqlite(): Promise<Counts> {
  process.env.TEST_DATABASE = 'sqlite';
  return sweep({ database: 'sqlite', whole: true });
}

/** By an argument one of the two alone. */
function sweepChosen(): Promise<Counts> {
  if (process.argv.includes('--postgres')) return sweepPostgres();
  return process.argv.includes('--sqlite') ? sweepSqlite() : sweepBoth();
}

sweepChosen()
  .then((counts) => {
    console.log(JSON.stringify(counts));
    process.exitCode = counts.failed === 0 ? 0 : 1;
  })
  .catch((error) => {
    console.error(error);
    console.log(JSON.stringify(BROKEN_DOWN));
    process.exitCode = 1;
  })
  // Timers of the application may still run.
  .finally(() => process.exit());
