import { canonicalEntry } from '../../src/plugins/customer-governance/server/src/audit/encoding';
import { parseCheckpoint } from '../../src/plugins/customer-governance/server/src/transparency/tree/checkpoint';
import { leafHash } from '../../src/plugins/customer-governance/server/src/transparency/tree/hashes';
import {
  openNote,
  parseVerifierKey,
} from '../../src/plugins/customer-governance/server/src/transparency/tree/note';
import {
  verifyConsistency,
  verifyInclusion,
} from '../../src/plugins/customer-governance/server/src/transparency/tree/proofs';
import { bootApp, type BootedApp } from '../support/app';
import { refusalOf } from '../support/refusal';
import { secondInstance } from '../support/second';

interface Checkpoint {
  treeSize: number;
  rootHash: string;
  note: string;
}
interface Log {
  store: { newestCheckpoint(): Promise<Checkpoint> };
  signer(): { keys(): Promise<Array<{ verifierKey: string }>> };
  sequence(): Promise<{ sequenced: number; treeSize: number }>;
  state(): Promise<{
    treeSize: number;
    pending: number;
    checkpoint: Checkpoint;
    prunedBelow: number;
    halted: string | null;
  }>;
  leafOf(id: string): Promise<number | null>;
  inclusion(leaf: number, size: number): Promise<Buffer[]>;
  consistency(before: number, size: number): Promise<Buffer[]>;
  prune(before: Date): Promise<number>;
  changeKey(): Promise<unknown>;
  resume(): Promise<{ lostFrom: number; lostTo: number }>;
}

const root = (checkpoint: Checkpoint) => Buffer.from(checkpoint.rootHash, 'base64');

