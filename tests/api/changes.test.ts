import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { createApiRole, createApiToken, createApiUser } from '../support/api';
import { bootApp, type BootedApp } from '../support/app';
import {
  createCaller,
  createCompany,
  CUSTOMER,
  fieldsOf,
  type Answer,
  type Company,
  type Person,
} from '../support/company';
import { executingOrder } from '../support/destruction';
import { createRetention, type Retention } from '../support/retention';

const GOVERNANCE = 'plugin::customer-governance.';
const PANEL = '/customer-governance';
const CHANGES = `${PANEL}/change-requests`;
const LIST = `/content-manager/collection-types/${CUSTOMER}`;
const CHANGE_REQUEST = `${GOVERNANCE}change-request`;
const DAY = 86_400_000;
const OLD = '13800138000';
const NEW = '13900139123';
const NEW_MASK = '139****9123';

interface Change {
  documentId: string;
  state: string;
  late: boolean;
  alert: { count: number; days: number } | null;
  reason: string;
  requester: { name: string };
  changes: Array<{ attribute: string; before: string | null; after: string | null }>;
  steps: Array<{ id: number; state: string; decidedBy: { name: string } | null }>;
}
interface Vault {
  unseal(
    uid: string,
    ids: string[],
    attributes: string[]
  ): Promise<Map<string, Record<string, string>>>;
  lookup(uid: string, attribute: string, value: string): Promise<string[]>;
}
/** SQLite gives a JSON column as its text, PostgreSQL as its value. */
const asJson = (column: unknown): string =>
  typeof column === 'string' ? column : JSON.stringify(column);

interface Changes {
  noteLate(now: Date): Promise<number>;
}
interface Row {
  id: number;
  documentId: string;
}

