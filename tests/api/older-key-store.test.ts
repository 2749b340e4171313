import path from 'node:path';
import type { Place } from '../../src/plugins/customer-governance/server/src/database-place';
import { openKeyDatabase } from '../../src/plugins/customer-governance/server/src/vault/key-database';
import { createKeyStore } from '../../src/plugins/customer-governance/server/src/vault/key-store';
import { createHome, type Home } from '../support/home';

const TYPE = 'api::thing.thing';
const AT = '2026-01-01T00:00:00.000Z';
const TOMBSTONE = { record_type: TYPE, order_number: 'D-1', destroyed_at: AT };

/** The tables and rows of a key store from before key epochs and the destruction of single attributes. */
async function olderStore(place: Place): Promise<void> {
  const database = openKeyDatabase(place);
  const { builder, schema, table } = database;
  const keks = 'governance_key_encryption_keys';
  try {
    await database.prepare();
    await builder().createTable('governance_key_meta', (t) => {
      t.string('name', 60).primary();
      t.text('value').notNullable();
    });
    await builder().createTable(keks, (t) => {
      t.integer('id').primary();
      t.binary('wrapped').notNullable();
      t.string('created_at', 30).notNullable();
    });
    await builder().createTable('governance_data_keys', (t) => {
      t.string('record_type', 120).notNullable();
      t.string('document_id', 60).notNullable();
      t.integer('kek_id')
        .notNullable()
        .index()
        .references('id')
        .inTable(schema ? `${schema}.${keks}` : keks);
      t.binary('wrapped').notNullable();
      t.string('created_at', 30).notNullable();
      t.primary(['record_type', 'document_id']);
    });
    await builder().createTable('governance_tombstones', (t) => {
      t.string('document_id', 60).notNullable();
      t.string('record_type', 120).notNullable();
      t.string('order_number', 60).notNullable();
      t.string('destroyed_at', 30).notNullable();
      t.primary(['document_id', 'record_type']);
    });
    await builder().createTable('governance_log_keys', (t) => {
      t.integer('id').primary();
      t.string('name', 120).notNullable();
      t.string('public_key', 60).notNullable();
      t.binary('wrapped').notNullable();
      t.string('created_at', 30).notNullable();
    });
    const wrapped = Buffer.from('wrapped');
    await table(keks).insert({ id: 1, wrapped, created_at: AT });
    const key = { record_type: TYPE, document_id: 'kept', kek_id: 1 };
    await table('governance_data_keys').insert({ ...key, wrapped, created_at: AT });
    await table('governance_tombstones').insert({ ...TOMBSTONE, document_id: 'old' });
    const name = 'log.example';
    await table('governance_log_keys').insert({
      id: 1,
      name,
      public_key: 'p',
      wrapped,
      created_at: AT,
    });
  } finally {
    await database.knex.destroy();
  }
}

describe('a key store of an older version', () => {
  let home: Home;

  const place = (): Place =>
    home.database === 'sqlite'
      ? { client: 'sqlite', filename: path.join(home.dir, 'older/keys.db') }
      : {
          client: 'postgres',
          connection: { connectionString: home.env.DATABASE_URL as string },
          schema: 'customer_governance_keys',
        };

  beforeAll(async () => {
    home = await createHome();
    await olderStore(place());
  });
  afterAll(() => home?.remove());

  it('keeps its rows and takes what is new, at the first start and at later ones', async () => {
    for (const start of [1, 2]) {
      const store = createKeyStore(place());
      try {
        await store.create();
        expect({
          start,
          keks: await store.keyEncryptionKeys(),
          keys: await store.dataKeys(TYPE, ['kept']),
        }).toMatchObject({
          keks: [{ id: 1, epoch: null, wrapped: Buffer.from('wrapped') }],
          keys: [{ kek_id: 1, wrapped: Buffer.from('wrapped') }],
        });
        // Both of one record: a single attribute first, and then the whole of it.
        await store.destroyDataKeys([
          { ...TOMBSTONE, document_id: 'old', attributes: 'residentId' },
          { ...TOMBSTONE, document_id: 'new', attributes: '' },
        ]);
        const first = await store.tombstonesPage(null, 2);
        const rest = await store.tombstonesPage(first[1]!, 2);
        expect([...first, ...rest].map((row) => [row.document_id, row.attributes])).toEqual([
          ['new', ''],
          ['old', ''],
          ['old', 'residentId'],
        ]);
        expect(await store.buried(TYPE, ['old', 'new', 'kept'])).toEqual(
          expect.arrayContaining(['old', 'new'])
        );
      } finally {
        await store.destroy();
      }
    }
    const database = openKeyDatabase(place());
    try {
      expect(await database.table('governance_log_keys').select()).toMatchObject([
        { id: 1, kek_id: null, public_key: 'p' },
      ]);
    } finally {
      await database.knex.destroy();
    }
  });
});
