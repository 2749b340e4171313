import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  endEpoch,
  type EpochStep,
} from '../../src/plugins/customer-governance/server/src/vault/epochs-end';
import { createEpochs } from '../../src/plugins/customer-governance/server/src/vault/epochs';
import { createEpochStore } from '../../src/plugins/customer-governance/server/src/vault/epochs-store';
import { openKeyDatabase } from '../../src/plugins/customer-governance/server/src/vault/key-database';
import { createKeyring } from '../../src/plugins/customer-governance/server/src/vault/keyring';
import { createKeyStore } from '../../src/plugins/customer-governance/server/src/vault/key-store';
import { environmentRootKey } from '../../src/plugins/customer-governance/server/src/vault/root-key';
import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Person } from '../support/company';

const STEPS: EpochStep[] = [
  'begun',
  'key-added',
  'own-keys-rewrapped',
  'batch-rewrapped',
  'data-keys-rewrapped',
  'old-keys-removed',
  'copy-destroyed',
  'destroyed',
];
const NAME = '欧阳晓晨';

interface KeyEpochs {
  state(now?: Date): Promise<{
    epoch: number;
    since: Date;
    overdue: boolean;
    unfinished: boolean;
    copy: string;
  }>;
  end(
    progress?: () => void,
    onStep?: (step: EpochStep) => void | Promise<void>
  ): Promise<{ epoch: number; keyId: number; destroyed: number[]; rewrapped: number }>;
  endWhenDue(now: Date): Promise<boolean>;
}
interface Vault {
  unseal(
    uid: string,
    ids: string[],
    attributes: string[]
  ): Promise<Map<string, Record<string, string>>>;
  lookup(uid: string, attribute: string, value: string): Promise<string[]>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

describe('key epochs', () => {
  let app: BootedApp;
  let epochs: KeyEpochs;
  let dir: string;
  let env: { GOVERNANCE_EPOCHS_COPY: string };
  let vault: Vault;
  let documentId: string;
  const opened: Array<() => Promise<void>> = [];

  const places = () => {
    const sqlite = (name: string) => ({
      client: 'sqlite' as const,
      filename: path.join(app.dir, name),
    });
    const postgres = (schema: string) => ({
      client: 'postgres' as const,
      connection: { connectionString: app.home.env.DATABASE_URL },
      schema,
    });
    return app.database === 'sqlite'
      ? { keys: sqlite('keys.db'), epochs: sqlite('epochs.db') }
      : {
          keys: postgres('customer_governance_keys'),
          epochs: postgres('customer_governance_epochs'),
        };
  };
  /** Another instance of the application, as far as keys go: it reads everything anew. */
  const instance = async () => {
    const store = createKeyStore(places().keys);
    const own = createEpochs({
      primary: createEpochStore(places().epochs),
      copy: createEpochStore(copyOf()),
    });
    opened.push(
      () => store.destroy(),
      () => own.close()
    );
    const ring = createKeyring({
      store,
      epochs: own,
      root: environmentRootKey(app.home.env.GOVERNANCE_ROOT_KEY),
    });
    await ring.start(await store.meta('store-id'));
    return { store, ring, epochs: own };
  };
  const rows = async (place: Parameters<typeof openKeyDatabase>[0], table: string) => {
    const database = openKeyDatabase(place);
    try {
      return (await database.table(table).select()) as Array<Record<string, unknown>>;
    } finally {
      await database.knex.destroy();
    }
  };
  const readable = async () =>
    (await vault.unseal(CUSTOMER, [documentId], ['name'])).get(documentId)?.name;

  const secretsOf = async (place: Parameters<typeof openKeyDatabase>[0]) =>
    (await rows(place, 'governance_epochs')).map(({ id, secret }) => ({
      id,
      secret: (secret as Buffer).toString('hex'),
    }));
  const copyOf = () => ({ client: 'sqlite' as const, filename: env.GOVERNANCE_EPOCHS_COPY });
  /** What a stolen or archived copy of the key store holds of what opens it. */
  const keysNow = () => rows(places().keys, 'governance_key_encryption_keys');

  beforeAll(async () => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'governance-epochs-'));
    env = { GOVERNANCE_EPOCHS_COPY: path.join(dir, 'copy/epochs.db') };
    app = await bootApp({ env, logLevel: 'error' });
    epochs = app.strapi.plugin('customer-governance').service('key-epochs');
    vault = app.strapi.plugin('customer-governance').service('vault');
    const data = { kind: 'person', name: NAME, publishedAt: new Date() };
    ({ documentId } = await app.strapi.db.query(CUSTOMER).create({ data }));
  });
  afterAll(async () => {
    await Promise.all(opened.map((close) => close()));
    await app?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('begin with an installation, and the secret is in the store and in its copy', async () => {
    expect(await epochs.state()).toMatchObject({
      epoch: 1,
      overdue: false,
      unfinished: false,
      copy: 'in-step',
    });
    const secrets = await secretsOf(places().epochs);
    expect(secrets.map(({ id }) => id)).toEqual([1]);
    expect(await secretsOf(copyOf())).toEqual(secrets);
    expect(await keysNow()).toMatchObject([{ id: 1, epoch: 1 }]);
  });

  it('end with every key under the next one, and the old secret nowhere', async () => {
    const [before] = await secretsOf(places().epochs);
    const done = await epochs.end();
    expect(done).toMatchObject({ epoch: 2, destroyed: [1] });
    expect(done.rewrapped).toBeGreaterThan(0);
    const after = await secretsOf(places().epochs);
    expect(after.map(({ id }) => id)).toEqual([2]);
    expect(await secretsOf(copyOf())).toEqual(after);
    expect(await keysNow()).toMatchObject([{ epoch: 2 }]);
    for (const table of ['governance_data_keys', 'governance_log_keys']) {
      expect(await rows(places().keys, table)).not.toHaveLength(0);
      for (const row of await rows(places().keys, table)) expect(row.kek_id).toBe(done.keyId);
    }
    for (const file of [copyOf().filename, ...(app.database === 'sqlite' ? [places().epochs] : [])]
      .map((place) =>
        typeof place === 'string' ? place : (place as { filename: string }).filename
      )
      .flatMap((name) => [name, `${name}-wal`])
      .filter((name) => existsSync(name))) {
      expect(readFileSync(file).includes(Buffer.from(before!.secret, 'hex'))).toBe(false);
    }
    expect(await readable()).toBe(NAME);
    expect(await vault.lookup(CUSTOMER, 'name', NAME)).toEqual([documentId]);
    const [entry] = await app.strapi.db
      .query('plugin::customer-governance.audit-entry')
      .findMany({ where: { action: 'vault.epoch-end' }, orderBy: { id: 'desc' } });
    expect(entry.details).toMatchObject({ epoch: 2, destroyed: 1 });
  });

  it.each(STEPS)(
    'killed at "%s" go on: nothing is unreadable meanwhile, and the old archive opens nothing at the end',
    async (step) => {
      const { epoch } = await epochs.state();
      const archive = await keysNow();
      const killed = epochs.end(undefined, (reached) => {
        if (reached === step) throw new Error('killed');
      });
      await expect(killed).rejects.toThrow('killed');
      // A start after the kill, by an instance that knows nothing of what went before.
      const restarted = await instance();
      expect((await restarted.ring.dataKeys(CUSTOMER, [documentId])).size).toBe(1);
      expect(await readable()).toBe(NAME);
      if (step === 'destroyed') return;
      expect((await epochs.state()).unfinished).toBe(true);
      expect(await epochs.endWhenDue(new Date())).toBe(true);
      expect(await epochs.state()).toMatchObject({ epoch: epoch + 1, unfinished: false });
      expect(await readable()).toBe(NAME);
      const left = (await secretsOf(places().epochs)).map(({ id }) => id);
      for (const key of archive) expect(left).not.toContain(key.epoch);
      expect((await secretsOf(copyOf())).map(({ id }) => id)).toEqual(left);
    }
  );

  it('end once when two instances end one at the same time', async () => {
    const { epoch } = await epochs.state();
    const other = await instance();
    const ends = await Promise.all([epochs.end(), endEpoch(other)]);
    expect(ends.map((end) => end.epoch)).toEqual([epoch + 1, epoch + 1]);
    expect(ends.flatMap(({ destroyed }) => destroyed)).toEqual([epoch]);
    expect(await keysNow()).toHaveLength(1);
    expect(await readable()).toBe(NAME);
    expect((await other.ring.dataKeys(CUSTOMER, [documentId])).size).toBe(1);
  });

  it('let requests go on meanwhile, here and on another instance that holds the old keys', async () => {
    const other = await instance();
    const made: string[] = [];
    await epochs.end(undefined, async (step) => {
      // As an instance that has not looked at the key store since it started.
      made.push(`${step} ${made.length}`);
      await other.ring.createDataKeys('api::thing.thing', made.slice(-1));
      expect((await other.ring.dataKeys('api::thing.thing', made)).size).toBe(made.length);
      expect(await readable()).toBe(NAME);
    });
    expect((await other.ring.dataKeys('api::thing.thing', made)).size).toBe(made.length);
    expect((await (await instance()).ring.dataKeys('api::thing.thing', made)).size).toBe(
      made.length
    );
  });

  it('let the log sign and its key change across their ends', async () => {
    const log = app.strapi.plugin('customer-governance').service('transparency') as {
      changeKey(): Promise<unknown>;
      sequence(): Promise<unknown>;
      verify(): Promise<{ total: number }>;
    };
    await log.changeKey();
    await epochs.end();
    await log.sequence();
    expect((await log.verify()).total).toBe(0);
    expect(await rows(places().keys, 'governance_log_keys')).toHaveLength(2);
  });

  it('end by the policy, when their days are over and not before, and once on several instances', async () => {
    const jobs = app.strapi.plugin('customer-governance').service('jobs') as {
      run(name: string, now: Date): Promise<boolean>;
    };
    const { epoch, since } = await epochs.state();
    await jobs.run('key-epoch', new Date(since.getTime() + 6.9 * DAY_MS));
    expect((await epochs.state()).epoch).toBe(epoch);
    const due = new Date(since.getTime() + 7 * DAY_MS);
    expect(await jobs.run('key-epoch', due)).toBe(true);
    expect(await jobs.run('key-epoch', due)).toBe(false);
    expect((await epochs.state()).epoch).toBe(epoch + 1);
  });

  it('do not end while the copy cannot be written, and that is said', async () => {
    const { epoch, since } = await epochs.state();
    const [file, aside] = [copyOf().filename, `${copyOf().filename}.aside`];
    const blocked = await bootlessEnd(file, aside);
    expect(blocked.name).toBe('EpochCopyFailed');
    expect(await epochs.state()).toMatchObject({ epoch });
    expect((await epochs.state(new Date(since.getTime() + 8.1 * DAY_MS))).overdue).toBe(true);
    expect(await readable()).toBe(NAME);
  });

  it('tell who reads the log, or else the information department, once of each that is overdue', async () => {
    const company = await createCompany(app);
    const told = async (person: Person) => {
      const { body } = await person.get('/customer-governance/notifications');
      const { epoch } = await epochs.state();
      return (body.items as unknown as Array<{ event: string; requestId: string }>).filter(
        ({ event, requestId }) =>
          event === 'key-epoch-overdue' && requestId === `key-epoch-${epoch}`
      ).length;
    };
    const failing = async (days: number) => {
      const { since } = await epochs.state();
      const end = jest.spyOn(epochs, 'end').mockRejectedValue(new Error('no disk'));
      try {
        return await epochs.endWhenDue(new Date(since.getTime() + days * DAY_MS));
      } finally {
        end.mockRestore();
      }
    };
    // Until a day after its end there is time to try again.
    expect(await failing(7.5)).toBe(false);
    expect(await told(company.proposer)).toBe(0);
    expect(await failing(8.1)).toBe(false);
    expect(await failing(8.2)).toBe(false);
    expect(await told(company.proposer)).toBe(1);
    expect(await told(company.auditor)).toBe(0);

    await epochs.end();
    expect(await told(company.proposer)).toBe(0);
    await app.strapi.service('admin::role').assignPermissions(
      company.roles.auditor,
      ['read', 'verify'].map((what) => ({
        action: `plugin::customer-governance.audit.${what}`,
        subject: null,
        properties: {},
        conditions: [],
      }))
    );
    expect(await failing(8.1)).toBe(false);
    expect(await told(company.auditor)).toBe(1);
    expect(await told(company.proposer)).toBe(0);
    expect(
      await epochs.endWhenDue(new Date((await epochs.state()).since.getTime() + 9 * DAY_MS))
    ).toBe(true);
  });

  /** An end by an instance whose copy is on a disk that is not there. */
  async function bootlessEnd(file: string, aside: string): Promise<Error> {
    const moved = path.dirname(file);
    renameSync(moved, path.dirname(aside) + '-aside');
    writeFileSync(moved, 'not a folder');
    try {
      const other = await instance();
      expect(other.epochs.copyState()).toBe('failed');
      return await endEpoch(other).then(
        () => new Error('ended'),
        (error: Error) => error
      );
    } finally {
      rmSync(moved);
      renameSync(path.dirname(aside) + '-aside', moved);
    }
  }
});
