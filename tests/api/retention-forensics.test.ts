import { copyFileSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { bootApp, type BootedApp } from '../support/app';
import { CONTACT, CUSTOMER } from '../support/company';
import { executingOrder } from '../support/destruction';
import { createHome, type Home } from '../support/home';
import { CERTIFICATE, type Retention, type Row } from '../support/retention';

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
const NEEDLES = ['1397777', '@destroyed.example', 'canary note', 'canary needs', '金丝雀'].flatMap(
  (text) => [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    Buffer.from(Buffer.from(text).toString('hex')),
  ]
);

interface Vault {
  keyring(): { dataKeys(type: string, ids: string[]): Promise<Map<string, Buffer>> };
  keyStore(): { dataKeys(type: string, ids: string[]): Promise<Array<{ wrapped: Buffer }>> };
  unseal(type: string, ids: string[], attributes: string[]): Promise<Map<string, object>>;
  lookup(type: string, attribute: string, value: string): Promise<string[]>;
}

/** Every file below a directory, as it is on the disk. */
function filesBelow(directory: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const file = path.join(directory, name);
    return statSync(file).isDirectory() ? filesBelow(file) : [file];
  });
}

describe('forensics after a destruction', () => {
  let home: Home;
  let app: BootedApp;
  const service = <T>(name: string) => app.strapi.plugin('customer-governance').service(name) as T;
  const vault = () => service<Vault>('vault');

  beforeAll(async () => {
    home = await createHome();
    app = await bootApp({ home });
  });
  afterAll(async () => {
    await app?.close();
    await home?.remove();
  });

  it('find no plaintext, key, look-up row or ciphertext in any byte, and a restored backup gives nothing', async () => {
    const sqlite = app.database === 'sqlite';
    const customers: Row[] = [];
    for (let at = 0; at < COUNT; at += 1) {
      const customer = await app.strapi.db
        .query(CUSTOMER)
        .create({ data: { ...canary(at), publishedAt: new Date() } });
      await app.strapi.db.query(CONTACT).create({
        data: {
          name: '金丝雀',
          mobile: `1397777${9000 + at}`,
          customer: customer.id,
          publishedAt: new Date(),
        },
      });
      customers.push(customer);
    }
    const ids = customers.map(({ documentId }) => documentId);
    const keys = [...(await vault().keyring().dataKeys(CUSTOMER, ids)).values()];
    const wrapped = (await vault().keyStore().dataKeys(CUSTOMER, ids)).map((row) => row.wrapped);
    const digests: Array<{ digest: string }> = await app.strapi.db
      .connection('governance_lookups')
      .where({ transform: 'exact', record_type: CUSTOMER });
    const payloads: Array<{ payload: string }> = await app.strapi.db
      .connection('governance_sealed_records')
      .where({ record_type: CUSTOMER });
    const sealed = payloads.flatMap(({ payload }) => Object.values(JSON.parse(payload) as object));
    const backup = path.join(home.dir, '..', `${path.basename(home.dir)}-backup.db`);
    const source = path.join(home.dir, 'data.db');
    if (sqlite) await app.strapi.db.connection.raw('VACUUM INTO ?', [backup]);

    const order = await executingOrder(app, customers);
    await service<Retention>('retention').run(order);
    const [certificate] = await app.strapi.db
      .query(CERTIFICATE)
      .findMany({ where: { order: { documentId: order } } });
    expect(certificate).toBeDefined();

    await app.close();
    const wanted = [
      ...NEEDLES,
      ...keys,
      ...keys.map((key) => Buffer.from(key.toString('base64'))),
      ...(sqlite ? wrapped : []),
      ...digests.map(({ digest }) => Buffer.from(digest)),
      ...sealed.map((text) => Buffer.from(String(text))),
    ];
    expect(wanted.length).toBeGreaterThan(COUNT * 6);
    for (const file of filesBelow(home.dir)) {
      const bytes = readFileSync(file);
      const found = wanted.filter((needle) => bytes.includes(needle)).length;
      expect({ file: path.basename(file), found }).toEqual({ file: path.basename(file), found: 0 });
    }
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
});