describe('a controlled attribute', () => {
  let app: BootedApp;
  let company: Company;
  let plan: Row;
  /** Without a purpose whose records a statute keeps. */
  let servicePlan: Row;
  let mine: Row;

  const query = (uid: string) => app.strapi.db.query(uid);
  const service = <T>(name: string) => app.strapi.plugin('customer-governance').service(name) as T;
  const table = (name: string): Knex.QueryBuilder => {
    const { connection } = app.strapi.db;
    const schema = app.strapi.db.getSchemaName();
    return schema ? connection.withSchema(schema).table(name) : connection(name);
  };
  const changeOf = (answer: Answer): Change => {
    if (answer.status >= 300) throw new Error(answer.text);
    return answer.body as unknown as Change;
  };
  const propose = (person: Pick<Person, 'post'>, values: object, more: object = {}) =>
    person.post(CHANGES, {
      type: CUSTOMER,
      documentId: mine.documentId,
      values,
      reason: 'The customer called',
      ...more,
    });
  const decide = (person: Person, change: Change, decision = 'approve') =>
    person.post(`${PANEL}/approvals/${change.steps[0].id}/decide`, { decision, comment: 'Seen' });
  const withdraw = (person: Person, { documentId }: Change) =>
    person.post(`${CHANGES}/${documentId}/withdraw`);
  const history = async (person: Person = company.rep): Promise<Change[]> => {
    const answer = await person.get(`${PANEL}/records/${CUSTOMER}/${mine.documentId}/changes`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body.items as unknown as Change[];
  };
  const column = async (attribute = 'mobile') =>
    (await query(CUSTOMER).findOne({ where: { id: mine.id } }))[attribute];
  const plaintext = async (attribute = 'mobile') => {
    const opened = await service<Vault>('vault').unseal(CUSTOMER, [mine.documentId], [attribute]);
    return opened.get(mine.documentId)?.[attribute];
  };
  const entries = (action: string) =>
    query(`${GOVERNANCE}audit-entry`).findMany({ where: { action }, orderBy: 'id' });
  const named = ({ body }: Answer): string[] => {
    const { error } = body as unknown as {
      error: { details: { errors?: Array<{ path: string[] }> } };
    };
    return (error.details.errors ?? []).map((each) => each.path.join('.'));
  };
  const pendingValues = async (): Promise<number> =>
    (await table('governance_pending_values').where({ document_id: mine.documentId })).length;

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    const purposes = await query(`${GOVERNANCE}purpose`).findMany({
      where: { code: { $in: ['contract-performance', 'customer-service'] } },
    });
    const newPlan = (code: string, justifying: Row[]): Promise<Row> =>
      query(`${GOVERNANCE}collection-plan`).create({
        data: {
          code,
          title: code,
          attributes: ['name', 'mobile', 'companyName', 'bankCard', 'email'].map(
            (name) => `customer.${name}`
          ),
          purposes: justifying.map(({ id }) => id),
          state: 'active',
        },
      });
    plan = await newPlan('P-CONTRACT', purposes);
    servicePlan = await newPlan(
      'P-SERVICE',
      purposes.filter(({ code }: { code: string }) => code === 'customer-service')
    );
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    mine = await company.customer(company.rep, {
      plan: plan.id,
      companyName: '示例贸易有限公司',
      email: 'old@test.example',
    });
  });

  describe('that is proposed to change', () => {
    it('stays as it is, in the tables and in the vault, until somebody else approves', async () => {
      const change = changeOf(await propose(company.rep, { mobile: '139 0013 9123' }));
      expect(change).toMatchObject({
        state: 'pending',
        changes: [{ attribute: 'mobile', before: '138****8000', after: NEW_MASK }],
      });
      expect([await column(), await plaintext()]).toEqual(['138****8000', OLD]);
      expect(await service<Vault>('vault').lookup(CUSTOMER, 'mobile', NEW)).toEqual([]);
    });

    it('is changed with the approval: mask, sealed value, look-up and log together', async () => {
      const change = changeOf(await propose(company.rep, { mobile: NEW }));
      expect((await decide(company.head, change)).status).toBe(200);
      expect([await column(), await plaintext()]).toEqual([NEW_MASK, NEW]);
      expect(await service<Vault>('vault').lookup(CUSTOMER, 'mobile', NEW)).toEqual([
        mine.documentId,
      ]);
      expect(await service<Vault>('vault').lookup(CUSTOMER, 'mobile', OLD)).not.toContain(
        mine.documentId
      );
      const [entry] = (await entries('change.apply')).slice(-1);
      expect(entry).toMatchObject({
        recordIds: [mine.documentId],
        attributes: ['mobile'],
        requestId: change.documentId,
        actorId: String(company.head.userId),
      });
      expect(await pendingValues()).toBe(0);
    });

    it('has a history of who, why and by whom', async () => {
      const change = changeOf(await propose(company.rep, { mobile: NEW }));
      await decide(company.head, change);
      expect(await history()).toMatchObject([
        {
          state: 'applied',
          reason: 'The customer called',
          requester: { name: 'rep' },
          changes: [{ attribute: 'mobile', before: '138****8000', after: NEW_MASK }],
          steps: [{ state: 'approved', decidedBy: { name: 'head' } }],
        },
      ]);
    });

    it('changes several at once, in clear ones too, or none', async () => {
      const change = changeOf(
        await propose(company.rep, { mobile: NEW, companyName: '新名贸易有限公司' })
      );
      await query(CUSTOMER).update({ where: { id: mine.id }, data: { plan: null } });
      const refused = await decide(company.head, change);
      expect(refused.status).toBe(400);
      expect([await column(), await column('companyName')]).toEqual([
        '138****8000',
        '示例贸易有限公司',
      ]);
      await query(CUSTOMER).update({ where: { id: mine.id }, data: { plan: plan.id } });
      expect((await decide(company.head, change)).status).toBe(200);
      expect([await column(), await column('companyName')]).toEqual([NEW_MASK, '新名贸易有限公司']);
    });

    it.each([
      ['a value that is not of its kind', { mobile: '12345' }, 'mobile'],
      ['a mask', { mobile: '139****9123' }, 'mobile'],
      ['no value, where one is required', { mobile: null }, 'mobile'],
      ['the value that it has', { mobile: OLD }, 'mobile'],
      ['the value that it has in clear', { companyName: '示例贸易有限公司' }, 'companyName'],
      ['over-long text', { companyName: '示'.repeat(201) }, 'companyName'],
      ['another attribute, which is not controlled', { email: 'new@test.example' }, 'email'],
      ['an attribute that has no value yet', { bankCard: '6200000000000005' }, 'bankCard'],
    ])('is refused for %s, named, and nothing is kept', async (_what, values, attribute) => {
      const answer = await propose(company.rep, values);
      expect([answer.status, named(answer)]).toEqual([400, [attribute]]);
      expect(await history()).toEqual([]);
      expect(await pendingValues()).toBe(0);
    });

    it('needs the consent and plan that its entry needs, at the proposal and at the approval', async () => {
      const card = '6200000000000005';
      await query(CUSTOMER).update({ where: { id: mine.id }, data: { bankCard: card } });
      const without = await propose(company.rep, { bankCard: '6200000000000013' });
      expect([without.status, named(without)]).toEqual([400, ['bankCard']]);
      const consent = await company.consent(mine.id, 'contract-performance', 'sensitive');
      const change = changeOf(await propose(company.rep, { bankCard: '6200000000000013' }));
      await query(`${GOVERNANCE}consent`).update({
        where: { documentId: consent.documentId },
        data: { state: 'withdrawn' },
      });
      expect(named(await decide(company.head, change))).toEqual(['bankCard']);
      expect(await plaintext('bankCard')).toBe(card);
      expect((await decide(company.head, change, 'reject')).status).toBe(200);
    });

    it('waits for one decision at a time', async () => {
      const change = changeOf(await propose(company.rep, { mobile: NEW }));
      const second = await propose(company.rep, { mobile: '13900139124' });
      expect([second.status, second.text]).toEqual([400, expect.stringContaining('mobile')]);
      expect((await propose(company.rep, { companyName: '新名贸易有限公司' })).status).toBe(201);
      await withdraw(company.rep, change);
      expect((await propose(company.rep, { mobile: '13900139124' })).status).toBe(201);
    });

    it('is not overwritten where it was changed otherwise meanwhile', async () => {
      const change = changeOf(await propose(company.rep, { mobile: NEW }));
      const actor = service<{ asSystem<T>(name: string, work: () => Promise<T>): Promise<T> }>(
        'actor'
      );
      // Masked alike, but another number.
      await actor.asSystem('import', () =>
        query(CUSTOMER).update({ where: { id: mine.id }, data: { mobile: '13899998000' } })
      );
      const answer = await decide(company.head, change);
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('was changed')]);
      expect(await plaintext()).toBe('13899998000');
      expect((await history())[0].state).toBe('pending');
      expect((await decide(company.head, change, 'reject')).status).toBe(200);
    });

    it('answers a right and a wrong guess alike, to whoever may not see the value', async () => {
      const card = '6200000000000005';
      await query(CUSTOMER).update({ where: { id: mine.id }, data: { bankCard: card } });
      await company.consent(mine.id, 'contract-performance', 'sensitive');
      // Masked alike: the last four digits and the first four are those of the stored one.
      const put = (bankCard: string) => company.rep.put(`${LIST}/${mine.documentId}`, { bankCard });
      const right = await put(card);
      const wrong = await put('6200000000180005');
      expect(named(right)).toEqual(['bankCard']);
      expect([right.status, named(right)]).toEqual([wrong.status, named(wrong)]);
      expect((await propose(company.rep, { bankCard: card })).status).toBe(201);
    });
  });

  describe('that nobody approved', () => {
    const dump = async (): Promise<string> => {
      if (app.database === 'sqlite') {
        return readdirSync(app.dir)
          .filter((name) => name.includes('.db'))
          .map((name) => readFileSync(path.join(app.dir, name), 'latin1'))
          .join('\n');
      }
      const { connection } = app.strapi.db;
      const { rows } = (await connection.raw(
        `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
         WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`
      )) as { rows: Array<{ schema: string; name: string }> };
      const texts: string[] = [];
      for (const { schema, name } of rows) {
        const all = await connection.raw('SELECT t::text AS text FROM ??.?? AS t', [schema, name]);
        texts.push(...all.rows.map(({ text }: { text: string }) => text));
      }
      return texts.join('\n');
    };

    it('is nowhere in the database, while it waits and after it was rejected', async () => {
      const value = '13755512345';
      const change = changeOf(await propose(company.rep, { mobile: value }));
      // The probe finds what is there in clear.
      expect(await dump()).toContain(change.documentId);
      expect(await dump()).not.toContain(value);
      expect(await pendingValues()).toBeGreaterThan(0);
      expect((await decide(company.head, change, 'reject')).status).toBe(200);
      expect(await pendingValues()).toBe(0);
      expect(await dump()).not.toContain(value);
      expect(await plaintext()).toBe(OLD);
      expect((await history())[0]).toMatchObject({ state: 'rejected' });
    });

    it('does not open for another request or record, wherever its sealed bytes are put', async () => {
      const first = changeOf(await propose(company.rep, { mobile: NEW }));
      const record = mine;
      mine = await company.customer(company.rep, { plan: plan.id });
      const second = changeOf(await propose(company.rep, { mobile: '13900139124' }));
      const rows = table('governance_pending_values');
      const [{ payload }] = await rows.where({ request_id: first.documentId }).select('payload');
      await table('governance_pending_values')
        .where({ request_id: second.documentId })
        .update({ payload });
      expect((await decide(company.head, second)).status).toBe(400);
      expect(await plaintext()).toBe(OLD);
      mine = record;
      expect((await decide(company.head, first)).status).toBe(200);
      expect(await plaintext()).toBe(NEW);
    });

    it('has one outcome when approval and withdrawal race', async () => {
      for (let round = 0; round < 5; round += 1) {
        mine = await company.customer(company.rep, { plan: plan.id });
        const change = changeOf(await propose(company.rep, { mobile: NEW }));
        const [approved, withdrawn] = await Promise.all([
          decide(company.head, change),
          withdraw(company.rep, change),
        ]);
        const [{ state }] = await history();
        expect([approved.status === 200, withdrawn.status === 200].filter(Boolean)).toHaveLength(1);
        expect(state).toBe(approved.status === 200 ? 'applied' : 'withdrawn');
        expect(await plaintext()).toBe(approved.status === 200 ? NEW : OLD);
        expect(await pendingValues()).toBe(0);
      }
    });

    it('is approved by nobody who proposed it, and withdrawn by nobody else', async () => {
      const change = changeOf(await propose(company.head, { mobile: NEW }));
      expect((await decide(company.head, change)).status).toBe(404);
      expect((await withdraw(company.rep, change)).status).toBe(404);
      expect((await decide(company.leader, change)).status).toBe(200);
      expect(await plaintext()).toBe(NEW);
    });

    it('goes with its record, and with it all that was proposed and approved', async () => {
      const retention = createRetention(app, company);
      mine = await retention.dueCustomer({ plan: servicePlan.id });
      await decide(company.head, changeOf(await propose(company.rep, { mobile: NEW })));
      const open = changeOf(await propose(company.rep, { mobile: '13900139124' }));
      expect(await pendingValues()).toBe(1);
      await retention.destroy([{ ...mine }]);
      expect(await query(CUSTOMER).findOne({ where: { id: mine.id } })).toBeNull();
      expect(await query(CHANGE_REQUEST).count({ where: { recordId: mine.documentId } })).toBe(0);
      expect(await pendingValues()).toBe(0);
      expect((await decide(company.head, open)).status).toBe(400);
    });

    describe('gives an attribute up that is destroyed while its record stays', () => {
      const masks = ['138****8000', NEW_MASK, '139****9124'];
      const kept = async () =>
        JSON.stringify(
          await table('governance_change_requests').where({ record_id: mine.documentId })
        );
      const destroyMobile = async () => {
        const order = await executingOrder(app, [mine], ['customer.mobile']);
        await service<Retention>('retention').run(order);
      };

      it('in what was decided, and in what waits, which goes on with the others', async () => {
        const decided = changeOf(await propose(company.rep, { mobile: NEW }));
        expect((await decide(company.head, decided)).status).toBe(200);
        const values = { mobile: '13900139124', companyName: '新名贸易有限公司' };
        const open = changeOf(await propose(company.rep, values));
        for (const mask of masks) expect(await kept()).toContain(mask);
        await destroyMobile();
        for (const mask of masks) expect(await kept()).not.toContain(mask);
        expect((await history()).map(({ state, changes }) => ({ state, changes }))).toMatchObject([
          { state: 'pending', changes: [{ attribute: 'companyName', after: values.companyName }] },
          { state: 'applied', changes: [{ attribute: 'mobile', before: null, after: null }] },
        ]);
        expect((await decide(company.head, open)).status).toBe(200);
        expect(await column('companyName')).toBe(values.companyName);
        expect(await column()).toBeNull();
      });

      it('and ends where it proposes nothing else', async () => {
        const open = changeOf(await propose(company.rep, { mobile: NEW }));
        await destroyMobile();
        expect(await history()).toEqual([]);
        expect(await pendingValues()).toBe(0);
        expect((await decide(company.head, open)).status).toBe(400);
      });

      it('again where a restored backup brought it back', async () => {
        const decided = changeOf(await propose(company.rep, { mobile: NEW }));
        expect((await decide(company.head, decided)).status).toBe(200);
        const where = { document_id: mine.documentId };
        const [sealed] = await table('governance_sealed_records').where(where);
        const [request] = await table('governance_change_requests').where({
          document_id: decided.documentId,
        });
        await destroyMobile();
        await table('governance_sealed_records').where(where).update({ payload: sealed.payload });
        const { before, after } = request;
        await table('governance_change_requests')
          .where({ id: request.id })
          .update({ before: asJson(before), after: asJson(after) });
        expect(await service<Retention>('retention').repeatDestruction()).toBe(1);
        for (const mask of masks) expect(await kept()).not.toContain(mask);
      });
    });
  });

  describe('is not changed past the approval', () => {
    it('by the form, which loses nothing and says what to do', async () => {
      const answer = await company.rep.put(`${LIST}/${mine.documentId}`, {
        mobile: NEW,
        companyName: '新名贸易有限公司',
        email: 'new@test.example',
      });
      expect(answer.status).toBe(400);
      expect(named(answer).sort()).toEqual(['companyName', 'mobile']);
      expect(answer.text).toContain('propose the change');
      expect(answer.text).not.toContain(NEW);
      expect(await column()).toBe('138****8000');
    });

    it('while what a form shows of it, masked or in clear, may be sent back unchanged', async () => {
      const put = (mobile: string) =>
        company.rep.put(`${LIST}/${mine.documentId}`, {
          mobile,
          companyName: '示例贸易有限公司',
          email: 'new@test.example',
        });
      expect((await put('138****8000')).status).toBe(200);
      expect((await put(OLD)).status).toBe(200);
      expect(named(await put('13899998000'))).toEqual(['mobile']);
    });

    it('by emptying it', async () => {
      const answer = await company.rep.put(`${LIST}/${mine.documentId}`, { companyName: null });
      expect(named(answer)).toEqual(['companyName']);
    });

    it('by the content API, an API token or the document service', async () => {
      const token = await app.strapi.service('admin::api-token').create({
        name: `writer ${mine.documentId}`,
        type: 'full-access',
        lifespan: null,
      });
      const answer = await app.request
        .put(`/api/customer-governance/customers/${mine.documentId}`)
        .set('Authorization', `Bearer ${token.accessKey}`)
        .send({ data: { mobile: NEW } });
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('mobile')]);
      const documents = app.strapi.documents(CUSTOMER as never) as unknown as {
        update(params: object): Promise<unknown>;
      };
      await expect(
        documents.update({ documentId: mine.documentId, data: { mobile: NEW } })
      ).rejects.toThrow(/mobile/);
      expect(await plaintext()).toBe(OLD);
    });

    it('by strapi.db.query, where a first value and an unchanged one are let through', async () => {
      const update = (data: object) => query(CUSTOMER).update({ where: { id: mine.id }, data });
      await expect(update({ mobile: NEW })).rejects.toThrow(/mobile/);
      await expect(update({ mobile: null })).rejects.toThrow(/mobile/);
      await expect(update({ companyName: '新名贸易有限公司' })).rejects.toThrow(/companyName/);
      await update({ mobile: OLD, companyName: '示例贸易有限公司', stage: 'dormant' });
      await update({ bankCard: '6200000000000005' });
      await expect(update({ bankCard: null })).rejects.toThrow(/bankCard/);
      expect([await column(), await column('stage')]).toEqual(['138****8000', 'dormant']);
    });

    it('by two first values at once', async () => {
      const write = (bankCard: string) =>
        query(CUSTOMER).update({ where: { id: mine.id }, data: { bankCard } });
      const outcomes = await Promise.allSettled([
        write('6200000000000005'),
        write('6200000000000013'),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('by writing or deciding change requests as rows', async () => {
      const change = changeOf(await propose(company.rep, { mobile: NEW }));
      const where = { documentId: change.documentId };
      await expect(
        query(CHANGE_REQUEST).update({ where, data: { state: 'applied' } })
      ).rejects.toThrow(/proposing/);
      await expect(query(CHANGE_REQUEST).delete({ where })).rejects.toThrow(/proposing/);
    });

    it('but by code that runs as a system actor of its own name', async () => {
      const actor = service<{ asSystem<T>(name: string, work: () => Promise<T>): Promise<T> }>(
        'actor'
      );
      await actor.asSystem('import', () =>
        query(CUSTOMER).update({ where: { id: mine.id }, data: { mobile: NEW } })
      );
      expect(await plaintext()).toBe(NEW);
    });
  });

  describe('in time', () => {
    const late = (after: number) =>
      service<Changes>('changes').noteLate(new Date(Date.now() + after));

    it('is late after the working day of the policy, which the log says once', async () => {
      await late(30 * DAY);
      const before = (await entries('change.late')).length;
      const change = changeOf(await propose(company.rep, { mobile: NEW }));
      expect(await late(0)).toBe(0);
      expect(change.late).toBe(false);
      const outcomes = await Promise.all([late(30 * DAY), late(30 * DAY)]);
      expect(outcomes.sort()).toEqual([0, 1]);
      expect(await late(31 * DAY)).toBe(0);
      const noted = (await entries('change.late')).slice(before);
      expect(noted).toMatchObject([
        { requestId: change.documentId, recordIds: [mine.documentId], attributes: ['mobile'] },
      ]);
      await table('governance_change_requests')
        .where({ document_id: change.documentId })
        .update({ late_at: new Date(Date.now() - DAY) });
      expect((await history())[0].late).toBe(true);
    });

    it('raises an alert when it changes again within the days of the policy, and says so to the approver', async () => {
      const before = (await entries('change.alert')).length;
      const first = changeOf(await propose(company.rep, { mobile: NEW }));
      expect(first.alert).toBeNull();
      await decide(company.head, first);
      const second = changeOf(await propose(company.rep, { mobile: '13900139124' }));
      expect(second.alert).toEqual({ count: 2, days: 30 });
      const inbox = await company.head.get(`${PANEL}/approvals`);
      const [item] = inbox.body.items as unknown as Array<{ kind: string; subject: Change }>;
      expect(item).toMatchObject({ kind: 'change', subject: { alert: { count: 2, days: 30 } } });
      expect(await entries('change.alert')).toHaveLength(before);
      await decide(company.head, second);
      const alerts = (await entries('change.alert')).slice(before);
      expect(alerts).toMatchObject([
        {
          requestId: second.documentId,
          attributes: ['mobile'],
          details: { count: 2, days: 30 },
        },
      ]);
      expect((await history())[0].alert).toEqual({ count: 2, days: 30 });
    });

    it('raises none for another attribute, or once the days are over', async () => {
      const before = (await entries('change.alert')).length;
      const first = changeOf(await propose(company.rep, { mobile: NEW }));
      await decide(company.head, first);
      const other = changeOf(await propose(company.rep, { companyName: '新名贸易有限公司' }));
      expect(other.alert).toBeNull();
      await decide(company.head, other);
      await table('governance_change_requests')
        .where({ document_id: first.documentId })
        .update({ decided_at: new Date(Date.now() - 31 * DAY) });
      const second = changeOf(await propose(company.rep, { mobile: '13900139124' }));
      expect(second.alert).toBeNull();
      await decide(company.head, second);
      expect(await entries('change.alert')).toHaveLength(before);
    });
  });

  describe('is proposed', () => {
    it('only by those who may, for records that they may read', async () => {
      expect((await propose(company.auditor, { mobile: NEW })).status).toBe(403);
      expect((await propose(company.other, { mobile: NEW })).status).toBe(404);
      const nobody = await createCaller(app, `clerk${mine.id}`, [
        {
          action: 'plugin::content-manager.explorer.read',
          subject: CUSTOMER,
          fields: fieldsOf(app.strapi, CUSTOMER),
        },
        { action: `${GOVERNANCE}changes.request` },
      ]);
      expect((await propose(nobody, { mobile: NEW })).status).toBe(403);
    });

    it('after its chain was shown', async () => {
      const { status, body } = await company.rep.post(`${CHANGES}/preview`, {
        type: CUSTOMER,
        documentId: mine.documentId,
        attributes: ['mobile'],
      });
      expect([status, body]).toMatchObject([
        200,
        { steps: [{ role: 'department-head', eligible: [{ name: 'head' }] }] },
      ]);
    });

    it('by the content API as well, by people of the company alone', async () => {
      const actions = ['find', 'preview', 'submit', 'withdraw'].map(
        (action) => `${GOVERNANCE}change-request.${action}`
      );
      const role = await createApiRole(app.strapi, 'changers', actions);
      const person = await createApiUser(app, 'rep', role, company.rep.staffId);
      const path = '/api/customer-governance/change-requests';
      const body = {
        type: CUSTOMER,
        documentId: mine.documentId,
        values: { mobile: NEW },
        reason: 'Asked for in the shop',
      };
      const token = await createApiToken(app, 'changes', actions);
      expect((await token.post(path, body)).status).toBe(403);
      const stranger = await createApiUser(app, 'stranger', role);
      expect((await stranger.post(path, body)).status).toBe(403);
      const foreign = await company.customer(company.other, { plan: plan.id });
      expect((await person.post(path, { ...body, documentId: foreign.documentId })).status).toBe(
        404
      );
      const answer = await person.post(path, body);
      const change = (answer.body as unknown as { data: Change }).data;
      expect([answer.status, change]).toMatchObject([201, { state: 'pending' }]);
      const listed = (await person.get(`${path}?state=pending`)).body as unknown as {
        data: Change[];
      };
      expect(listed.data.map(({ documentId }) => documentId)).toContain(change.documentId);
      expect((await decide(company.rep, change)).status).toBe(403);
      expect((await decide(company.head, change)).status).toBe(200);
      expect(await plaintext()).toBe(NEW);
    });

    it('and listed to its own proposer', async () => {
      const change = changeOf(await propose(company.rep, { mobile: NEW }));
      const ids = async (person: Person, state: string) => {
        const { body } = await person.get(`${CHANGES}?state=${state}`);
        return (body.items as unknown as Change[]).map(({ documentId }) => documentId);
      };
      expect(await ids(company.rep, 'pending')).toContain(change.documentId);
      expect(await ids(company.rep, 'applied')).not.toContain(change.documentId);
      expect(await ids(company.head, 'pending')).not.toContain(change.documentId);
    });
  });
});
