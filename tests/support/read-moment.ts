// The moment of an entry as a process in another time zone reads it, with the application's own configuration of the database.
// Run by audit-verify.test.ts: ENTRY is the entry's documentId.
import path from 'node:path';
import knexFactory from 'knex';

const config = path.resolve(__dirname, '../../dist/config/database.js');

async function main() {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { default: database } = require(config) as { default: (context: unknown) => never };
  const env = Object.assign((name: string, fallback?: unknown) => process.env[name] ?? fallback, {
    int: (_name: string, fallback: number) => fallback,
    bool: (_name: string, fallback: boolean) => fallback,
  });
  const { connection } = database({ env }) as {
    connection: { client: string; connection: object; useNullAsDefault?: boolean };
  };
  const client = connection.client === 'sqlite' ? 'better-sqlite3' : 'pg';
  const knex = knexFactory({ ...connection, client });
  const row = await knex('governance_audit_entries')
    .where({ document_id: process.env.ENTRY })
    .first();
  process.stdout.write(new Date(row.at).toISOString());
  await knex.destroy();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
