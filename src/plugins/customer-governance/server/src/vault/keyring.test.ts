import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createKeyring, KeyStoreRefused, logKeyUse } from './keyring';
import { createEpochs, type Epochs } from './epochs';
import { endEpoch } from './epochs-end';
import { createEpochStore } from './epochs-store';
import { openKeyDatabase } from './key-database';
import { createKeyStore, type KeyStore } from './key-store';
import { environmentRootKey } from './root-key';

const TYPE = 'api::thing.thing';
const rootKey = (fill: number) => environmentRootKey(Buffer.alloc(32, fill).toString('base64'));

describe('the key store', () => {
  let dir: string;
  let stores: KeyStore[];
  let opened: Epochs[];

  const openStore = (name = 'keys.db') => {
    const store = createKeyStore({ client: 'sqlite', filename: path.join(dir, name) });
    stores.push(store);
    return store;
  };
  const ringOn = (store: KeyStore, fill = 1) => {
    const place = { client: 'sqlite' as const, filename: path.join(dir, 'epochs.db') };
    const epochs = createEpochs({ primary: createEpochStore(place) });
    opened.push(epochs);
    return createKeyring({ store, root: rootKey(fill), epochs });
  };

  beforeEach(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'keyring-'));
    stores = [];
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.destroy()));
    await Promise.all(opened.map((epochs) => epochs.close()));
    rmSync(dir, { recursive: true, force: true });
  });

  it('gives the same data keys after a restart', async () => {
    const first = ringOn(openStore());
    const id = await first.start(undefined);
    const made = await first.createDataKeys(TYPE, ['a', 'b']);
    const second = ringOn(openStore());
    await second.start(id);
    expect(await second.dataKeys(TYPE, ['a', 'b', 'c'])).toEqual(made);
    expect(second.lookupKey(TYPE, 'mobile', 'exact')).toEqual(
      first.lookupKey(TYPE, 'mobile', 'exact')
    );
  });

  it('refuses another root key and leaves the store as it was', async () => {
    const first = ringOn(openStore());
    const id = await first.start(undefined);
    const made = await first.createDataKeys(TYPE, ['a']);
    await expect(ringOn(openStore(), 2).start(id)).rejects.toThrow(KeyStoreRefused);
    const again = ringOn(openStore());
    await again.start(id);
    expect(await again.dataKeys(TYPE, ['a'])).toEqual(made);
  });

  it('refuses to make a new store for data that has one, and says that it is missing', async () => {
    const store = openStore();
    await expect(ringOn(store).start('an-id')).rejects.toThrow(/missing/);
    expect(await store.exists()).toBe(false);
  });

  it('refuses the store of other data', async () => {
    await ringOn(openStore()).start(undefined);
    await expect(ringOn(openStore()).start('another')).rejects.toThrow(/other data/);
  });

  it('refuses a store with keys for data that has none, whose sweep would remove them all', async () => {
    const first = ringOn(openStore());
    await first.start(undefined);
    await expect(ringOn(openStore()).start(undefined)).resolves.toEqual(expect.any(String));
    await first.createDataKeys(TYPE, ['a']);
    await expect(ringOn(openStore()).start(undefined)).rejects.toThrow(/keys of other data/);
  });

  it('does not open a file that is no key store', async () => {
    writeFileSync(
      path.join(dir, 'keys.db'),
      'this is not a database, but long enough to be read as one'.repeat(20)
    );
    const start = ringOn(openStore()).start('an-id');
    // Not by `toThrow`: the driver's errors are those of the first test file of a process, and no errors in the next one.
    const outcome = await start.then(
      () => 'opened',
      () => 'refused'
    );
    expect(outcome).toBe('refused');
  });

  it('reads every data key after a rotation, and retires the old key-encryption key', async () => {
    const ring = ringOn(openStore());
    const id = await ring.start(undefined);
    const ids = Array.from({ length: 25 }, (_, index) => `record${index}`);
    const made = await ring.createDataKeys(TYPE, ids);
    await ring.addKeyEncryptionKey();
    expect(await ring.rewrapBatch(10)).toBe(10);
    // Killed here and started again: the old key is still there for what is left.
    const later = ringOn(openStore());
    await later.start(id);
    expect(await later.retireUnused()).toEqual([]);
    expect(await later.dataKeys(TYPE, ids)).toEqual(made);
    while ((await later.rewrapBatch(10)) > 0);
    expect(await later.retireUnused()).toEqual([1]);
    expect(await later.dataKeys(TYPE, ids)).toEqual(made);
  });

  it('stores no key under a key-encryption key that another instance has retired', async () => {
    const stale = ringOn(openStore());
    const id = await stale.start(undefined);
    const rotating = ringOn(openStore());
    await rotating.start(id);
    await rotating.addKeyEncryptionKey();
    await rotating.retireUnused();
    const made = await stale.createDataKeys(TYPE, ['late']);
    const fresh = ringOn(openStore());
    await fresh.start(id);
    expect(await fresh.dataKeys(TYPE, ['late'])).toEqual(made);
  });

  it('lets no rotation undo that of another instance, which began later', async () => {
    const early = ringOn(openStore());
    const id = await early.start(undefined);
    const late = ringOn(openStore());
    await late.start(id);
    await early.createDataKeys('lead', ['one']);
    await late.addKeyEncryptionKey();
    expect(await late.rewrapBatch(10)).toBe(1);
    expect(await early.rewrapBatch(10)).toBe(0);
    expect(await early.retireUnused()).toEqual([1]);
    expect((await late.dataKeys('lead', ['one'])).size).toBe(1);
  });

  it('does not open a data key that was moved to another record', async () => {
    const store = openStore();
    const ring = ringOn(store);
    await ring.start(undefined);
    await ring.createDataKeys(TYPE, ['a']);
    const [row] = await store.dataKeys(TYPE, ['a']);
    await store.addDataKeys([{ ...(row as NonNullable<typeof row>), document_id: 'b' }]);
    await expect(ring.dataKeys(TYPE, ['b'])).rejects.toThrow(/does not open/);
  });

  it('of an installation from before the key epochs moves at its first one', async () => {
    const root = rootKey(1);
    const before = openStore();
    await before.create();
    const kek = Buffer.alloc(32, 5);
    const created_at = '2026-01-01T00:00:00.000Z';
    await before.setMetaOnce('store-id', 'an-older-one');
    await before.setMetaOnce(
      'lookup-key',
      (await root.wrap(Buffer.alloc(32, 6), 'customer-governance/lookup')).toString('base64')
    );
    await before.addKeyEncryptionKeyOnce({
      id: 1,
      epoch: null,
      wrapped: await root.wrap(kek, 'customer-governance/kek/1'),
      created_at,
    });
    await before.addLogKeyOnce({
      id: 1,
      name: 'log',
      public_key: '',
      kek_id: null,
      wrapped: await root.wrap(Buffer.from('secret'), logKeyUse(1)),
      created_at,
    });
    const ring = ringOn(before);
    await ring.start('an-older-one');
    expect(ring.currentEpoch()).toBeNull();
    const made = await ring.createDataKeys(TYPE, ['a', 'b']);
    const lookup = ring.lookupKey(TYPE, 'mobile', 'exact');
    await endEpoch({ store: before, ring, epochs: opened[0]! });

    const later = ringOn(openStore());
    await later.start('an-older-one');
    expect(later.currentEpoch()).toBe(1);
    expect(await before.keyEncryptionKeys()).toMatchObject([{ id: 2, epoch: 1 }]);
    expect(await later.dataKeys(TYPE, ['a', 'b'])).toEqual(made);
    expect(later.lookupKey(TYPE, 'mobile', 'exact')).toEqual(lookup);
    const [log] = await before.logKeys();
    expect(String(await later.unwrapOwn(log!.kek_id, log!.wrapped, logKeyUse(1)))).toBe('secret');
    expect(log!.kek_id).toBe(2);
  });

  it('wraps nothing under less than before when the epoch store is emptied while it runs', async () => {
    const ring = ringOn(openStore());
    await ring.start(undefined);
    const emptied = openKeyDatabase({ client: 'sqlite', filename: path.join(dir, 'epochs.db') });
    await emptied.table('governance_epochs').delete();
    await emptied.knex.destroy();
    await expect(ring.addKeyEncryptionKey()).rejects.toThrow(/does not hold the secret/);
  });
});
