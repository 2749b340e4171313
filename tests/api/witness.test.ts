import { createServer, type Server } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { witnessSource } from '../../src/plugins/customer-governance/server/src/transparency/verifier/directory';
import { bootApp, type BootedApp } from '../support/app';
import { createHome } from '../support/home';

interface Witness {
  target: string;
  deliveredSize: number;
  deliveredAt: string | null;
  failure: string | null;
}
interface Log {
  sequence(): Promise<{ treeSize: number }>;
  deliver(): Promise<number>;
  state(): Promise<{ checkpoint: { treeSize: number; note: string }; witnesses: Witness[] }>;
}

const TOKEN = 'a-token-of-the-test';

describe('the witnesses of the log', () => {
  let app: BootedApp;
  let log: Log;
  let directory: string;
  let server: Server;
  /** What the witness over HTTP answers, and what it was sent. */
  let status = 200;
  let sent: Array<{ note: string; authorization?: string; type?: string; url?: string }> = [];

  const rows = (table: string) => app.strapi.db.connection(table);
  const checkpoints = () => rows('governance_audit_checkpoints').orderBy('tree_size');
  /** A new entry and its checkpoint. */
  const grow = async () => {
    await app.strapi
      .plugin('customer-governance')
      .service('audit')
      .append({ action: 'record.view' });
    return (await log.sequence()).treeSize;
  };
  /** As if the pause after a failure were over. */
  const later = () => rows('governance_audit_witnesses').update({ next_at: '' });
  const witness = async (target: string) =>
    (await log.state()).witnesses.find((each) => each.target === target);
  const fileOf = (size: number, origin: string) => {
    const name = String(size).padStart(12, '0');
    const parts = [0, 3, 6].map((at) => name.slice(at, at + 3));
    return path.join(directory, origin.replace('/', '_'), ...parts, name);
  };
  const origin = async () => (await log.state()).checkpoint.note.split('\n')[0];

  beforeAll(async () => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'governance-witness-'));
    server = createServer((request, response) => {
      let note = '';
      request.on('data', (chunk) => (note += chunk));
      request.on('end', () => {
        const { authorization, 'content-type': type } = request.headers;
        sent.push({ note, authorization, type, url: request.url });
        if (status === 302) response.setHeader('location', '/elsewhere');
        response.writeHead(status).end('ignored');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    app = await bootApp({
      logLevel: 'error',
      policy: { audit: { sequence: { seconds: 3600 } } },
      env: {
        GOVERNANCE_WITNESS_DIRECTORY: directory,
        GOVERNANCE_WITNESS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keep`,
        GOVERNANCE_WITNESS_TOKEN: TOKEN,
      },
    });
    log = app.strapi.plugin('customer-governance').service('transparency');
  });
  afterAll(async () => {
    await app.close();
    await new Promise((resolve) => server.close(resolve));
    rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(() => {
    status = 200;
    sent = [];
  });

  it('get every checkpoint, in order and as it was signed', async () => {
    for (let at = 0; at < 3; at++) await grow();
    await log.deliver();
    const notes = (await checkpoints()).map(({ note }) => note);
    expect(sent.map(({ note }) => note)).toEqual(notes);
    expect(sent[0]).toMatchObject({ authorization: `Bearer ${TOKEN}`, url: '/keep' });
    expect(sent[0]?.type).toMatch(/^text\/plain/);
    expect(
      (await (await witnessSource(directory)).checkpoints(-1, 100)).map(({ note }) => note)
    ).toEqual(notes);
    const { checkpoint, witnesses } = await log.state();
    expect(witnesses).toHaveLength(2);
    for (const state of witnesses) {
      expect(state).toMatchObject({ deliveredSize: checkpoint.treeSize, failure: null });
      expect(state.deliveredAt).not.toBeNull();
    }
    expect(await log.deliver()).toBe(0);
  });

  it('are told again after a failure, after a pause, and hold each other up in nothing', async () => {
    status = 503;
    const size = await grow();
    expect(await log.deliver()).toBe(1);
    expect(await witness('http')).toMatchObject({ failure: 'status-503' });
    expect(await witness('directory')).toMatchObject({ deliveredSize: size, failure: null });
    status = 200;
    expect(await log.deliver()).toBe(0);
    const [{ next_at: first }] = await rows('governance_audit_witnesses').where({ target: 'http' });
    status = 500;
    await later();
    await log.deliver();
    const [{ next_at: second, attempts }] = await rows('governance_audit_witnesses').where({
      target: 'http',
    });
    expect(attempts).toBe(2);
    expect(Date.parse(second) - Date.now()).toBeGreaterThan(Date.parse(first) - Date.now());
    status = 200;
    await later();
    expect(await log.deliver()).toBe(1);
    expect(await witness('http')).toMatchObject({ deliveredSize: size, failure: null });
  });

  it('are told once when two instances want to tell them', async () => {
    await grow();
    await rows('governance_audit_witnesses')
      .where({ target: 'http' })
      .update({ next_at: new Date(Date.now() + 30_000).toISOString() });
    await log.deliver();
    expect(sent).toHaveLength(0);
    await later();
    await log.deliver();
    expect(sent).toHaveLength(1);
  });

  it('are not followed to another address', async () => {
    status = 302;
    await grow();
    await log.deliver();
    expect(await witness('http')).toMatchObject({ failure: 'status-302' });
    expect(sent.map(({ url }) => url)).toEqual(['/keep']);
    status = 200;
    await later();
    await log.deliver();
  });

  it('raise an alert when the one over HTTP holds another history', async () => {
    const error = jest.spyOn(app.strapi.log, 'error').mockReturnValue(app.strapi.log);
    status = 409;
    await grow();
    await log.deliver();
    expect(await witness('http')).toMatchObject({ failure: 'witness-differs' });
    expect(error.mock.calls.flat().join()).toContain('holds another history');
    error.mockRestore();
    status = 200;
    await later();
    await log.deliver();
  });

  it('never have a file overwritten: one of other bytes is a fork, and shown', async () => {
    const error = jest.spyOn(app.strapi.log, 'error').mockReturnValue(app.strapi.log);
    const size = (await log.state()).checkpoint.treeSize + 1;
    const file = fileOf(size, await origin());
    writeFileSync(file, 'of another history');
    expect(await grow()).toBe(size);
    await log.deliver();
    expect(await witness('directory')).toMatchObject({
      failure: 'witness-differs',
      deliveredSize: size - 1,
    });
    expect(readFileSync(file, 'utf8')).toBe('of another history');
    expect(error.mock.calls.flat().join()).toContain('holds another history');
    error.mockRestore();
    rmSync(file);
    await later();
    await log.deliver();
    expect(await witness('directory')).toMatchObject({ failure: null, deliveredSize: size });
  });

  it('take what they have already, when the database was restored to before it', async () => {
    await rows('governance_audit_witnesses').update({ delivered_size: 0 });
    await log.deliver();
    const { treeSize } = (await log.state()).checkpoint;
    expect(await witness('directory')).toMatchObject({ failure: null, deliveredSize: treeSize });
  });

  it('see a past that was rewritten as soon as the log goes on', async () => {
    const error = jest.spyOn(app.strapi.log, 'error').mockReturnValue(app.strapi.log);
    const { checkpoint } = await log.state();
    const file = fileOf(checkpoint.treeSize, await origin());
    const kept = readFileSync(file, 'utf8');
    // What the directory would hold had the log been another one when it was told.
    const lines = kept.split('\n');
    lines[2] = Buffer.alloc(32, 7).toString('base64');
    rmSync(file);
    writeFileSync(file, lines.join('\n'));
    await grow();
    await log.deliver();
    expect(await witness('directory')).toMatchObject({ failure: 'witness-differs' });
    rmSync(file);
    writeFileSync(file, kept);
    // A witness that knows of a longer log than this one.
    const beyond = fileOf(checkpoint.treeSize + 900, await origin());
    writeFileSync(beyond, kept);
    await later();
    await log.deliver();
    expect(await witness('directory')).toMatchObject({ failure: 'witness-differs' });
    rmSync(beyond);
    await later();
    await log.deliver();
    expect(await witness('directory')).toMatchObject({ failure: null });
    error.mockRestore();
  });

  it('do not hold up the log when they cannot be reached', async () => {
    rmSync(directory, { recursive: true });
    writeFileSync(directory, 'a file, where a directory was');
    const before = (await log.state()).checkpoint.treeSize;
    expect(await grow()).toBe(before + 1);
    await log.deliver();
    expect(await witness('directory')).toMatchObject({ failure: 'directory-ENOTDIR' });
  });
});

describe('wrong settings of a witness', () => {
  it.each([
    [{ GOVERNANCE_WITNESS_DIRECTORY: '/nowhere/at/all' }, 'is not a directory'],
    [{ GOVERNANCE_WITNESS_URL: 'ftp://witness.example' }, 'begins with https://'],
    [{ GOVERNANCE_WITNESS_URL: 'https://me:secret@witness.example' }, 'name or password'],
    [{ GOVERNANCE_WITNESS_TOKEN: 'alone' }, 'GOVERNANCE_WITNESS_URL is not'],
  ])('stop the start: %j', async (env, message) => {
    const home = await createHome();
    try {
      await expect(bootApp({ home, env })).rejects.toThrow(message);
    } finally {
      await home.remove();
    }
  });
});
