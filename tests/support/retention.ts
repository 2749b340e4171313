import type { BootedApp } from './app';
import { CONTACT, CUSTOMER, type Answer, type Company, type Person } from './company';

const GOVERNANCE = 'plugin::customer-governance.';
export const HOLD = `${GOVERNANCE}legal-hold`;
export const ORDER = `${GOVERNANCE}destruction-order`;
export const TASK = `${GOVERNANCE}destruction-task`;
export const CERTIFICATE = `${GOVERNANCE}destruction-certificate`;
export const RULE = `${GOVERNANCE}retention-rule`;
const AUDIT = `${GOVERNANCE}audit-entry`;
const PANEL = '/customer-governance';

export type Row = Record<string, unknown> & { id: number; documentId: string };
export type Step =
  | 'marked'
  | 'keys-prepared'
  | 'resealed'
  | 'keys-destroyed'
  | 'rows-removed'
  | 'batch-done'
  | 'verified'
  | 'certified'
  | 'done';

type ByClass = Record<'ordinary' | 'key' | 'disputed', number>;
export interface Forecast {
  today: string;
  overdue: ByClass;
  months: Array<{ month: string } & ByClass>;
  days: Array<{ day: string } & ByClass>;
  later: number;
}

/** What the tests use of the service. */
export interface Retention {
  propose(proposal: object, proposer: unknown, now?: Date): Promise<string>;
  confirm(order: string, executor: unknown, now?: Date): Promise<void>;
  supervise(order: string, supervisor: unknown, now?: Date): Promise<void>;
  run(order: string, now?: Date, onStep?: (step: Step) => void | Promise<void>): Promise<void>;
  review: {
    submit(order: string, submitter: unknown, now?: Date): Promise<void>;
  };
  running: {
    idle(): Promise<void>;
    takeUp(now: Date): Promise<number>;
  };
  tasks: {
    remind(now: Date): Promise<number>;
  };
  overdue: {
    tell(now: Date): Promise<{ customers: number; attributes: number }>;
  };
  proposeDue(now: Date): Promise<string[]>;
  proposeDueAttributes(now: Date): Promise<string[]>;
  repeatDestruction(now?: Date): Promise<number>;
  sweep(now: Date): Promise<{ seen: number; changed: number }>;
  rules: { write(code: string, rule: object | null): Promise<void> };
  settled(): Promise<unknown>;
  nightly(now: Date): Promise<void>;
  forecast(now: Date, span: { months: number; days: number }): Promise<Forecast>;
}

