import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createKeyStore } from './key-store';

const TOMBSTONE = {
  record_type: 'api::thing.thing',
  order_number: 'D-1',
  destroyed_at: '2026-01-01T00:00:00.000Z',
};

describe('the tables of the key store', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'key-store-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

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
