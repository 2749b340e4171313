import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { listRoutes } from '../leaks/routes';
import { bootApp, load, type BootedApp } from '../support/app';
import {
  CONSENT,
  CONTACT,
  createCaller,
  createCompany,
  CUSTOMER,
  fieldsOf,
} from '../support/company';
import { createRetention, HOLD, type Row } from '../support/retention';

const SEALED = 'governance_sealed_records';
const HELD = 'governance_held';
const DAY_MS = 24 * 60 * 60 * 1000;

interface KeyStore {
  dataKeys(type: string, ids: string[]): Promise<unknown[]>;
  removeDataKeys(type: string, ids: string[]): Promise<number>;
  destroyDataKeys(tombstones: object[]): Promise<void>;
}
interface Vault {
  keyStore(): KeyStore;
  keyring(): { createDataKeys(type: string, ids: string[]): Promise<unknown> };
  destroyKeys(records: Map<string, string[]>, order: string, at: Date): Promise<void>;
  removeKeys(uid: string, ids: string[]): Promise<void>;
}

/** A held customer with one record of each type that can hang on one. */
interface Held {
  customer: Row;
  hold: Row;
  /** By type, the customer's own included. */
  records: Map<string, Row>;
}

async function setUp(app: BootedApp) {
  const { strapi } = app;
  const company = await createCompany(app);
  const governed = createRetention(app, company);
  const service = <T>(name: string) => strapi.plugin('customer-governance').service(name) as T;
  const holdable = service<{ holdable: string[] }>('retention').holdable;
  const tableOf = (uid: string) => strapi.db.metadata.get(uid).tableName;
  const raw = (table: string): Knex.QueryBuilder => {
    const schema = strapi.db.getSchemaName();
    const { connection } = strapi.db;
    return schema ? connection.withSchema(schema).table(table) : connection(table);
  };
  const token = await strapi
    .service('admin::api-token')
    .create({ name: 'deletes', description: '', type: 'full-access', lifespan: null });

  /** Somebody who may do everything that this application knows. */
  const everything = async () => {
    const explorer = 'plugin::content-manager.explorer.';
    const content = [...holdable, HOLD].flatMap((subject) =>
      ['create', 'read', 'update', 'delete', 'publish'].map((action) => ({
        action: explorer + action,
        subject,
        fields: fieldsOf(strapi, subject),
      }))
    );
    const actions = strapi.service('admin::permission').actionProvider.values() as Array<{
      actionId: string;
      section: string;
      pluginName?: string;
    }>;
    const own = actions
      .filter(
        ({ section, pluginName }) => section === 'plugins' && pluginName === 'customer-governance'
      )
      .map(({ actionId }) => ({ action: actionId }));
    return createCaller(app, 'everything', [...content, ...own]);
  };

  /** One more record of a type for a customer; the bare row is enough where the test has no maker of its own. */
  const dependent = async (uid: string, customer: Row): Promise<Row> => {
    if (uid === CONTACT || uid === CONSENT) {
      return strapi.db.query(uid).findOne({ where: { customer: { id: customer.id } } });
    }
    const [row] = (await raw(tableOf(uid))
      .insert({ document_id: `doc${Date.now()}${customer.id}`, customer_id: customer.id })
      .returning(['id', 'document_id'])) as Array<{ id: number; document_id: string }>;
    return { id: row!.id, documentId: row!.document_id };
  };

  const heldCustomer = async (): Promise<Held> => {
    const customer = await governed.dueCustomer();
    const records = new Map<string, Row>([[CUSTOMER, customer]]);
    for (const uid of holdable.filter((type) => type !== CUSTOMER)) {
      records.set(uid, await dependent(uid, customer));
    }
    return { customer, hold: await governed.hold(customer), records };
  };

  /** What of these records is there. */
  const left = async ({ records }: Held): Promise<string[]> => {
    const found: string[] = [];
    for (const [uid, { documentId }] of records) {
      if ((await raw(tableOf(uid)).where({ document_id: documentId })).length > 0) found.push(uid);
    }
    return found;
  };

  return {
    company,
    governed,
    holdable,
    tableOf,
    raw,
    service,
    token: token.accessKey as string,
    panel: await everything(),
    dependent,
    heldCustomer,
    left,
    vault: service<Vault>('vault'),
  };
}

