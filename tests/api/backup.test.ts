import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  decryptWith,
  newIdentity,
} from '../../src/plugins/customer-governance/server/src/backup/archive/age';
import { destination } from '../../src/plugins/customer-governance/server/src/backup/archive/destination';
import { extract } from '../../src/plugins/customer-governance/server/src/backup/archive/reader';
import type { Sidecar } from '../../src/plugins/customer-governance/server/src/backup/archive/manifest';
import type { BackupService } from '../../src/plugins/customer-governance/server/src/backup/service';
import type {
  Offline,
  OfflineConfiguration,
} from '../../src/plugins/customer-governance/server/src/backup/offline';
import { bootApp, type BootedApp } from '../support/app';
import { ATTACHMENT, fileCaller, giveFiles, pdf, tokenOf } from '../support/attachments';
import { startBucket, type Bucket } from '../support/bucket';
import { createCaller, createCompany, CUSTOMER, type Company } from '../support/company';
import { createHome, databaseKind, type Home } from '../support/home';
import { startWholePostgres } from '../support/whole-postgres.mjs';

const NAME = '上官婉儿';
const MOBILE = '13912345678';

const data = newIdentity();
const keys = newIdentity();

let cluster: Awaited<ReturnType<typeof startWholePostgres>> | undefined;
const server = process.env.TEST_POSTGRES_URL;

beforeAll(async () => {
  if (databaseKind() !== 'postgres') return;
  // With the programs that make and restore dumps, of the server's own version.
  cluster = await startWholePostgres();
  process.env.TEST_POSTGRES_URL = cluster.url;
});
afterAll(() => {
  process.env.TEST_POSTGRES_URL = server;
  cluster?.stop();
});

/** An installation that backs up into folders of its own. */
async function backedUpHome(): Promise<Home & { folder(name: string): string }> {
  const home = await createHome();
  const folder = (name: string) => path.join(home.dir, name);
  for (const name of ['backup', 'backup-2', 'backup-keys']) mkdirSync(folder(name));
  writeFileSync(folder('data.age'), `${data.identity}\n`);
  writeFileSync(folder('keys.age'), `# public key: ${keys.recipient}\n${keys.identity}\n`);
  Object.assign(home.env, {
    GOVERNANCE_BACKUP_DIRECTORY: folder('backup'),
    GOVERNANCE_BACKUP_SECOND_DIRECTORY: folder('backup-2'),
    GOVERNANCE_BACKUP_KEYS_DIRECTORY: folder('backup-keys'),
    GOVERNANCE_BACKUP_RECIPIENT: data.recipient,
    GOVERNANCE_BACKUP_KEYS_RECIPIENT: keys.recipient,
    GOVERNANCE_BACKUP_IDENTITY_FILE: folder('data.age'),
    GOVERNANCE_BACKUP_KEYS_IDENTITY_FILE: folder('keys.age'),
    GOVERNANCE_BACKUP_WORK_DIRECTORY: folder('work'),
    ...(cluster ? { GOVERNANCE_BACKUP_TOOLS: cluster.tools } : {}),
  });
  return { ...home, folder };
}

const service = (app: BootedApp) =>
  app.strapi.plugin('customer-governance').service('backup') as BackupService;

const asSystem = <T>(app: BootedApp, work: () => Promise<T>): Promise<T> =>
  app.strapi.plugin('customer-governance').service('actor').asSystem('test', work);

const sidecars = (directory: string): Sidecar[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(path.join(directory, name), 'utf8')) as Sidecar);

/** Everything that an archive holds, decrypted and unpacked. */
async function contentOf(file: string, identity: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  async function* bytes() {
    yield readFileSync(file);
  }
  for await (const part of decryptWith([identity], bytes())) parts.push(part);
  return gunzipSync(Buffer.concat(parts));
}

const archiveIn = (home: { folder(name: string): string }, folder: string, name: string) =>
  home.folder(`${folder}/${name}.tar.gz.age`);

/** What restores without an application, and its settings. */
const offlineOf = (
  app: BootedApp,
  home: { folder(name: string): string }
): { commands: Offline; configuration: OfflineConfiguration } => {
  const plugin = app.strapi.plugin('customer-governance');
  const { root } = app.strapi.dirs.app;
  return {
    commands: plugin.service('backup-offline') as Offline,
    configuration: {
      root,
      database: app.strapi.config.get('database.connection'),
      keys: app.strapi.config.get('plugin::customer-governance.keys'),
      backup: app.strapi.config.get('plugin::customer-governance.backup'),
      files: {
        uploads: home.folder('public/uploads'),
        attachments: plugin
          .service('attachments-offline')
          .restoreTarget(app.strapi.config.get('plugin::customer-governance.files'), root),
      },
    },
  };
};

