import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import knexFactory from 'knex';
import { createKeyStore } from './key-store';

const TOMBSTONE = {
  record_type: 'api::thing.thing',
  order_number: 'D-1',
  destroyed_at: '2026-01-01T00:00:00.000Z',
};

/** The tables as they were before key epochs and attribute-level tombstones. */
async function olderStore(filename: string) {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
  });
  await knex.raw(
    'CREATE TABLE governance_key_meta (name varchar(60) PRIMARY KEY, value text NOT NULL)'
  );
  await knex.raw(
    'CREATE TABLE governance_key_encryption_keys (id integer PRIMARY KEY, wrapped blob NOT NULL, created_at varchar(30) NOT NULL)'
  );
  await knex.raw(
    'CREATE TABLE governance_log_keys (id integer PRIMARY KEY, name varchar(120) NOT NULL, public_key varchar(60) NOT NULL, wrapped blob NOT NULL, created_at varchar(30) NOT NULL)'
  );
  await knex.raw(
    'CREATE TABLE governance_tombstones (document_id varchar(60) NOT NULL, record_type varchar(120) NOT NULL, order_number varchar(60) NOT NULL, destroyed_at varchar(30) NOT NULL, PRIMARY KEY (document_id, record_type))'
  );
  await knex('governance_tombstones').insert({ ...TOMBSTONE, document_id: 'old' });
  await knex('governance_key_encryption_keys').insert({
    id: 1,
    wrapped: Buffer.alloc(1),
    created_at: '2026-01-01T00:00:00.000Z',
  });
  await knex.destroy();
}

describe('the tables of the key store', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'key-store-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('of an older version keep their rows and take what is new', async () => {
    const filename = path.join(dir, 'keys.db');
    await olderStore(filename);
    const store = createKeyStore({ client: 'sqlite', filename });
    try {
      for (const start of [1, 2]) {
        await store.create();
        expect({ start, keks: await store.keyEncryptionKeys() }).toMatchObject({
          keks: [{ id: 1, epoch: null }],
        });
      }
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
    } finally {
      await store.destroy();
    }
  });

  it('give up the keys of tombstones that a witness knew and they did not', async () => {
    const store = createKeyStore({ client: 'sqlite', filename: path.join(dir, 'keys.db') });
    const wrapped = Buffer.alloc(1);
    const { record_type } = TOMBSTONE;
    const created_at = TOMBSTONE.destroyed_at;
    const key = (document_id: string) => ({
      record_type,
      document_id,
      kek_id: 1,
      wrapped,
      created_at,
    });
    const tombstone = (document_id: string, attributes: string) => ({
      ...TOMBSTONE,
      document_id,
      attributes,
    });
    try {
      await store.create();
      await store.addKeyEncryptionKeyOnce({ id: 1, epoch: null, wrapped, created_at });
      // Of `renewed` the attribute was destroyed here: its key is the one after that.
      await store.destroyDataKeys([tombstone('renewed', 'residentId')]);
      await store.addDataKeys(['whole', 'part', 'renewed', 'other'].map(key));
      const rows = [
        tombstone('whole', ''),
        tombstone('part', 'residentId'),
        tombstone('renewed', 'residentId'),
      ];
      await store.takeTombstones(1, 'digest', rows);
      const left = await store.dataKeys(record_type, ['whole', 'part', 'renewed', 'other']);
      expect(left.map(({ document_id }) => document_id).sort()).toEqual(['other', 'renewed']);
      expect(await store.tombstonesOfFile(1)).toHaveLength(3);
      expect(await store.newestTombstoneFile()).toMatchObject({ number: 1, digest: 'digest' });
    } finally {
      await store.destroy();
    }
  });
});
