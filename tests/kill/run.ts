// node scripts/run-ts.mjs --build tests/kill/run.ts [--what load|order|import] [--kills 50] [--database sqlite|postgres] [--seed N]:
// kills the application under load, and looks whether log and data still agree; or while it carries out destruction orders,
// and looks whether they come to the same end; or in the midst of an import. The suite does the same with fewer kills.
import { parseArgs } from 'node:util';
import type { DatabaseKind } from '../support/home';
import { killAgainAndAgain, type KillOptions } from './kill';
import { killImport } from './import/kill';
import { killOrders } from './order/kill';

const { values } = parseArgs({
  options: {
    what: { type: 'string', default: 'load' },
    kills: { type: 'string', default: '50' },
    database: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});

/** What was wrong, and what happened in numbers. */
type Told = { problems: string[]; summary: string };

const programs: Record<string, (options: KillOptions) => Promise<Told>> = {
  async load(options) {
    const { problems, answered, signed } = await killAgainAndAgain(options);
    return { problems, summary: `${answered} requests answered, ${signed} signed trees` };
  },
  async order(options) {
    const { problems, moments, ended } = await killOrders(options);
    const met = [...moments].map(([moment, count]) => `${moment} ${count}`).join(', ');
    return { problems, summary: `${ended} orders carried out, killed at: ${met}` };
  },
  async import(options) {
    const { problems, steps } = await killImport(options);
    const met = [...steps].map(([step, count]) => `${step} ${count}`).join(', ');
    return { problems, summary: `one import carried out, killed after: ${met}` };
  },
};

async function main() {
  const program = programs[values.what];
  if (!program) throw new Error(`--what is one of ${Object.keys(programs).join(', ')}.`);
  const database = values.database as DatabaseKind;
  const started = Date.now();
  const postgres =
    database === 'postgres' && !process.env.TEST_POSTGRES_URL
      ? await (await import('../support/postgres.mjs')).startPostgres()
      : undefined;
  if (postgres) process.env.TEST_POSTGRES_URL = postgres.url;
  try {
    console.log(`${values.what}, seed ${values.seed}, on ${database}`);
    const { problems, summary } = await program({
      database,
      kills: Number(values.kills),
      seed: Number(values.seed),
      say: console.log,
    });
    console.log(problems.join('\n'));
    console.log(
      `${values.kills} kills, ${summary}, ${problems.length} problems, ` +
        `${Math.round((Date.now() - started) / 1000)} s`
    );
    process.exitCode = problems.length === 0 ? 0 : 1;
  } finally {
    await postgres?.stop();
  }
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => process.exit());