/** What a command of `npm run governance` prints. */
function command(home: Home, name: string, call: object = {}): string {
  const run = `import { backupCommands } from './scripts/governance/backup.mjs';
    await backupCommands['${name}'].run({ given: [], options: {}, ...${JSON.stringify(call)} });`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', run], {
    cwd: path.resolve(__dirname, '../..'),
    env: { ...process.env, ...home.env },
    encoding: 'utf8',
  });
}

describe('backups', () => {
  let home: Awaited<ReturnType<typeof backedUpHome>>;
  let app: BootedApp;
  let company: Company;
  let customer: { documentId: string };

  const run = (kind: 'full' | 'incremental' | 'keys' | 'drill') =>
    asSystem(app, () => service(app).run(kind));
  const archive = (folder: string, name: string) => archiveIn(home, folder, name);
  const offline = () => offlineOf(app, home);

  beforeAll(async () => {
    home = await backedUpHome();
    app = await bootApp({ home });
    company = await createCompany(app);
    customer = await company.customer(company.rep, { name: NAME, mobile: MOBILE });
    writeFileSync(home.folder('public/uploads/leaflet.txt'), 'A leaflet');
    await app.strapi.plugin('customer-governance').service('transparency').sequence();
  });
  afterAll(async () => {
    await app?.close();
    await home?.remove();
  });

  it('puts data and keys into archives of their own, and a verified copy of the data elsewhere', async () => {
    const full = await run('full');
    expect(full).toMatchObject({ state: 'succeeded', kind: 'full', secondCopy: 'verified' });
    const [sidecar] = sidecars(home.folder('backup'));
    expect(sidecar.manifest).toMatchObject({ archive: full.dataArchive, kind: 'full', chain: [] });
    expect(sidecar.manifest.counts.governance_audit_entries).toBeGreaterThan(0);
    expect(sidecar.sha256).toBe(full.dataDigest);
    expect(readFileSync(archive('backup-2', String(full.dataArchive)))).toEqual(
      readFileSync(archive('backup', String(full.dataArchive)))
    );
    expect(sidecars(home.folder('backup-keys'))[0].manifest.archive).toBe(full.keysArchive);
    // Nothing of the snapshots stays.
    expect(
      existsSync(home.folder('work/backup-work')) && readdirSync(home.folder('work/backup-work'))
    ).toEqual([]);
  });

  it('writes only what has changed since into an incremental one', async () => {
    await company.customer(company.rep, { name: '诸葛亮', mobile: '13712345678' });
    const incremental = await run('incremental');
    expect(incremental).toMatchObject({ state: 'succeeded', kind: 'incremental' });
    const [full, next] = sidecars(home.folder('backup'));
    expect(next.manifest.chain).toEqual([full.manifest.archive]);
    expect(next.manifest.own.length).toBeGreaterThan(0);
    expect(next.manifest.own.some((piece) => full.manifest.own.includes(piece))).toBe(false);
    const pieces = next.manifest.files.flatMap((file) => file.pieces);
    expect(next.manifest.own.length).toBeLessThan(pieces.length);
  });

  it('keeps keys and values out of the archive of the data', async () => {
    const keyStore = app.strapi.plugin('customer-governance').service('vault').keyStore();
    const [row] = await keyStore.dataKeys(CUSTOMER, [customer.documentId]);
    const [kek] = await keyStore.keyEncryptionKeys();
    for (const { manifest } of sidecars(home.folder('backup'))) {
      const bytes = await contentOf(archive('backup', manifest.archive), data.identity);
      expect(bytes.length).toBeGreaterThan(10_000);
      for (const secret of [
        NAME,
        MOBILE,
        '诸葛亮',
        '11010519491231002X',
        home.env.GOVERNANCE_ROOT_KEY,
      ]) {
        expect(bytes.includes(secret)).toBe(false);
      }
      for (const wrapped of [row.wrapped, kek.wrapped] as Buffer[]) {
        for (const form of ['latin1', 'hex', 'base64'] as const) {
          const text = Buffer.from(wrapped).toString(form);
          expect(bytes.includes(Buffer.from(text, form === 'latin1' ? 'latin1' : 'utf8'))).toBe(
            false
          );
        }
      }
    }
  });

  it('restores data, keys and files into an empty place, where an application starts and opens values', async () => {
    const { commands, configuration } = offline();
    const restored = await createHome();
    try {
      const into = restored.env.DATABASE_URL ?? restored.dir;
      const result = await commands.restore(configuration, {
        identity: home.folder('data.age'),
        keysIdentity: home.folder('keys.age'),
        into,
      });
      expect(result.signed).toBe(true);
      expect(result.files).toBe(1);
      const second = {
        ...restored,
        env: {
          ...restored.env,
          GOVERNANCE_ROOT_KEY: home.env.GOVERNANCE_ROOT_KEY,
          // No archive holds the secrets of key epochs: they come from where they were, or from their copy.
          ...(home.env.DATABASE_URL
            ? { GOVERNANCE_EPOCHS_URL: home.env.DATABASE_URL }
            : { GOVERNANCE_EPOCHS_FILENAME: home.folder('epochs.db') }),
        },
      };
      const before = app;
      const counts = async ({ strapi }: BootedApp) => ({
        customers: await strapi.db.query(CUSTOMER).count(),
        sealed: (await strapi.db.connection('governance_sealed_records')).length,
      });
      const there = await counts(before);
      await before.close();
      app = await bootApp({ home: second });
      try {
        expect(await counts(app)).toEqual(there);
        const opened = await app.strapi
          .plugin('customer-governance')
          .service('vault')
          .unseal(CUSTOMER, [customer.documentId], ['name', 'mobile']);
        expect(opened.get(customer.documentId)).toEqual({ name: NAME, mobile: MOBILE });
        const log = app.strapi.plugin('customer-governance').service('transparency');
        // What was signed between the copies of data and keys is lost, which has to be declared.
        const anchor = await app.strapi
          .plugin('customer-governance')
          .service('vault')
          .keyStore()
          .logAnchor();
        if (anchor.treeSize > (await log.state()).treeSize) await log.resume();
        await log.sequence();
        expect((await log.verify()).findings).toEqual([]);
      } finally {
        await app.close();
        app = await bootApp({ home });
      }
    } finally {
      await restored.remove();
    }
  });

  it('is listed and restored by the commands, which need no application', async () => {
    const restored = await createHome();
    try {
      const into = restored.env.DATABASE_URL ?? restored.dir;
      const identity = path.join(home.dir, 'made.age');
      const made = command(home, 'backup:identity', { given: [identity] });
      expect(made).toContain('Recipient: age1');
      expect(readFileSync(identity, 'utf8')).toContain('AGE-SECRET-KEY-1');
      const listed = command(home, 'backup:list');
      const archives = sidecars(home.folder('backup')).map(({ manifest }) => manifest.archive);
      for (const archive of archives) expect(listed).toContain(archive);
      const told = command(home, 'backup:restore', {
        options: { identity: home.folder('data.age'), into },
      });
      expect(told).toContain(`Data: ${archives.at(-1)}`);
    } finally {
      await restored.remove();
    }
  });

  it('refuses to replace what an application has open, or what is there without being told so', async () => {
    const { commands, configuration } = offline();
    const identity = home.folder('data.age');
    await expect(commands.restore(configuration, { identity, replace: true })).rejects.toThrow(
      /Stop the application/
    );
    const taken = path.join(home.dir, 'taken');
    mkdirSync(taken, { recursive: true });
    writeFileSync(path.join(taken, 'data.db'), '');
    if (!cluster) {
      await expect(commands.restore(configuration, { identity, into: taken })).rejects.toThrow(
        /empty place/
      );
    }
    await expect(commands.restore(configuration, { identity })).rejects.toThrow(/Say where to/);
  });

  it('puts the data back as they were in the place of the application that was stopped', async () => {
    const before = await run('incremental');
    const late = await app.strapi.db.query(CUSTOMER).create({
      data: { kind: 'person', name: '司马懿', mobile: '13612345678', publishedAt: new Date() },
    });
    const { commands, configuration } = offline();
    await app.close();
    const result = await commands.restore(configuration, {
      identity: home.folder('data.age'),
      replace: true,
    });
    expect(result.data?.manifest.archive).toBe(before.dataArchive);
    app = await bootApp({ home });
    expect(
      await app.strapi.db.query(CUSTOMER).findOne({ where: { documentId: late.documentId } })
    ).toBeNull();
    const opened = await app.strapi
      .plugin('customer-governance')
      .service('vault')
      .unseal(CUSTOMER, [customer.documentId], ['mobile']);
    expect(opened.get(customer.documentId)).toEqual({ mobile: MOBILE });
  });

  describe('of a restore', () => {
    const into = (name: string) => path.join(home.dir, name);
    const restore = (over: object = {}) => {
      const { commands, configuration } = offline();
      return commands.restore(
        // Into files even on PostgreSQL: it is not reached.
        configuration,
        { identity: home.folder('data.age'), into: into('nothing'), ...over }
      );
    };
    const damaged = (name: string, change: (bytes: Buffer) => Buffer) => {
      const folder = into('damaged');
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      for (const file of readdirSync(home.folder('backup'))) {
        copyFileSync(home.folder(`backup/${file}`), path.join(folder, file));
      }
      const file = path.join(folder, `${name}.tar.gz.age`);
      writeFileSync(file, change(readFileSync(file)));
      return folder;
    };
    const chain = () => sidecars(home.folder('backup')).map(({ manifest }) => manifest.archive);

    it('refuses an identity that the archive is not for', async () => {
      await expect(restore({ identity: home.folder('keys.age') })).rejects.toThrow(
        /not encrypted for this identity/
      );
    });

    it('names the archive in which a bit was flipped, and where', async () => {
      const [full] = chain();
      const directory = damaged(full, (bytes) => {
        bytes[Math.floor(bytes.length / 2)] ^= 4;
        return bytes;
      });
      await expect(restore({ directory })).rejects.toThrow(
        new RegExp(`${full}: .*altered or is damaged between bytes`)
      );
    });

    it('names the archive that is cut off', async () => {
      const [full] = chain();
      const directory = damaged(full, (bytes) => bytes.subarray(0, bytes.length - 1000));
      await expect(restore({ directory })).rejects.toThrow(new RegExp(`^${full}: `));
    });

    it('names the archive of a chain that is missing', async () => {
      const [full] = chain();
      const directory = damaged(full, (bytes) => bytes);
      rmSync(path.join(directory, `${full}.tar.gz.age`));
      await expect(restore({ directory })).rejects.toThrow(
        new RegExp(`${full}: it is not in ${directory}`)
      );
    });

    it('refuses a manifest that the log has not signed', async () => {
      const [full] = chain();
      const directory = damaged(full, (bytes) => bytes);
      const file = path.join(directory, `${full}.json`);
      const sidecar = JSON.parse(readFileSync(file, 'utf8')) as Sidecar;
      writeFileSync(file, JSON.stringify({ ...sidecar, sha256: '0'.repeat(64) }));
      await expect(restore({ directory, from: full })).rejects.toThrow(full);
    });
  });

  it('passes a drill, which leaves a record and no scratch database', async () => {
    const drill = await run('drill');
    expect(drill.message).toBeNull();
    expect(drill).toMatchObject({
      state: 'succeeded',
      drill: { findings: 0 },
    });
    expect(drill.drill?.opened).toBeGreaterThan(0);
    expect(drill.drill?.entries).toBeGreaterThan(0);
    expect(drill.drill?.rows).toBeGreaterThan(100);
    if (!cluster) return;
    const { rows } = await app.strapi.db.connection.raw(
      `SELECT datname FROM pg_database WHERE datname LIKE 'governance_drill_%'`
    );
    expect(rows).toEqual([]);
  });

  it('archives the keys anew once a key epoch has ended, without the secret of any', async () => {
    const epochs = app.strapi.plugin('customer-governance').service('key-epochs');
    await asSystem(app, () => epochs.end());
    expect((await service(app).state()).keysOutdated).toBe(true);
    await asSystem(app, () => service(app).renewKeys(new Date()));
    expect((await service(app).state()).keysOutdated).toBe(false);
    expect(await run('drill')).toMatchObject({ state: 'succeeded' });

    const { secret } = await app.strapi
      .plugin('customer-governance')
      .service('vault')
      .epochs()
      .newest();
    for (const { manifest } of sidecars(home.folder('backup-keys'))) {
      const bytes = await contentOf(archive('backup-keys', manifest.archive), keys.identity);
      expect(bytes.includes('governance_data_keys')).toBe(true);
      for (const form of ['hex', 'base64'] as const) {
        expect(bytes.includes(secret.toString(form))).toBe(false);
      }
      expect(bytes.includes(secret)).toBe(false);
      expect(bytes.includes('governance_epochs')).toBe(false);
    }
  });

  it('goes on from the last good archive when a run was killed, and removes what that run has left', async () => {
    const good = sidecars(home.folder('backup')).at(-1)?.manifest.archive;
    const half = 'data-20990101T000000Z-full-0000';
    writeFileSync(archive('backup', half), 'an archive without its manifest');
    writeFileSync(`${archive('backup', half)}.part`, 'half an archive');
    const { id } = await app.strapi.db
      .connection('governance_backup_runs')
      .orderBy('id', 'desc')
      .first('id');
    await app.strapi.db
      .connection('governance_backup_runs')
      .where({ id })
      .update({ slot: 'active', state: 'running', heartbeat_at: new Date(0) });
    const { commands, configuration } = offline();
    const listed = await commands.list(configuration);
    expect(listed.filter(({ content }) => content === 'data').at(-1)?.archive).toBe(good);

    const next = await run('incremental');
    expect(next).toMatchObject({ state: 'succeeded', kind: 'incremental' });
    expect(readdirSync(home.folder('backup')).filter((name) => name.includes(half))).toEqual([]);
    const [killed] = await service(app).runs.page({ state: 'failed' }, null, 1);
    expect(killed).toMatchObject({ id, reason: 'interrupted' });
  });

  it('names the piece that no archive of the chain holds, and its file', async () => {
    const from = destination(home.folder('backup'));
    const incremental = (await from.whole('data')).filter(
      ({ manifest }) => manifest.chain.length > 0
    )[0];
    await expect(
      extract(from, [incremental], [data.identity], home.folder('incomplete'))
    ).rejects.toThrow(/holds the piece [0-9a-f]{64} of (database|uploads)\//);
  });

  it('tells the information department of what is overdue', async () => {
    const later = new Date(Date.now() + 40 * 60 * 60 * 1000);
    expect((await service(app).state()).overdue).toEqual({ backup: false, drill: false });
    expect(await asSystem(app, () => service(app).watch(later))).toMatchObject({ backup: true });
    const told = await app.strapi.db
      .query('plugin::customer-governance.notification')
      .count({ where: { event: 'backup-overdue' } });
    expect(told).toBeGreaterThan(0);
  });

  it('is read and started in the panel by whoever may', async () => {
    const right = (name: string) => ({ action: `plugin::customer-governance.backup.${name}` });
    const reader = await createCaller(app, 'backupreader', [right('read')]);
    const operator = await createCaller(app, 'backupoperator', [right('read'), right('run')]);
    const state = await reader.get('/customer-governance/backups/state');
    expect(state.body).toMatchObject({ configured: true, second: true, running: null });
    expect((await reader.post('/customer-governance/backups', { kind: 'full' })).status).toBe(403);
    expect((await operator.post('/customer-governance/backups', { kind: 'all' })).status).toBe(400);

    const started = await operator.post('/customer-governance/backups', { kind: 'incremental' });
    expect(started.status).toBe(202);
    const at = `/customer-governance/backups/${String(started.body.documentId)}`;
    while (String((await reader.get(at)).body.state) === 'running') await new Promise(setImmediate);
    expect((await reader.get(at)).body).toMatchObject({ state: 'succeeded', reason: null });
    const [entry] = await app.strapi.db
      .query('plugin::customer-governance.audit-entry')
      .findMany({ where: { action: 'backup.create' }, orderBy: { id: 'desc' }, limit: 1 });
    expect(entry).toMatchObject({ actorKind: 'admin', outcome: 'done' });
  });

  it('fails a drill on an archive that was damaged, and tells the information department', async () => {
    const name = String((await run('full')).dataArchive);
    const file = archive('backup', name);
    const bytes = readFileSync(file);
    bytes[bytes.length - 200] ^= 1;
    writeFileSync(file, bytes);
    const drill = await run('drill');
    expect(drill).toMatchObject({ state: 'failed', reason: 'archive' });
    expect(drill.message).toContain(name);
    const [told] = await app.strapi.db
      .query('plugin::customer-governance.notification')
      .findMany({ where: { event: 'backup-failed' }, orderBy: { id: 'desc' }, limit: 1 });
    expect(told).toMatchObject({ kind: 'backup', subjectId: drill.documentId });
    await run('full');
  });
});

describe('backups of attachments that a provider keeps', () => {
  let bucket: Bucket;
  let home: Awaited<ReturnType<typeof backedUpHome>>;
  let app: BootedApp;
  let rep: ReturnType<typeof fileCaller>;
  let email: string;
  let customer: { documentId: string };
  const ids: string[] = [];

  const nameOf = (id: string) => `${id}.sealed`;
  const upload = async (text: string) => {
    const answer = await rep.upload(
      `/customer-governance/customers/${customer.documentId}/attachments?kind=contract`,
      pdf(text, 400_000)
    );
    expect(answer.status).toBe(201);
    ids.push(String(answer.body.documentId));
  };
  const download = (id: string) =>
    rep.download(`/customer-governance/attachments/${id}/download`, {
      purpose: 'contract-performance',
    });
  const run = (kind: 'full' | 'incremental') => asSystem(app, () => service(app).run(kind));
  const filesOf = async (archive: string | null): Promise<Map<string, string>> => {
    const sidecar = await destination(home.folder('backup')).sidecar(String(archive));
    return new Map(
      sidecar.manifest.files
        .filter((file) => file.path.startsWith('attachments/'))
        .map((file) => [path.basename(file.path), file.sha256])
    );
  };
  const digests = async (): Promise<Map<string, string>> => {
    const rows: Array<{ documentId: string; digest: string }> = await app.strapi.db
      .query(ATTACHMENT)
      .findMany({ orderBy: 'id' });
    return new Map(rows.map((row) => [row.documentId, row.digest]));
  };

  beforeAll(async () => {
    bucket = await startBucket();
    home = await backedUpHome();
    Object.assign(home.env, bucket.env);
    app = await bootApp({ home, logLevel: 'error' });
    const company = await createCompany(app);
    await giveFiles(app, company);
    ({ email } = company.rep);
    rep = fileCaller(app, await tokenOf(app, email));
    customer = await company.customer(company.rep);
    await upload('the first contract');
    await upload('the second contract');
  });
  afterAll(async () => {
    await app?.close();
    await home?.remove();
    await bucket?.stop();
  });

  it('hold them as they lie there, sealed, and fetch them again for a full one alone', async () => {
    const full = await run('full');
    expect(full).toMatchObject({ state: 'succeeded', message: null });
    expect(await filesOf(full.dataArchive)).toEqual(await digests());
    await upload('the third contract');
    bucket.fetched.length = 0;
    const incremental = await run('incremental');
    expect(incremental).toMatchObject({ state: 'succeeded', kind: 'incremental' });
    expect(bucket.fetched).toEqual([nameOf(ids[2]!)]);
    expect(await filesOf(incremental.dataArchive)).toEqual(await digests());
    for (const name of [full.dataArchive, incremental.dataArchive]) {
      const bytes = await contentOf(archiveIn(home, 'backup', String(name)), data.identity);
      expect(bytes.includes('contract\n')).toBe(false);
    }
  });

  it('bring back with a restore what the provider has lost, and leave there what it has', async () => {
    const [first, second, third] = ids as [string, string, string];
    const before = new Map(bucket.files);
    bucket.files.delete(nameOf(first));
    bucket.files.delete(nameOf(third));
    expect((await download(first)).status).toBe(400);
    bucket.fetched.length = 0;
    const { commands, configuration } = offlineOf(app, home);
    await app.close();
    const restored = await commands.restore(configuration, {
      identity: home.folder('data.age'),
      replace: true,
    });
    expect(restored.files).toBe(3);
    expect(bucket.files).toEqual(before);
    expect(bucket.fetched.sort()).toEqual([first, second, third].map(nameOf).sort());
    app = await bootApp({ home, logLevel: 'error' });
    rep = fileCaller(app, await tokenOf(app, email));
    for (const id of [first, third]) {
      const answer = await download(id);
      expect(answer.status).toBe(200);
      expect(answer.bytes.includes('contract\n')).toBe(true);
    }
  });

  it('say which file the provider has lost, and hold the others', async () => {
    const [first, ...others] = ids as [string, ...string[]];
    bucket.files.delete(nameOf(first));
    const told = jest.spyOn(app.strapi.log, 'error').mockImplementation();
    const full = await run('full');
    expect(full.state).toBe('succeeded');
    expect([...(await filesOf(full.dataArchive)).keys()].sort()).toEqual([...others].sort());
    expect(told.mock.calls.flat().join('\n')).toContain(`the file of the attachment ${first}`);
    told.mockRestore();
  });

  it('fail, and say so, when the provider does not answer', async () => {
    await bucket.stop();
    const full = await run('full');
    expect(full).toMatchObject({ state: 'failed', reason: 'failed' });
  });
});
