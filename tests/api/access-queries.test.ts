import { bootApp, type BootedApp } from '../support/app';
import { CONTACT, createCompany, CUSTOMER, type Company, type Person } from '../support/company';

const PANEL = '/customer-governance';
const PURPOSE = 'identity-verification';
const PAGE = 25;
const LIST = `/content-manager/collection-types/${CUSTOMER}?page=1&pageSize=${PAGE}&sort=id:ASC`;
const CONTACTS = `/content-manager/collection-types/${CONTACT}?page=1&pageSize=${PAGE}&sort=id:ASC`;

interface Query {
  sql: string;
  bindings: unknown[];
}

describe('what authorising costs', () => {
  let app: BootedApp;
  let company: Company;
  const records: string[] = [];

  const table = (name: string) => app.strapi.db.connection(`governance_${name}`);
  /** The statements that a call sends to the database. */
  const queriesOf = async (call: () => Promise<{ status: number }>): Promise<Query[]> => {
    const seen: Query[] = [];
    const listen = ({ sql, bindings }: Query) => seen.push({ sql, bindings });
    app.strapi.db.connection.on('query', listen);
    const { status } = await call();
    app.strapi.db.connection.removeListener('query', listen);
    expect(status).toBe(200);
    return seen;
  };
  /** Without the beginnings and ends of transactions. */
  const statements = (queries: Query[]) => queries.filter(({ sql }) => /^(select|with)/i.test(sql));
  /** How the statements begin; some are under way at the same time, in no steady order. */
  const heads = (queries: Query[]) => queries.map(({ sql }) => sql.slice(0, 60)).sort();
  const on = (name: string, queries: Query[]) => queries.filter(({ sql }) => sql.includes(name));
  const reveal = (documentIds: string[]) => () =>
    company.rep.post(`${PANEL}/reveal`, {
      type: CUSTOMER,
      documentIds,
      attributes: ['residentId'],
      purpose: PURPOSE,
    });
  /** Has a request approved, and gives its grant so many records. */
  const granted = async (ids: string[], attributes: string[]) => {
    const { status, text } = await company.rep.post(`${PANEL}/access-requests`, {
      type: CUSTOMER,
      records: ids,
      purpose: PURPOSE,
      attributes,
      termDays: 7,
      reason: 'Signing the contract',
    });
    if (status !== 201) throw new Error(text);
    for (const person of [company.head, company.leader]) {
      const { body } = await person.get(`${PANEL}/approvals`);
      const [item] = body.items as unknown as Array<{ stepId: number }>;
      const path = `${PANEL}/approvals/${item.stepId}/decide`;
      expect((await person.post(path, { decision: 'approve' })).status).toBe(200);
    }
  };

  beforeAll(async () => {
    // Without the sequencer of the log, which asks at its own times.
    app = await bootApp({ policy: { audit: { sequence: { seconds: 3600, rows: 100_000 } } } });
    company = await createCompany(app);
    for (let each = 0; each < PAGE; each += 1) {
      const { id, documentId } = await company.customer(company.rep);
      await company.consent(id, PURPOSE, 'sensitive');
      records.push(documentId);
    }
  });
  afterAll(() => app.close());

  describe('a list of 25 rows', () => {
    it('shows them in clear for one query more than the masks cost, besides log and unsealing', async () => {
      const clear = (await queriesOf(() => company.rep.get(LIST))).filter(({ sql }) =>
        /customers|consents|grants|requests/.test(sql)
      );
      // Without Reveal, and with a condition of one query more, which the department's people are found by.
      const masked = (await queriesOf(() => company.head.get(LIST))).filter(({ sql }) =>
        /customers|consents|grants|requests/.test(sql)
      );
      expect(statements(clear)).toHaveLength(statements(masked).length + 1);
    });

    it('asks for the profile of whoever looks once, for conditions and clearance together', async () => {
      // The profile of an account is sought among the further accounts, too.
      expect(on('staff_accounts', await queriesOf(() => company.rep.get(LIST)))).toHaveLength(1);
    });

    it('asks the same of the database for one row as for all, and with a grant as without', async () => {
      const all = await queriesOf(() => company.rep.get(LIST));
      const one = await queriesOf(() => company.rep.get(LIST.replace(`=${PAGE}&`, '=1&')));
      expect(heads(one)).toEqual(heads(all));
      await granted(records.slice(0, 1), ['passport']);
      const after = await queriesOf(() => company.rep.get(LIST));
      expect(heads(after)).toEqual(heads(all));
    });
  });

  describe('a reveal of 25 rows by a grant', () => {
    it('costs one query for the right and the counting of its use, however many grants there are', async () => {
      await granted(records, ['residentId']);
      const all = await queriesOf(reveal(records));
      expect(on('grant_records', all)).toHaveLength(1);
      // Found, counted, and asked whether that was the last one.
      expect(on('access_grants', all)).toHaveLength(3);
      expect(on('audit_entries', all)).toHaveLength(1);
      expect(on('sealed_records', all)).toHaveLength(1);
      const one = await queriesOf(reveal(records.slice(0, 1)));
      expect(one).toHaveLength(all.length);
      for (const other of ['passport', 'birthDate', 'address']) {
        await granted(records, ['residentId', other]);
      }
      expect(await queriesOf(reveal(records))).toHaveLength(all.length);
    });
  });

  describe('a list', () => {
    const mobileOf = async (path: string, documentId: string): Promise<string> => {
      const { body } = await company.rep.get(path);
      const rows = body.results as unknown as Array<{ documentId: string; mobile: string }>;
      return rows.find((row) => row.documentId === documentId)?.mobile ?? 'none';
    };

    it.each([
      ['masked where the only consent was withdrawn', [], /\*/],
      ['masked where but a consent to sharing is left', ['sharing'], /\*/],
      ['in clear where another consent to our own use is left', ['marketing'], /^\d+$/],
    ])('is %s, of contacts too', async (_what, others, shown) => {
      const [documentId] = records;
      const { id } = await app.strapi.db.query(CUSTOMER).findOne({ where: { documentId } });
      const contact = await app.strapi.db.query(CONTACT).create({
        data: { name: '赵小红', mobile: '13911112222', customer: id, publishedAt: new Date() },
      });
      await table('consents').where({ customer_id: id }).update({ state: 'withdrawn' });
      for (const scope of others) await company.consent(id, 'customer-service', scope);
      expect(await mobileOf(LIST, documentId)).toMatch(shown);
      expect(await mobileOf(CONTACTS, contact.documentId)).toMatch(shown);
      await table('consents').where({ customer_id: id }).update({ state: 'given' });
      expect(await mobileOf(LIST, documentId)).toMatch(/^\d+$/);
      expect(await mobileOf(CONTACTS, contact.documentId)).toMatch(/^\d+$/);
    });
  });

  describe('goes by an index', () => {
    /** How the database would carry the statement out, if reading whole tables cost it dear. */
    const planOf = async ({ sql, bindings }: Query): Promise<string> => {
      const { connection } = app.strapi.db;
      const text = sql.replaceAll(/\$\d+/g, '?');
      if (app.database === 'sqlite') {
        return JSON.stringify(
          await connection.raw(`EXPLAIN QUERY PLAN ${text}`, bindings as never)
        );
      }
      return connection.transaction(async (transaction) => {
        await transaction.raw('SET LOCAL enable_seqscan = off');
        return JSON.stringify((await transaction.raw(`EXPLAIN ${text}`, bindings as never)).rows);
      });
    };
    const plans = async (name: string, call: () => Promise<{ status: number }>) =>
      Promise.all(on(name, statements(await queriesOf(call))).map(planOf));
    const steps =
      (person: Person, more = '') =>
      () =>
        person.get(`${PANEL}/approvals${more}`);

    it.each([
      ['the grants over records', 'grant_records', () => reveal(records)(), /gov_grant_record/],
      [
        'the grants beside a record, for who may revoke them',
        'grant_records',
        () => company.head.get(`${PANEL}/records/${CUSTOMER}/${records[0]}`),
        /gov_grant_record"?\b/,
      ],
      [
        'whether a request over a record is pending',
        'CAST(records',
        () => company.rep.get(`${PANEL}/records/${CUSTOMER}/${records[0]}`),
        /gov_requests_(open|requester)|requester_id_fk/,
      ],
      [
        'the inbox',
        'approval_candidates',
        () => steps(company.leader)(),
        /gov_candidates_s|gov_steps_open/,
      ],
      [
        'what somebody decided',
        'decided_by',
        () => steps(company.leader, '?state=decided')(),
        /gov_steps_decided/,
      ],
      [
        "somebody's own requests",
        'requester_id',
        () => company.rep.get(`${PANEL}/access-requests`),
        /gov_requests_(open|requester)|requester_id_fk/,
      ],
    ])('%s', async (_what, name, call, index) => {
      const found = (await plans(name, call)).filter((plan) => index.test(plan));
      expect(found.length).toBeGreaterThan(0);
      for (const plan of found) expect(plan).not.toMatch(/Seq Scan on governance_(grant|appr)/);
    });
  });
});
