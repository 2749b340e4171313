import { startPostgres } from './postgres.mjs';

/** Before the API tests: names the database to test on and, for PostgreSQL, starts one for the workers to share. */
export default async function setup() {
  process.env.TEST_DATABASE ||= 'sqlite';
  if (!['sqlite', 'postgres'].includes(process.env.TEST_DATABASE)) {
    throw new Error(`TEST_DATABASE is "${process.env.TEST_DATABASE}": use sqlite or postgres.`);
  }
  if (process.env.TEST_DATABASE === 'postgres' && !process.env.TEST_POSTGRES_URL) {
    const cluster = await startPostgres();
    process.env.TEST_POSTGRES_URL = cluster.url;
    globalThis.testPostgres = cluster;
  }
}