describe('the transparency log', () => {
  let app: BootedApp;
  let log: Log;

  const view = (recordIds: string[]) => ({
    action: 'record.view',
    recordType: 'plugin::customer-governance.customer',
    recordIds,
    attributes: ['mobile'],
  });
  const audit = () => app.strapi.plugin('customer-governance').service('audit');
  const entries = (count: number, recordIds: string[] = []) =>
    audit().append(Array.from({ length: count }, () => view(recordIds)));

  const rows = (table: string) => app.strapi.db.connection(table);

  /** The checkpoint's text, opened with the keys that the log tells. */
  const opened = async (checkpoint: Checkpoint) => {
    const keys = (await log.signer().keys()).map((key) => parseVerifierKey(key.verifierKey));
    return openNote(checkpoint.note, keys);
  };

  beforeAll(async () => {
    app = await bootApp({ policy: { audit: { sequence: { seconds: 3600 } } } });
    log = app.strapi.plugin('customer-governance').service('transparency');
  });
  afterAll(() => app.close());

  it('gives every committed entry a place, once, and signs the tree', async () => {
    await entries(300);
    const first = await log.sequence();
    const { checkpoint, pending, treeSize } = await log.state();
    expect(pending).toBe(0);
    expect(first.sequenced).toBeGreaterThanOrEqual(300);
    expect(treeSize).toBe(Number((await rows('governance_audit_entries').count({ n: '*' }))[0].n));
    const { text } = await opened(checkpoint);
    const signed = parseCheckpoint(text);
    expect(signed.size).toBe(treeSize);
    expect(signed.root).toEqual(root(checkpoint));
    expect(signed.origin).toMatch(/^customer-governance\/[0-9a-f]{16}$/);
    expect(await log.sequence()).toEqual({ sequenced: 0, treeSize });
  });

  it('proves that an entry is in the tree, and that the tree only grew', async () => {
    const before = (await log.state()).checkpoint;
    await entries(700);
    await log.sequence();
    const after = (await log.state()).checkpoint;
    expect(after.treeSize).toBe(before.treeSize + 700);

    const [row] = await rows('governance_audit_entries').orderBy('id').offset(5).limit(1);
    const leaf = (await log.leafOf(row.document_id)) as number;
    const proof = await log.inclusion(leaf, after.treeSize);
    expect(
      verifyInclusion(leafHash(canonicalEntry(row)), leaf, after.treeSize, proof, root(after))
    ).toBe(true);
    row.actor_id = 'somebody-else';
    expect(
      verifyInclusion(leafHash(canonicalEntry(row)), leaf, after.treeSize, proof, root(after))
    ).toBe(false);

    const consistency = await log.consistency(before.treeSize, after.treeSize);
    expect(
      verifyConsistency(before.treeSize, after.treeSize, root(before), root(after), consistency)
    ).toBe(true);
  });

  it('finds an entry that commits later than its followers', async () => {
    if (app.database === 'sqlite') {
      // One writer at a time: the ids stand in the order of the commits.
      await entries(2);
      expect(await log.sequence()).toMatchObject({ sequenced: 2 });
      return;
    }
    let commit: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (commit = resolve));
    let inside: () => void = () => undefined;
    const written = new Promise<void>((resolve) => (inside = resolve));
    const late = app.strapi.db.transaction(async () => {
      await audit().append(view(['late']));
      inside();
      await held;
    });
    await written;
    await entries(3, ['early']);
    expect(await log.sequence()).toMatchObject({ sequenced: 3 });
    // Passes that move the watermark must not move it over what is still open.
    await entries(1);
    await log.sequence();
    await log.sequence();
    commit();
    await late;
    expect(await log.sequence()).toMatchObject({ sequenced: 1 });
    const [{ n }] = await rows('governance_audit_records')
      .where({ record_id: 'late' })
      .count({ n: '*' });
    expect(Number(n)).toBe(1);
  });

  it('counts the entries of each hour, and knows the entries of a record', async () => {
    await entries(4, ['one', 'two']);
    await log.sequence();
    const [{ n }] = await rows('governance_audit_records')
      .where({ record_id: 'two' })
      .count({ n: '*' });
    expect(Number(n)).toBe(4);
    const [counted] = await rows('governance_audit_hours').sum({ entries: 'entries' });
    const [all] = await rows('governance_audit_entries').count({ n: '*' });
    expect(Number(counted.entries)).toBe(Number(all.n));
  });

  it('lets two sequencers at once give no entry two places', async () => {
    await entries(2500);
    const second = await secondInstance(app);
    try {
      await Promise.all([log.sequence(), log.sequence()]);
    } finally {
      await second.close();
    }
    await log.sequence();
    const { treeSize } = await log.state();
    const [{ n, last }] = await rows('governance_audit_leaves')
      .count({ n: '*' })
      .max({ last: 'id' });
    expect(Number(n)).toBe(treeSize);
    expect(Number(last)).toBe(treeSize - 1);
  });

  it('has the first checkpoint after a change of key signed by both keys', async () => {
    await log.changeKey();
    await log.sequence();
    const first = await opened((await log.state()).checkpoint);
    expect(first.verified).toHaveLength(2);
    await entries(1);
    await log.sequence();
    const next = await opened((await log.state()).checkpoint);
    expect(next.verified).toHaveLength(1);
    expect(first.verified).toContain(next.verified[0]);
  });

  it('refuses in the database itself to change or remove entries, their order and checkpoints', async () => {
    for (const [table, message] of [
      ['governance_audit_entries', 'the audit log is append-only'],
      ['governance_audit_leaves', 'the order of the audit log stays'],
      ['governance_audit_checkpoints', 'checkpoints of the audit log are append-only'],
    ] as const) {
      const one = () => rows(table).where({ id: 1 });
      expect(await refusalOf(one().delete())).toContain(message);
      expect(await refusalOf(one().update({ id: 999_999 }))).toContain(message);
    }
  });

  it('prunes whole old tiles and keeps every remaining entry provable', async () => {
    const boundary = new Date(Date.now() + 1);
    while (Date.now() <= boundary.getTime()) await new Promise(setImmediate);
    const { treeSize } = await log.state();
    const whole = treeSize - (treeSize % 256);
    await entries(2);
    await log.sequence();
    expect(await log.prune(boundary)).toBe(whole);
    await log.sequence();
    const { prunedBelow, checkpoint } = await log.state();
    expect(prunedBelow).toBe(whole);
    const [{ first }] = await rows('governance_audit_leaves').min({ first: 'id' });
    expect(Number(first)).toBe(whole);
    const [row] = await rows('governance_audit_entries').orderBy('id', 'desc').limit(1);
    const leaf = (await log.leafOf(row.document_id)) as number;
    const proof = await log.inclusion(leaf, checkpoint.treeSize);
    expect(
      verifyInclusion(
        leafHash(canonicalEntry(row)),
        leaf,
        checkpoint.treeSize,
        proof,
        root(checkpoint)
      )
    ).toBe(true);
    expect(await log.prune(boundary)).toBe(0);
    expect(row.action).toBe('log.prune');
  });

  it('signs nothing more when the tree is smaller than what was signed, until that is declared', async () => {
    await log.sequence();
    const { treeSize } = await log.state();
    const keyStore = app.strapi.plugin('customer-governance').service('vault').keyStore();
    // What a restore of yesterday's data beside today's key store looks like.
    await keyStore.raiseLogAnchor({ treeSize: treeSize + 10, rootHash: 'of-a-lost-tree' });
    await entries(1);
    expect(await log.sequence()).toEqual({ sequenced: 0, treeSize });
    expect(await log.state()).toMatchObject({ halted: 'smaller-than-signed', pending: 1 });

    expect(await log.resume()).toEqual({ lostFrom: treeSize, lostTo: treeSize + 10 });
    expect(await log.sequence()).toMatchObject({ sequenced: 2 });
    const { text } = await opened((await log.state()).checkpoint);
    expect(parseCheckpoint(text).origin).toMatch(/\/2$/);
    await expect(log.resume()).rejects.toThrow('Nothing is missing');
  });

  it('signs nothing more when its hashes are not those that were signed', async () => {
    await entries(1);
    await log.sequence();
    const { treeSize } = await log.state();
    const tile = await rows('governance_audit_tiles')
      .where({ level: 0 })
      .orderBy('tile_index', 'desc')
      .first();
    const hashes = Buffer.from(tile.hashes, 'base64');
    hashes[0] ^= 1;
    await rows('governance_audit_tiles')
      .where({ id: tile.id })
      .update({ hashes: hashes.toString('base64') });
    await entries(1);
    expect(await log.sequence()).toEqual({ sequenced: 0, treeSize });
    expect(await log.state()).toMatchObject({ halted: 'other-than-signed' });
    await expect(log.resume()).rejects.toThrow();
  });
});