/** Customers whose time is over, and what becomes of them. */
export function createRetention(app: BootedApp, company: Company) {
  const { strapi } = app;
  const query = (uid: string) => strapi.db.query(uid);
  const service = <T>(name: string) => strapi.plugin('customer-governance').service(name) as T;

  /** A customer without contact for years, with two contacts and a consent. */
  const dueCustomer = async (data: object = {}): Promise<Row> => {
    const customer = await company.customer(company.rep, { lastContactOn: '2015-01-01', ...data });
    for (const mobile of ['13700137001', '13700137002']) {
      await query(CONTACT).create({
        data: { name: '赵敏', mobile, customer: customer.id, publishedAt: new Date() },
      });
    }
    await company.consent(customer.id, 'marketing');
    return customer as Row;
  };

  const dueCustomers = async (count: number, data: object = {}): Promise<Row[]> => {
    const made: Row[] = [];
    while (made.length < count) made.push(await dueCustomer(data));
    return made;
  };

  const retention = service<Retention>('retention');
  const orders = `${PANEL}/destruction-orders`;

  const staff = async (person: Person): Promise<unknown> =>
    (
      await service<{ byIds(ids: number[]): Promise<Map<number, unknown>> }>('organisation').byIds([
        person.staffId,
      ])
    ).get(person.staffId);

  const propose = (customers: Row[], person: Person = company.proposer) =>
    person.post(orders, {
      customers: customers.map(({ documentId }) => documentId),
      reason: 'The retention period is over',
    });

  /** An act of a person on an order, as the panel does it. */
  const act = (person: Person, order: string, what: string, body: object = {}) =>
    person.post(`${orders}/${order}/${what}`, body);

  const well = async (answer: Promise<Answer>): Promise<Answer> => {
    const given = await answer;
    if (given.status !== 200) throw new Error(given.text);
    return given;
  };

  /** Decides the newest step that waits for the person. */
  const decide = async (person: Person, decision: 'approve' | 'reject' | 'return' = 'approve') => {
    const inbox = await person.get(`${PANEL}/approvals`);
    const [first] = inbox.body.items as unknown as Array<{ stepId: number }>;
    return person.post(`${PANEL}/approvals/${first?.stepId}/decide`, { decision, comment: 'Seen' });
  };

  /** An order for due customers, put before leadership. */
  const submittedOrder = async (customers: Row[]): Promise<string> => {
    const { body } = await well(propose(customers));
    await well(act(company.proposer, body.documentId, 'submit'));
    return body.documentId;
  };

  /** One that leadership has approved. */
  const approvedOrder = async (customers: Row[]): Promise<string> => {
    const order = await submittedOrder(customers);
    await well(decide(company.leader));
    return order;
  };

  /** Has two people confirm an approved order. It is then being executed, and begins with `run`. */
  const confirmBy = async (
    order: string,
    executor: Person = company.executor,
    supervisor: Person = company.supervisor,
    now?: Date
  ): Promise<void> => {
    await retention.confirm(order, await staff(executor), now);
    await retention.supervise(order, await staff(supervisor), now);
  };

  const confirmedOrder = async (customers: Row[]): Promise<string> => {
    const order = await approvedOrder(customers);
    await confirmBy(order);
    return order;
  };

  /** From proposal to certificate. @returns the documentId of the order. */
  const destroy = async (customers: Row[]): Promise<string> => {
    const order = await confirmedOrder(customers);
    await retention.run(order);
    return order;
  };

  /** What the panel does with an approved order: two people confirm, and the server carries it out by itself. */
  const execute = async (order: string): Promise<Answer> => {
    await well(act(company.executor, order, 'confirm'));
    await well(act(company.supervisor, order, 'supervise'));
    await retention.running.idle();
    return company.executor.get(`${orders}/${order}`);
  };

  /** Log entries, newest first. @param about an id that stands anywhere in the entry. */
  const entries = async (where: object, about = ''): Promise<Row[]> => {
    const found: Row[] = await query(AUDIT).findMany({ where, orderBy: { id: 'desc' } });
    return found.filter((entry) => JSON.stringify(entry).includes(about));
  };

  return {
    retention,
    dueCustomer,
    dueCustomers,
    propose,
    act,
    decide,
    submittedOrder,
    approvedOrder,
    confirmBy,
    confirmedOrder,
    destroy,
    execute,
    staff,

    hold: (customer: Row, data: object = {}): Promise<Row> =>
      query(HOLD).create({
        data: { customer: customer.id, reason: 'Court case', publishedAt: new Date(), ...data },
      }),

    entries,

    /** Waits for an entry that is written once a transaction has ended. */
    async entry(where: object, about = ''): Promise<Row> {
      for (let attempt = 0; attempt < 100; attempt += 1) {
        const [found] = await entries(where, about);
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`No such log entry: ${JSON.stringify(where)} ${about}`);
    },

    /** Every place in which something of the customers is left, and how much. */
    async traces(customers: Row[]): Promise<Record<string, number>> {
      const ids = customers.map(({ documentId }) => documentId);
      const rowIds = customers.map(({ id }) => id);
      const { keyStore } = service<{
        keyStore(): { dataKeys(type: string, ids: string[]): Promise<unknown[]> };
      }>('vault');
      const raw = async (table: string) =>
        (await strapi.db.connection(table).whereIn('document_id', ids)).length;
      const found = {
        customers: await query(CUSTOMER).count({ where: { documentId: { $in: ids } } }),
        contacts: await query(CONTACT).count({ where: { customer: { id: { $in: rowIds } } } }),
        consents: await query(`${GOVERNANCE}consent`).count({
          where: { customer: { id: { $in: rowIds } } },
        }),
        sealed: await raw('governance_sealed_records'),
        lookups: await raw('governance_lookups'),
        grants: await raw('governance_grant_records'),
        keys: (await keyStore().dataKeys(CUSTOMER, ids)).length,
      };
      return Object.fromEntries(Object.entries(found).filter(([, count]) => count > 0));
    },
  };
}
