import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import knex from 'knex';
import { clearTables } from '../../src/plugins/customer-governance/server/src/vault/postgres-space';
import { bootApp, type BootedApp } from '../support/app';
import { CONTACT, CUSTOMER } from '../support/company';
import { executingOrder } from '../support/destruction';
import { createHome, type Home } from '../support/home';
import { CERTIFICATE, type Retention, type Row } from '../support/retention';
import { filesBelow, searchFor, serverFiles } from '../support/server-bytes';

const COUNT = 60;
const canary = (at: number) => ({
  name: '金丝雀',
  kind: 'person',
  lastContactOn: '2015-01-01',
  mobile: `1397777${String(1000 + at)}`,
  email: `canary.${at}@destroyed.example`,
  notes: `canary note ${at} that nobody may find again`,
  needs: `canary needs ${at} in clear`,
});
/** What is sealed at once and may never be in any file, and what is stored in clear until it is destroyed. */
const SEALED = ['1397777', 'canary.', 'canary note', '金丝雀'];
const CLEAR = ['@destroyed.example', 'canary needs'];
const formsOf = (texts: string[]) =>
  texts.flatMap((text) => [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    Buffer.from(Buffer.from(text).toString('hex')),
  ]);

interface Vault {
  keyring(): { dataKeys(type: string, ids: readonly string[]): Promise<Map<string, Buffer>> };
  keyStore(): {
    dataKeys(type: string, ids: readonly string[]): Promise<Array<{ wrapped: Buffer }>>;
  };
  unseal(type: string, ids: string[], attributes: string[]): Promise<Map<string, object>>;
  lookup(type: string, attribute: string, value: string): Promise<string[]>;
}

/** A transaction that sees the database as it is now, whatever others do. */
async function readingSince(app: BootedApp) {
  const reader = await app.strapi.db.connection.transaction({ isolationLevel: 'repeatable read' });
  await reader.raw('SELECT 1');
  return reader;
}

