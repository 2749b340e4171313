// node scripts/run-ts.mjs tests/bench/epochs.ts [KEYS]: how long the end of a key epoch takes, on SQLite and on PostgreSQL.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createEpochs } from '../../src/plugins/customer-governance/server/src/vault/epochs';
import { createEpochStore } from '../../src/plugins/customer-governance/server/src/vault/epochs-store';
import { endEpoch } from '../../src/plugins/customer-governance/server/src/vault/epochs-end';
import type { Place } from '../../src/plugins/customer-governance/server/src/database-place';
import { createKeyring } from '../../src/plugins/customer-governance/server/src/vault/keyring';
import { createKeyStore } from '../../src/plugins/customer-governance/server/src/vault/key-store';
import { environmentRootKey } from '../../src/plugins/customer-governance/server/src/vault/root-key';

const TYPE = 'plugin::customer-governance.customer';
const MADE_AT_ONCE = 10_000;
const MS = 1000;

async function measure(name: string, keys: Place, secrets: Place, count: number) {
  const store = createKeyStore(keys);
  const epochs = createEpochs({ primary: createEpochStore(secrets) });
  const root = environmentRootKey(Buffer.alloc(32, 1).toString('base64'));
  const ring = createKeyring({ store, epochs, root });
  try {
    await ring.start(undefined);
    for (let from = 0; from < count; from += MADE_AT_ONCE) {
      const size = Math.min(MADE_AT_ONCE, count - from);
      const ids = Array.from({ length: size }, (_, at) => `record-${from + at}`);
      await ring.createDataKeys(TYPE, ids);
    }
    const begun = performance.now();
    const { rewrapped } = await endEpoch({ store, ring, epochs });
    const seconds = (performance.now() - begun) / MS;
    console.log(
      `${name}: ${rewrapped} data keys re-wrapped and the old secret destroyed in ${seconds.toFixed(1)} s, ${Math.round(rewrapped / seconds)} a second`
    );
  } finally {
    await store.destroy();
    await epochs.close();
  }
}

async function main() {
  const count = Number(process.argv[2] ?? 100_000);
  const dir = mkdtempSync(path.join(os.tmpdir(), 'governance-epochs-'));
  const file = (name: string): Place => ({
    client: 'sqlite',
    filename: path.join(dir, name),
  });
  const { startPostgres } = await import('../support/postgres.mjs');
  const postgres = await startPostgres();
  const schema = (name: string): Place => ({
    client: 'postgres',
    connection: { connectionString: `${postgres.url}postgres` },
    schema: name,
  });
  try {
    await measure('SQLite', file('keys.db'), file('epochs.db'), count);
    await measure('PostgreSQL', schema('keys'), schema('epochs'), count);
  } finally {
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
