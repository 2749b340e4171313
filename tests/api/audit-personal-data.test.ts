import type { Core } from '@strapi/strapi';
import { demoLogins, seedDemo } from '../../scripts/demo/seed';
import {
  canonicalEntry,
  type StoredEntry,
} from '../../src/plugins/customer-governance/server/src/audit/encoding';
import { bootApp, type BootedApp } from '../support/app';
import { signIn } from '../support/company';

const PLUGIN = 'plugin::customer-governance';
const CUSTOMER = `${PLUGIN}.customer`;
/** Shorter runs of letters and digits stand in ids and sealed values by chance. */
const SHORTEST_ASCII = 6;

interface Vault {
  governed(): Map<string, Record<string, unknown>>;
  unseal(
    uid: string,
    ids: string[],
    attributes: string[]
  ): Promise<Map<string, Record<string, string>>>;
}

/** Everything about people that the demo knows: protected values in clear, names, addresses of staff and accounts. */
async function personalData(strapi: Core.Strapi): Promise<Set<string>> {
  const values = new Set<string>();
  const add = (value: unknown) => {
    if (typeof value !== 'string') return;
    const chance = /^[\x20-\x7e]*$/.test(value) && value.length < SHORTEST_ASCII;
    if (value.length > 1 && !chance) values.add(value);
  };
  const vault = strapi.plugin('customer-governance').service('vault') as unknown as Vault;
  for (const [uid, attributes] of vault.governed()) {
    const rows = (await strapi.db.query(uid as never).findMany({})) as Array<
      Record<string, unknown> & { documentId: string }
    >;
    const ids = rows.map(({ documentId }) => documentId);
    const opened = await vault.unseal(uid, ids, Object.keys(attributes));
    for (const record of opened.values()) Object.values(record).forEach(add);
    for (const row of rows) [row.companyName, row.filingNumber, row.website].forEach(add);
  }
  const people: Array<[string, string[]]> = [
    ['admin::user', ['firstname', 'lastname', 'email', 'username']],
    ['plugin::users-permissions.user', ['username', 'email']],
    [`${PLUGIN}.staff-profile`, ['displayName']],
  ];
  for (const [uid, attributes] of people) {
    const rows = (await strapi.db.query(uid as never).findMany({})) as Array<
      Record<string, unknown>
    >;
    for (const row of rows) attributes.forEach((name) => add(row[name]));
  }
  return values;
}

describe('the audit log of the demo company', () => {
  let app: BootedApp;

  const entries = async (): Promise<string[]> => {
    const rows: StoredEntry[] = await app.strapi.db
      .connection('governance_audit_entries')
      .orderBy('id');
    return rows.map(canonicalEntry);
  };

  beforeAll(async () => {
    app = await bootApp({ logLevel: 'error' });
    await seedDemo(app.strapi);
  });
  afterAll(() => app.close());

  it('holds nothing about any person after its people have worked', async () => {
    const { request, strapi } = app;
    const before = (await entries()).length;
    const [customer] = await strapi.db.query(CUSTOMER).findMany({ limit: 1 });
    const { documentId } = customer;
    const vault = strapi.plugin('customer-governance').service('vault') as unknown as Vault;
    const { mobile } =
      (await vault.unseal(CUSTOMER, [documentId], ['mobile'])).get(documentId) ?? {};
    for (const { email, password } of demoLogins) {
      await request.post('/admin/login').send({ email, password: `${password}-wrong` });
      const person = await signIn(app, email, password);
      await person.get(`/content-manager/collection-types/${CUSTOMER}?_q=${email}`);
      await person.get(`/content-manager/collection-types/${CUSTOMER}/${documentId}`);
      for (const value of [mobile, '13900001234']) {
        const purpose = 'customer-service';
        const asked = { type: CUSTOMER, attribute: 'mobile', value, purpose };
        await person.post('/customer-governance/lookup', asked);
      }
      await person.post('/customer-governance/reveal', {
        type: CUSTOMER,
        documentIds: [documentId],
        attributes: ['mobile', 'email', 'bankCard'],
        purpose: 'customer-service',
      });
      await person.put(`/content-manager/collection-types/${CUSTOMER}/${documentId}`, {
        mobile: '13900005678',
        position: '采购总监',
      });
      await person.get('/customer-governance/audit-entries?limit=5');
    }
    const after = await entries();
    expect(after.length).toBeGreaterThan(before + demoLogins.length);
    const actions = new Set(after.map((text) => (JSON.parse(text) as { action: string }).action));
    for (const action of [
      'record.create',
      'record.view',
      'request.approve',
      'destruction.execute',
    ]) {
      expect(actions).toContain(action);
    }

    const values = await personalData(strapi);
    values.add('13900005678').add('13900001234').add('采购总监');
    expect(values.size).toBeGreaterThan(1000);
    const found = after.flatMap((text) =>
      [...values].filter((value) => text.includes(value)).map((value) => `${value} in ${text}`)
    );
    expect(found.slice(0, 5)).toEqual([]);
    // No name and no free text of anybody could be written in these characters alone.
    expect(after.filter((text) => !/^[\x00-\x7f]*$/.test(text))).toEqual([]);
  });
});