describe('forensics after a destruction', () => {
  let home: Home;
  let app: BootedApp;
  const service = <T>(name: string) => app.strapi.plugin('customer-governance').service(name) as T;
  const vault = () => service<Vault>('vault');
  const raw = (sql: string): Promise<unknown> => app.strapi.db.connection.raw(sql);

  beforeAll(async () => {
    home = await createHome();
    // As docs/operating.md advises whoever wants nothing to be left in the files of PostgreSQL.
    const policy =
      home.database === 'postgres' ? { retention: { destruction: { vacuum: 'full' } } } : undefined;
    app = await bootApp({ home, policy });
    if (app.database === 'postgres') {
      await raw('ALTER SYSTEM SET wal_recycle = off');
      await raw('SELECT pg_reload_conf()');
    }
  });
  afterAll(async () => {
    if (app?.database === 'postgres') {
      await raw('ALTER SYSTEM RESET wal_recycle');
      await raw('SELECT pg_reload_conf()');
    }
    await app?.close();
    await home?.remove();
  });

  it('find no plaintext, key, look-up row or ciphertext in any byte, and a restored backup gives nothing', async () => {
    const sqlite = app.database === 'sqlite';
    const customers: Row[] = [];
    const contacts: string[] = [];
    for (let at = 0; at < COUNT; at += 1) {
      const customer = await app.strapi.db
        .query(CUSTOMER)
        .create({ data: { ...canary(at), publishedAt: new Date() } });
      const contact: Row = await app.strapi.db.query(CONTACT).create({
        data: {
          name: '金丝雀',
          mobile: `1397777${9000 + at}`,
          customer: customer.id,
          publishedAt: new Date(),
        },
      });
      customers.push(customer);
      contacts.push(contact.documentId);
    }
    const ids = customers.map(({ documentId }) => documentId);
    const keys: Buffer[] = [];
    const wrapped: Buffer[] = [];
    for (const [type, of] of [
      [CUSTOMER, ids],
      [CONTACT, contacts],
    ] as const) {
      keys.push(...(await vault().keyring().dataKeys(type, of)).values());
      wrapped.push(...(await vault().keyStore().dataKeys(type, of)).map((row) => row.wrapped));
    }
    expect(keys).toHaveLength(2 * COUNT);
    const digests: Array<{ digest: string }> = await app.strapi.db.connection('governance_lookups');
    const payloads: Array<{ payload: string }> = await app.strapi.db
      .connection('governance_sealed_records')
      .whereIn('record_type', [CUSTOMER, CONTACT]);
    const sealed = payloads.flatMap(({ payload }) => Object.values(JSON.parse(payload) as object));
    const backup = path.join(home.dir, '..', `${path.basename(home.dir)}-backup.db`);
    const source = path.join(home.dir, 'data.db');
    if (sqlite) await app.strapi.db.connection.raw('VACUUM INTO ?', [backup]);

    const clearKeys = [
      ...keys,
      ...keys.map((key) => Buffer.from(key.toString('base64'))),
      ...keys.map((key) => Buffer.from(key.toString('hex'))),
    ];
    const neverAnywhere = searchFor([...formsOf(SEALED), ...clearKeys]);
    const everything = searchFor([
      ...formsOf([...SEALED, ...CLEAR]),
      ...clearKeys,
      ...wrapped,
      ...digests.map(({ digest }) => Buffer.from(digest)),
      ...sealed.map((text) => Buffer.from(String(text))),
    ]);
    const ofServer = sqlite ? () => [] : await serverFiles(app.strapi.db.connection);
    if (!sqlite) {
      // Has the planner keep samples of values, and everything be on the disk.
      await raw('ANALYZE');
      await raw('CHECKPOINT');
      expect(neverAnywhere.inFiles(ofServer())).toEqual({});
      // What other tests do may have ended the segments of the log that hold them, so there the files alone are asked for.
      expect(ofServer().some((file) => path.dirname(file).endsWith('pg_wal'))).toBe(true);
      const places = Object.keys(everything.inFiles(ofServer())).map((file) => path.dirname(file));
      expect(places.some((place) => /base.\d+$/.test(place))).toBe(true);
    }

    const order = await executingOrder(app, customers);
    await service<Retention>('retention').run(order);
    const [certificate] = await app.strapi.db
      .query(CERTIFICATE)
      .findMany({ where: { order: { documentId: order } } });
    expect(certificate).toBeDefined();

    // The secret without which no old copy of the key store opens.
    const secrets: Buffer[] = [];
    if (!sqlite) {
      const rows: Array<{ secret: Buffer }> = await app.strapi.db.connection
        .withSchema('customer_governance_epochs')
        .table('governance_epochs');
      secrets.push(...rows.map(({ secret }) => secret));
      expect(searchFor(secrets).inFiles(ofServer())).not.toEqual({});
      await service<{ end(): Promise<unknown> }>('key-epochs').end();
    }

    await app.close();
    expect(searchFor(secrets).inFiles(ofServer())).toEqual({});
    expect(digests.length).toBeGreaterThan(COUNT);
    expect(everything.inFiles([...filesBelow(home.dir), ...ofServer()])).toEqual({});
    if (sqlite) {
      for (const suffix of ['-wal', '-shm'])
        if (filesBelow(home.dir).includes(source + suffix)) throw new Error(`${suffix} is left`);
      copyFileSync(backup, source);
      rmSync(backup);
    }
    app = await bootApp({ home });
    expect(await app.strapi.db.query(CUSTOMER).count({ where: { documentId: { $in: ids } } })).toBe(
      0
    );
    expect((await vault().unseal(CUSTOMER, ids, ['mobile'])).size).toBe(0);
    expect(await vault().lookup(CUSTOMER, 'mobile', '13977771000')).toEqual([]);
  });

  it('wait on PostgreSQL for whoever may still see the removed rows, and find nothing on SQLite to wait for', async () => {
    const waited = jest.fn();
    if (app.database === 'postgres') {
      const { connection } = app.strapi.db;
      const schema = app.strapi.db.getSchemaName() ?? 'public';
      const table = 'governance_forensics_canaries';
      const canaries = [Buffer.from('a canary that a reader still sees')];
      const files = await serverFiles(connection);
      const heap = async () => {
        await raw('CHECKPOINT');
        return Object.keys(searchFor(canaries).inFiles(files())).filter((file) =>
          /base.\d+.\d+$/.test(file)
        );
      };
      await connection.schema.createTable(table, (t) => t.text('note'));
      await connection(table).insert({ note: canaries[0]?.toString() });
      const reader = await readingSince(app);
      await connection(table).delete();
      expect(await heap()).not.toEqual([]);
      await clearTables(connection, schema, [table], true, async (ms) => {
        waited(ms);
        if (!reader.isCompleted()) await reader.rollback();
      });
      expect(await heap()).toEqual([]);
      await connection.schema.dropTable(table);
    }
    expect(waited.mock.calls.length > 0).toBe(app.database === 'postgres');
  });

  it('wait on PostgreSQL for those in its other databases, too, as of whose beginning newcomers see', async () => {
    const waited = jest.fn();
    if (app.database === 'postgres') {
      const { connection } = app.strapi.db;
      const elsewhere = knex({ client: 'pg', connection: process.env.TEST_POSTGRES_URL });
      const other = await elsewhere.transaction();
      await other.raw('SELECT txid_current()');
      await clearTables(connection, app.strapi.db.getSchemaName() ?? 'public', [], true, (ms) => {
        waited(ms);
        return other.isCompleted() ? Promise.resolve() : other.rollback();
      });
      if (!other.isCompleted()) await other.rollback();
      await elsewhere.destroy();
    }
    expect(waited.mock.calls.length > 0).toBe(app.database === 'postgres');
  });
});