/** Every address at which the server deletes records, by its own list of routes. */
function deletingRoutes(strapi: Core.Strapi) {
  const takesAway = /delete|discard|unpublish|remove|destroy/i;
  return listRoutes(strapi)
    .filter(({ template }) => /^\/(content-manager|customer-governance|api)\//.test(template))
    .filter(({ method, template }) => method === 'DELETE' || takesAway.test(template))
    .filter(({ method }) => method !== 'GET');
}

describe('what a legal hold keeps', () => {
  let app: BootedApp;
  let set: Awaited<ReturnType<typeof setUp>>;

  beforeAll(async () => {
    // Deletion by permission: what is refused here is refused by the hold alone.
    app = await bootApp({ policy: { retention: { deletion: 'by-permission' } } });
    set = await setUp(app);
  });
  afterAll(() => app?.close());

  const keysOf = ({ customer }: { customer: Row }) =>
    set.vault.keyStore().dataKeys(CUSTOMER, [customer.documentId]);

  it('is every type that hangs on a customer, but for holds themselves', () => {
    const hanging = Object.values(app.strapi.contentTypes)
      .filter(({ attributes }) =>
        Object.values(attributes as Record<string, { relation?: string; target?: string }>).some(
          ({ relation, target }) => relation === 'manyToOne' && target === CUSTOMER
        )
      )
      .map(({ uid }) => uid as string)
      .filter((uid) => uid !== HOLD);
    expect([...set.holdable].sort()).toEqual([CUSTOMER, ...hanging].sort());
  });

  it('stays whatever address of the server is asked to delete it', async () => {
    const held = await set.heldCustomer();
    const { panel, token, holdable } = set;
    const routes = deletingRoutes(app.strapi);
    const templates = routes.map(({ method, template }) => `${method} ${template}`);
    expect(templates).toEqual(
      expect.arrayContaining([
        'DELETE /content-manager/collection-types/:model/:id',
        'POST /content-manager/collection-types/:model/actions/bulkDelete',
        'DELETE /api/customer-governance/customers/:id',
        'DELETE /api/customer-governance/contacts/:id',
      ])
    );
    let refused = 0;
    for (const { method, template } of routes) {
      for (const uid of holdable) {
        const { documentId, id } = held.records.get(uid)!;
        for (const name of [documentId, String(id)]) {
          const path = template.replace(':model', uid).replace(/:\w+/g, name).replace('(.*)', name);
          const body = { documentIds: [documentId], ids: [id] };
          const answer = template.startsWith('/api/')
            ? await app.request[method.toLowerCase() as 'delete'](path)
                .set('Authorization', `Bearer ${token}`)
                .send(body)
            : await panel[method === 'DELETE' ? 'delete' : 'post'](path, body);
          if (answer.status >= 400) refused += 1;
          expect([method, path, answer.status, await set.left(held)]).toEqual([
            method,
            path,
            answer.status,
            holdable,
          ]);
          expect([path, answer.status]).not.toEqual([path, 500]);
        }
      }
    }
    expect(refused).toBeGreaterThan(routes.length);
    expect(await keysOf(held)).toHaveLength(1);
  });

  it('stays whatever code of the application deletes it', async () => {
    const { strapi } = app;
    const held = await set.heldCustomer();
    for (const [uid, { id, documentId }] of held.records) {
      const query = strapi.db.query(uid);
      const paths: Array<[string, () => Promise<unknown>]> = [
        ['document service', () => strapi.documents(uid as never).delete({ documentId })],
        ['query', () => query.delete({ where: { id } })],
        ['query in bulk', () => query.deleteMany({ where: { id } })],
        ['query of all', () => query.deleteMany({})],
        ['entity service', () => strapi.entityService!.delete(uid as never, id as never)],
        ['query builder', () => strapi.db.queryBuilder(uid).delete().where({ id }).execute()],
      ];
      for (const [name, remove] of paths) {
        await expect([name, await remove().catch(() => 'refused')]).toEqual([name, 'refused']);
        expect([uid, name, await set.left(held)]).toEqual([uid, name, set.holdable]);
      }
    }
  });

  it('stays when an import of Strapi, with lifecycles off, clears the tables', async () => {
    const held = await set.heldCustomer();
    const transfer = load('@strapi/data-transfer') as {
      strapi: {
        providers: {
          createLocalStrapiDestinationProvider(options: object): {
            bootstrap(): Promise<void>;
            beforeTransfer(): Promise<void>;
            rollback(): Promise<void>;
          };
        };
      };
    };
    const provider = transfer.strapi.providers.createLocalStrapiDestinationProvider({
      getStrapi: () => app.strapi,
      autoDestroy: false,
      strategy: 'restore',
      restore: { assets: false, entities: { include: [...set.holdable] }, configuration: {} },
    });
    try {
      await provider.bootstrap();
      await expect(provider.beforeTransfer()).rejects.toThrow(/legal hold/);
    } finally {
      await provider.rollback().catch(() => undefined);
      app.strapi.db.lifecycles.enable();
    }
    expect(await set.left(held)).toEqual(set.holdable);
  });

  it('stays under raw SQL, by the triggers of the database', async () => {
    const { raw, tableOf } = set;
    const held = await set.heldCustomer();
    const sealed = [...held.records.values()].map(({ documentId }) => documentId);
    const before = (await raw(SEALED).whereIn('document_id', sealed)).length;
    expect(before).toBeGreaterThan(0);
    for (const [uid, { id }] of held.records) {
      await expect(raw(tableOf(uid)).where({ id }).delete()).rejects.toThrow(/legal hold/);
      await expect(raw(tableOf(uid)).delete()).rejects.toThrow(/legal hold/);
      // Under another name it would be nobody's, and could go.
      await expect(
        raw(tableOf(uid)).where({ id }).update({ document_id: 'elsewhere' })
      ).rejects.toThrow(/legal hold/);
      if (uid === CUSTOMER) continue;
      await expect(raw(tableOf(uid)).where({ id }).update({ customer_id: null })).rejects.toThrow(
        /legal hold/
      );
    }
    await expect(raw(SEALED).whereIn('document_id', sealed).delete()).rejects.toThrow(/legal hold/);
    await expect(
      raw(SEALED).where({ document_id: sealed[0] }).update({ document_id: 'elsewhere' })
    ).rejects.toThrow(/legal hold/);
    // Nor can what says that it is held be taken away.
    await expect(raw(HELD).delete()).rejects.toThrow(/stays written down/);
    await expect(
      raw(HELD)
        .where({ document_id: held.customer.documentId })
        .update({ document_id: 'elsewhere' })
    ).rejects.toThrow(/stays written down/);
    await expect(raw(tableOf(HOLD)).where({ id: held.hold.id }).delete()).rejects.toThrow(
      /stays written down/
    );
    expect(await set.left(held)).toEqual(set.holdable);
    expect(await raw(SEALED).whereIn('document_id', sealed)).toHaveLength(before);
  });

  it('stays when PostgreSQL is told to empty the tables', async () => {
    if (app.database !== 'postgres') return;
    const held = await set.heldCustomer();
    const tables = [...set.holdable.map(set.tableOf), SEALED, HELD, set.tableOf(HOLD)];
    for (const table of tables) {
      await expect(app.strapi.db.connection.raw(`TRUNCATE ??  CASCADE`, [table])).rejects.toThrow(
        /legal hold/
      );
    }
    expect(await set.left(held)).toEqual(set.holdable);
  });

  it('lets the values of a held customer be changed, look-up rows and all', async () => {
    const { customer } = await set.heldCustomer();
    const customers = app.strapi.db.query(CUSTOMER);
    const before = await customers.findOne({ where: { id: customer.id } });
    await customers.update({ where: { id: customer.id }, data: { email: 'held@example.com' } });
    const after = await customers.findOne({ where: { id: customer.id } });
    expect([before.email, after.email]).toEqual([null, expect.stringContaining('*')]);
    await customers.update({ where: { id: customer.id }, data: { email: null } });
    expect((await customers.findOne({ where: { id: customer.id } })).email).toBeNull();
  });

  it('keeps its keys, whichever path of the vault destroys them', async () => {
    const held = await set.heldCustomer();
    const { documentId } = held.customer;
    const { vault } = set;
    const at = new Date().toISOString();
    const tombstone = {
      record_type: CUSTOMER,
      document_id: documentId,
      order_number: 'D-1',
      destroyed_at: at,
    };
    const paths = [
      () => vault.destroyKeys(new Map([[CUSTOMER, [documentId]]]), 'D-1', new Date()),
      () => vault.removeKeys(CUSTOMER, [documentId]),
      () => vault.keyStore().removeDataKeys(CUSTOMER, ['other', documentId]),
      () => vault.keyStore().destroyDataKeys([tombstone]),
    ];
    for (const destroy of paths) {
      await expect(destroy()).rejects.toThrow(/legal hold keeps the keys/);
      expect(await keysOf(held)).toHaveLength(1);
    }
  });

  it('keeps its keys from the sweep of orphaned keys', async () => {
    const { customer, hold } = await set.heldCustomer();
    const { vault, raw } = set;
    await vault.keyring().createDataKeys(CUSTOMER, ['heldorphan', 'orphan']);
    await raw(HELD).insert({
      hold_id: hold.id,
      customer_id: customer.id,
      record_type: CUSTOMER,
      document_id: 'heldorphan',
      whole: false,
    });
    const upkeep = set.service<{ sweepOrphans(now: Date): Promise<number> }>('vault-upkeep');
    // The sweep leaves alone what a transaction that runs just now may have made, such as one of the log's.
    let swept = 0;
    for (let tries = 0; swept === 0 && tries < 100; tries += 1)
      swept = await upkeep.sweepOrphans(new Date(Date.now() + 30 * DAY_MS));
    expect(swept).toBe(1);
    expect(await vault.keyStore().dataKeys(CUSTOMER, ['heldorphan', 'orphan'])).toHaveLength(1);
    await raw(HELD).where({ document_id: 'heldorphan' }).update({ lifted: 'destroyed' });
  });

  it('is taken out of an order that was approved before the hold', async () => {
    const { governed } = set;
    const [kept, gone] = await governed.dueCustomers(2);
    const order = await governed.approvedOrder([kept!, gone!]);
    await governed.hold(kept!);
    await governed.confirmBy(order);
    await governed.retention.run(order);
    expect(await governed.traces([kept!])).toMatchObject({ customers: 1, contacts: 2, keys: 1 });
    expect(await governed.traces([gone!])).toEqual({});
  });

  it('leaves an approved order, hold or not, whose customer is not due any more', async () => {
    const { governed } = set;
    const [renewed, gone] = await governed.dueCustomers(2);
    const order = await governed.approvedOrder([renewed!, gone!]);
    await app.strapi.db.query(CUSTOMER).update({
      where: { id: renewed!.id },
      data: { lastContactOn: new Date().toISOString().slice(0, 10) },
    });
    await governed.confirmBy(order);
    await governed.retention.run(order);
    expect(await governed.traces([renewed!])).toMatchObject({ customers: 1, contacts: 2, keys: 1 });
    expect(await governed.traces([gone!])).toEqual({});
  });

  it('is not proposed, by a person or by night, though its customer withdraws everything', async () => {
    const { governed, heldCustomer } = set;
    const { customer, hold } = await heldCustomer();
    const consents = await app.strapi.db
      .query(CONSENT)
      .findMany({ where: { customer: { id: customer.id } } });
    for (const { id } of consents) {
      await app.strapi.db.query(CONSENT).update({
        where: { id },
        data: { state: 'withdrawn', withdrawnAt: new Date() },
      });
    }
    const answer = await governed.propose([customer]);
    expect([answer.status, answer.text]).toEqual([400, expect.stringMatching(/hold/)]);
    await governed.retention.proposeDue(new Date());
    const items = await set
      .raw('governance_destruction_items')
      .where({ document_id: customer.documentId });
    expect(items).toEqual([]);
    expect(hold.state).toBe('active');
  });

  it('is what is entered for the customer later, too, whichever way it comes', async () => {
    const { customer } = await set.heldCustomer();
    const other = await set.governed.dueCustomer();
    const entered: Row = await app.strapi.db.query(CONTACT).create({
      data: { name: '钱七', mobile: '13700137009', customer: customer.id, publishedAt: new Date() },
    });
    const [inserted] = (await set
      .raw(set.tableOf(CONTACT))
      .insert({ document_id: 'rawcontact', customer_id: customer.id })
      .returning('id')) as Array<{ id: number }>;
    const moved: Row = await app.strapi.db
      .query(CONTACT)
      .findOne({ where: { customer: { id: other.id } } });
    await app.strapi.db
      .query(CONTACT)
      .update({ where: { id: moved.id }, data: { customer: customer.id } });
    for (const id of [entered.id, inserted!.id, moved.id]) {
      await expect(set.raw(set.tableOf(CONTACT)).where({ id }).delete()).rejects.toThrow(
        /legal hold/
      );
    }
  });

  it('is let go by the release, and goes then, while the hold stays as evidence', async () => {
    const held = await set.heldCustomer();
    const holds = app.strapi.db.query(HOLD);
    await holds.update({
      where: { id: held.hold.id },
      data: { state: 'released', releaseReason: 'The case is closed' },
    });
    const rows = await set.raw(HELD).where({ hold_id: held.hold.id });
    expect(rows.length).toBeGreaterThanOrEqual(set.holdable.length);
    expect(new Set(rows.map(({ lifted }: { lifted: string }) => lifted))).toEqual(
      new Set(['released'])
    );
    const contact = held.records.get(CONTACT)!;
    await app.strapi.db.query(CONTACT).delete({ where: { id: contact.id } });
    expect(await set.left(held)).not.toContain(CONTACT);
    expect(await holds.findOne({ where: { id: held.hold.id } })).toMatchObject({
      state: 'released',
      releaseReason: 'The case is closed',
    });
  });

  it('is not what was destroyed: a hold that a restored backup brings back holds nothing', async () => {
    const { governed, raw, tableOf } = set;
    const customer = await governed.dueCustomer();
    const order = await governed.approvedOrder([customer]);
    const row = await raw(tableOf(CUSTOMER)).where({ id: customer.id }).first();
    await governed.confirmBy(order);
    await governed.retention.run(order);
    expect(await governed.traces([customer])).toEqual({});

    await raw(tableOf(CUSTOMER)).insert(row);
    const restored = await governed.hold(customer).catch(() => null);
    expect(restored).not.toBeNull();
    expect(await governed.retention.repeatDestruction()).toBeGreaterThan(0);
    expect(await governed.traces([customer])).toEqual({});
    expect(await app.strapi.db.query(HOLD).count({ where: { id: restored!.id } })).toBe(0);
    const entry = await governed.entry({ action: 'hold.release' }, restored!.documentId);
    expect(entry.details).toMatchObject({ reason: 'destroyed' });
  });
});
