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
import {
  rootOf,
  tilePath,
} from '../../src/plugins/customer-governance/server/src/transparency/tree/tiles';
import { createApiToken } from '../support/api';
import { bootApp, type BootedApp } from '../support/app';
import { createCaller } from '../support/company';

interface Log {
  sequence(): Promise<{ treeSize: number }>;
  prune(before: Date): Promise<number>;
}

const ACTIONS = ['checkpoint', 'tile', 'entries', 'inclusion', 'consistency', 'state', 'keys'];
const GOVERNANCE = 'plugin::customer-governance.';
const API = '/api/customer-governance/log';
const PANEL = '/customer-governance/log';

describe('the log as outsiders read it', () => {
  let app: BootedApp;
  let log: Log;
  let token: string;

  const append = (count: number) =>
    app.strapi
      .plugin('customer-governance')
      .service('audit')
      .append(Array.from({ length: count }, () => ({ action: 'record.view' })));
  const entries = () => app.strapi.db.connection('governance_audit_entries');

  /** What a standard monitor does: one address, bytes, headers. */
  const fetched = async (path: string, prefix = API, credential = token) => {
    const answer = await fetch(`${app.url}${prefix}/${path}`, {
      headers: { authorization: `Bearer ${credential}` },
    });
    return {
      status: answer.status,
      headers: answer.headers,
      bytes: Buffer.from(await answer.arrayBuffer()),
    };
  };
  const json = async (path: string) => {
    const { status, bytes } = await fetched(path);
    return { status, ...JSON.parse(bytes.toString()) };
  };
  const verifiers = async () =>
    ((await json('keys')).data.keys as Array<{ verifierKey: string }>).map(({ verifierKey }) =>
      parseVerifierKey(verifierKey)
    );
  const newest = async () =>
    parseCheckpoint(
      openNote((await fetched('checkpoint')).bytes.toString(), await verifiers()).text
    );

  beforeAll(async () => {
    app = await bootApp({ policy: { audit: { sequence: { seconds: 3600 } } } });
    log = app.strapi.plugin('customer-governance').service('transparency');
    const { accessKey } = await app.strapi.service('admin::api-token').create({
      name: 'monitor',
      type: 'custom',
      permissions: [
        ...ACTIONS.map((action) => `${GOVERNANCE}log.${action}`),
        `${GOVERNANCE}audit-entry.find`,
      ],
      lifespan: null,
      description: '',
    });
    token = accessKey;
    await append(700);
    await log.sequence();
  });
  afterAll(() => app.close());

  it('gives a monitor all that it needs to follow: keys, checkpoint, and the tiles that lead to its root', async () => {
    const { size, root } = await newest();
    expect(size).toBeGreaterThanOrEqual(700);
    const reader = {
      async tile(level: number, index: number) {
        const hashes = Math.floor(size / 256 ** level) - index * 256;
        const { status, bytes } = await fetched(tilePath(level, index, Math.min(hashes, 256)));
        expect(status).toBe(200);
        return bytes;
      },
    };
    expect(await rootOf(reader, size)).toEqual(root);
  });

  it('gives the entries as the bytes that were hashed', async () => {
    const { size } = await newest();
    const width = size % 256;
    const index = Math.floor(size / 256);
    for (const [at, count] of [
      [0, 256],
      [index, width],
    ]) {
      const bundle = (await fetched(tilePath('entries', at, count))).bytes;
      const { bytes: hashes } = await fetched(tilePath(0, at, count));
      let position = 0;
      for (let leaf = 0; leaf < count; leaf++) {
        const length = bundle.readUInt16BE(position);
        const bytes = bundle.subarray(position + 2, position + 2 + length);
        expect(leafHash(bytes)).toEqual(hashes.subarray(leaf * 32, leaf * 32 + 32));
        position += 2 + length;
      }
      expect(position).toBe(bundle.length);
    }
  });

  it('lets tiles be kept for ever, and the checkpoint never', async () => {
    const tile = await fetched('tile/0/000');
    expect(tile.headers.get('cache-control')).toContain('immutable');
    expect(tile.headers.get('content-type')).toBe('application/octet-stream');
    const checkpoint = await fetched('checkpoint');
    expect(checkpoint.headers.get('cache-control')).toBe('no-cache');
    expect(checkpoint.headers.get('content-type')).toMatch(/^text\/plain/);
  });

  it.each([
    'tile/0/999',
    'tile/0/000.p/256',
    'tile/0/000.p/0',
    'tile/00/000',
    'tile/0/0',
    'tile/0/x000/000',
    'tile/0/000.p/5/',
    'tile/64/000',
    'tile/1/000.p/200',
    'tile/entries/999',
    'tile/entries/000.p/999',
    'tile/entries/../../checkpoint.p',
    'tile/0%2F000',
    'tile/',
    'tile/0/..%2f..%2fdata.db',
  ])('has nothing at %s', async (path) => {
    expect((await fetched(path)).status).toBe(404);
  });

  it('proves that an entry is in a tree, and that one tree goes on from another', async () => {
    const [row] = await entries().orderBy('id').offset(300).limit(1);
    const { size, root } = await newest();
    const { data } = await json(`proof/inclusion?entry=${row.document_id}`);
    expect(data.treeSize).toBe(size);
    expect(Buffer.from(data.rootHash, 'base64')).toEqual(root);
    expect(parseCheckpoint(openNote(data.checkpoint, await verifiers()).text).root).toEqual(root);
    const hashes = data.hashes.map((hash: string) => Buffer.from(hash, 'base64'));
    const leaf = leafHash(canonicalEntry(row));
    expect(leaf.toString('base64')).toBe(data.leafHash);
    expect(verifyInclusion(leaf, data.leafIndex, size, hashes, root)).toBe(true);

    const consistency = (await json('proof/consistency?from=400')).data;
    expect(
      verifyConsistency(
        400,
        size,
        Buffer.from(consistency.from.rootHash, 'base64'),
        root,
        consistency.hashes.map((hash: string) => Buffer.from(hash, 'base64'))
      )
    ).toBe(true);
    expect(consistency.from.checkpoint).toBeNull();
    expect(consistency.to.checkpoint).toBe((await fetched('checkpoint')).bytes.toString());
  });

  it.each([
    ['proof/inclusion', 400],
    ['proof/inclusion?entry=no-id', 400],
    ['proof/inclusion?entry=missing0000000000000000a', 404],
    ['proof/consistency', 400],
    ['proof/consistency?from=0', 400],
    ['proof/consistency?from=5&to=4', 400],
    ['proof/consistency?from=1&to=99999999', 404],
    ['proof/consistency?from=1&other=2', 400],
    ['state?x=1', 400],
    ['checkpoint?x=1', 400],
  ])('answers %s with %i and a reason', async (path, status) => {
    const answer = await json(path);
    expect(answer.status).toBe(status);
    expect(answer.error.message).not.toBe('');
  });

  it('shows its state, and what no checkpoint covers yet', async () => {
    await append(2);
    const { data } = await json('state');
    expect(data).toMatchObject({ pending: 2, halted: null, witnesses: [], prunedBelow: 0 });
    expect(data.treeSize).toBe((await newest()).size);
    const [row] = await entries().orderBy('id', 'desc').limit(1);
    expect((await json(`proof/inclusion?entry=${row.document_id}`)).status).toBe(404);
  });

  it('gives a token just the addresses that it was made for, and entries only with the right to read the log', async () => {
    const may = await createApiToken(app, 'hashes', [
      `${GOVERNANCE}log.checkpoint`,
      `${GOVERNANCE}log.tile`,
      `${GOVERNANCE}log.entries`,
    ]);
    expect((await may.get(`${API}/tile/0/000`)).status).toBe(200);
    expect((await may.get(`${API}/tile/entries/000`)).status).toBe(403);
    expect((await may.get(`${API}/state`)).status).toBe(403);
    expect((await app.request.get(`${API}/checkpoint`)).status).toBe(403);
  });

  it('lets those in the panel verify who may verify, and read entries who may read them too', async () => {
    const verifier = await createCaller(app, 'verifier', [{ action: `${GOVERNANCE}audit.verify` }]);
    const auditor = await createCaller(app, 'auditor', [
      { action: `${GOVERNANCE}audit.verify` },
      { action: `${GOVERNANCE}audit.read` },
    ]);
    const reader = await createCaller(app, 'reader', [{ action: `${GOVERNANCE}audit.read` }]);
    for (const path of ['checkpoint', 'tile/0/000', 'state', 'keys', 'proof/consistency?from=1']) {
      expect((await verifier.get(`${PANEL}/${path}`)).status).toBe(200);
      expect((await reader.get(`${PANEL}/${path}`)).status).toBe(403);
    }
    expect((await verifier.get(`${PANEL}/tile/entries/000`)).status).toBe(403);
    expect((await auditor.get(`${PANEL}/tile/entries/000`)).status).toBe(200);
    expect((await app.request.get(`${PANEL}/checkpoint`)).status).toBe(401);
  });

  it('keeps the tiles of pruned entries, but not the entries', async () => {
    const whole = (await newest()).size;
    expect(await log.prune(new Date(Date.now() + 60_000))).toBe(whole - (whole % 256));
    expect((await fetched('tile/entries/000')).status).toBe(404);
    expect((await fetched('tile/0/000')).status).toBe(200);
  });

  it('says so when hashes are missing, instead of failing', async () => {
    await app.strapi.db
      .connection('governance_audit_tiles')
      .where({ level: 0, tile_index: 0 })
      .delete();
    expect((await fetched('tile/0/000')).status).toBe(404);
    const answer = await json('proof/consistency?from=100');
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.error.message).toContain('audit:verify');
  });
});
