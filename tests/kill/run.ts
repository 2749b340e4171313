// node scripts/run-ts.mjs --build tests/kill/run.ts [--kills 50] [--database sqlite|postgres] [--seed N]: kills the application
// under load, and looks whether log and data still agree. The suite does the same with fewer kills.
import { parseArgs } from 'node:util';
import type { DatabaseKind } from '../support/home';
import { killAgainAndAgain } from './kill';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    database: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});

async function main() {
  const database = values.database as DatabaseKind;
  const started = Date.now();
  const postgres =
    database === 'postgres' && !process.env.TEST_POSTGRES_URL
      ? await (await import('../support/postgres.mjs')).startPostgres()
      : undefined;
  if (postgres) process.env.TEST_POSTGRES_URL = postgres.url;
  try {
    console.log(`seed ${values.seed}, on ${database}`);
    const { problems, answered, signed } = await killAgainAndAgain({
      database,
      kills: Number(values.kills),
      seed: Number(values.seed),
      say: console.log,
    });
    console.log(problems.join('\n'));
    console.log(
      `${values.kills} kills, ${answered} requests answered, ${signed} signed trees, ${problems.length} problems, ` +
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
