import type { BootedApp } from './app';
import { CONTACT, CUSTOMER, type Company, type Person } from './company';

const GOVERNANCE = 'plugin::customer-governance.';
export const HOLD = `${GOVERNANCE}legal-hold`;
export const ORDER = `${GOVERNANCE}destruction-order`;
export const CERTIFICATE = `${GOVERNANCE}destruction-certificate`;
export const RULE = `${GOVERNANCE}retention-rule`;
const AUDIT = `${GOVERNANCE}audit-entry`;
const PANEL = '/customer-governance';

export type Row = Record<string, unknown> & { id: number; documentId: string };
export type Step =
  | 'claimed'
  | 'marked'
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
  execute(
    order: string,
    executor: unknown,
    now?: Date,
    onStep?: (step: Step) => void | Promise<void>
  ): Promise<void>;
  proposeDue(now: Date): Promise<string[]>;
  proposeDueAttributes(now: Date): Promise<string[]>;
  repeatDestruction(now?: Date): Promise<number>;
  sweep(now: Date): Promise<{ seen: number; changed: number }>;
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

  const propose = (customers: Row[], person: Person = company.proposer) =>
    person.post(`${PANEL}/destruction-orders`, {
      customers: customers.map(({ documentId }) => documentId),
      reason: 'The retention period is over',
    });

  const decide = async (person: Person, decision: 'approve' | 'reject' = 'approve') => {
    const inbox = await person.get(`${PANEL}/approvals`);
    const [first] = inbox.body.items as unknown as Array<{ stepId: number }>;
    return person.post(`${PANEL}/approvals/${first?.stepId}/decide`, { decision, comment: 'Seen' });
  };

  /** An order for new due customers that leadership has approved. */
  const approvedOrder = async (customers: Row[]): Promise<string> => {
    const proposed = await propose(customers);
    if (proposed.status !== 200) throw new Error(proposed.text);
    const decided = await decide(company.leader);
    if (decided.status !== 200) throw new Error(decided.text);
    return proposed.body.documentId;
  };

  /** Log entries, newest first. @param about an id that stands anywhere in the entry. */
  const entries = async (where: object, about = ''): Promise<Row[]> => {
    const found: Row[] = await query(AUDIT).findMany({ where, orderBy: { id: 'desc' } });
    return found.filter((entry) => JSON.stringify(entry).includes(about));
  };

  return {
    retention: service<Retention>('retention'),
    dueCustomer,
    dueCustomers,
    propose,
    decide,
    approvedOrder,

    hold: (customer: Row, data: object = {}): Promise<Row> =>
      query(HOLD).create({
        data: { customer: customer.id, reason: 'Court case', publishedAt: new Date(), ...data },
      }),

    staff: async (person: Person): Promise<unknown> =>
      (
        await service<{ byIds(ids: number[]): Promise<Map<number, unknown>> }>(
          'organisation'
        ).byIds([person.staffId])
      ).get(person.staffId),

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
