import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import knex, { type Knex } from 'knex';
import { ATTACHMENT } from '../../support/attachments';
import { CONSENT, CONTACT, CUSTOMER } from '../../support/company';
import type { Home } from '../../support/home';
import { connect } from '../inspect';
import type { Model, ModelCustomer, ModelOrder } from './model';

const TABLES: Record<string, string> = {
  [CUSTOMER]: 'governance_customers',
  [CONTACT]: 'governance_contacts',
  [CONSENT]: 'governance_consents',
  [ATTACHMENT]: 'governance_attachments',
};
/** What is sealed under keys of its own; consents are not. */
const SEALED = [CUSTOMER, CONTACT, ATTACHMENT];
const KEYS = 'governance_data_keys';
const KEYS_SCHEMA = 'customer_governance_keys';
const PATIENCE_MS = 60_000;

/** Where the orders stood when the process was killed. */
export type Moment = 'before' | 'marked' | 'keys-gone' | 'rows-gone' | 'new-keys' | 'ended';

export interface Inspected {
  /** What is wrong, in sentences. */
  problems: string[];
  /** Where the order stood that was under way, if one was. */
  moment: Moment;
  ended: number;
}

/** Connections of their own to the databases of an installation, apart from the application. */
export function openStores(home: Home) {
  const data = connect(home);
  const own =
    home.database === 'sqlite'
      ? knex({
          client: 'better-sqlite3',
          connection: { filename: home.env.GOVERNANCE_KEYS_FILENAME as string },
          useNullAsDefault: true,
        })
      : null;
  return {
    data,
    keys: (): Knex.QueryBuilder => (own ? own(KEYS) : data.withSchema(KEYS_SCHEMA).table(KEYS)),
    files: path.join(home.dir, 'files'),
    /** Waits until the database has let go of what a killed process had begun. */
    async quiet(): Promise<void> {
      if (home.database === 'sqlite') return;
      for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
        const [{ count }] = await data('pg_stat_activity')
          .whereRaw(
            "datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
          )
          .whereNot({ state: 'idle' })
          .count();
        if (Number(count) === 0) return;
      }
      throw new Error('The database is still at something.');
    },
    async close(): Promise<void> {
      await data.destroy();
      await own?.destroy();
    },
  };
}

export type Stores = ReturnType<typeof openStores>;

interface Order {
  id: number;
  document_id: string;
  state: string;
  verification: Report | string | null;
}
interface Report {
  found: number;
  searched: Array<{ place: string; count: number }>;
}
interface Item {
  record_type: string;
  document_id: string;
  state: string;
}

const fromJson = <T>(value: T | string): T =>
  typeof value === 'string' ? (JSON.parse(value) as T) : value;

/**
 * Looks into the databases for what a kill may never leave: a customer of whom some keys are gone and others not, rows gone
 * before their keys, a certificate or an ended order without a verification, or of which something is still there.
 * @param done whether everything has been carried out, so that it is held against the model to the last number.
 */
export async function inspectOrders(
  stores: Stores,
  model: Model,
  done: boolean
): Promise<Inspected> {
  await stores.quiet();
  const problems: string[] = [];
  const there = await whatIsThere(stores, model);
  for (const customer of model.customers)
    problems.push(
      ...ofCustomer(there, customer, done).map((what) => `${nameOf(customer)}: ${what}`)
    );
  let ended = 0;
  let moment: Moment = 'before';
  for (const [at, order] of model.orders.entries()) {
    const row: Order = await stores
      .data('governance_destruction_orders')
      .where({ document_id: order.documentId })
      .first();
    const items: Item[] = await stores
      .data('governance_destruction_items')
      .where({ order_id: row.id });
    const certificates = await stores
      .data('governance_destruction_certificates')
      .where({ order_id: row.id });
    const found = await ofOrder(stores, there, { order, row, items, certificates, done });
    problems.push(...found.map((what) => `Order ${at + 1}: ${what}`));
    if (row.state !== 'executing') ended += 1;
    else if (moment === 'before') moment = momentOf(there, order, items);
  }
  if (ended === model.orders.length) moment = 'ended';
  return { problems: problems.slice(0, 20), moment, ended };
}

const nameOf = ({ number, fate }: ModelCustomer) => `Customer ${number}, who ${fate}`;

interface There {
  rows(uid: string, ids: readonly string[]): number;
  sealed(uid: string, ids: readonly string[]): number;
  lookups(ids: readonly string[]): number;
  keys(uid: string, ids: readonly string[]): number;
  files(ids: readonly string[]): number;
}

async function whatIsThere({ data, keys, files }: Stores, model: Model): Promise<There> {
  const known = model.customers.flatMap((customer) => [
    customer.documentId,
    ...customer.contacts,
    ...customer.consents,
    ...customer.attachments,
  ]);
  const setOf = async (query: Knex.QueryBuilder, type?: string): Promise<Set<string>> => {
    const rows: Array<{ document_id: string; record_type?: string }> = await query
      .select(['document_id', ...(type ? [] : ['record_type'])])
      .whereIn('document_id', known);
    return new Set(rows.map((row) => `${type ?? row.record_type} ${row.document_id}`));
  };
  const rows = new Set<string>();
  for (const [uid, table] of Object.entries(TABLES))
    for (const place of await setOf(data(table), uid)) rows.add(place);
  const sealed = await setOf(data('governance_sealed_records'));
  const looked = await setOf(data('governance_lookups'));
  const kept = await setOf(keys());
  const names = existsSync(files) ? (readdirSync(files, { recursive: true }) as string[]) : [];
  const stored = new Set(names.map((name) => path.basename(name)));
  const count = (set: ReadonlySet<string>) => (uid: string, ids: readonly string[]) =>
    ids.filter((id) => set.has(`${uid} ${id}`)).length;
  return {
    rows: count(rows),
    sealed: count(sealed),
    keys: count(kept),
    lookups: (ids) => SEALED.reduce((sum, uid) => sum + count(looked)(uid, ids), 0),
    files: (ids) => ids.filter((id) => stored.has(id)).length,
  };
}

const sealedOf = ({ documentId, contacts, attachments }: ModelCustomer) =>
  [
    [CUSTOMER, [documentId]],
    [CONTACT, contacts],
    [ATTACHMENT, attachments],
  ] as const;

function ofCustomer(there: There, customer: ModelCustomer, done: boolean): string[] {
  const parts = sealedOf(customer);
  const sum = (count: (uid: string, ids: readonly string[]) => number) =>
    parts.reduce((total, [uid, ids]) => total + count(uid, ids), 0);
  const all = sum((_uid, ids) => ids.length);
  const keys = sum(there.keys);
  const consents = there.rows(CONSENT, customer.consents);
  const files = there.files(customer.attachments);
  const rest = { rows: sum(there.rows) + consents, sealed: sum(there.sealed), files };
  if (keys > 0 && keys < all) return [`${keys} of ${all} keys are there.`];
  if (keys === all) {
    if (done && customer.fate === 'goes') return ['the keys are still there.'];
    const whole =
      rest.rows === all + customer.consents.length &&
      rest.sealed === all &&
      files === customer.attachments.length;
    return whole ? [] : [`all keys are there, and of the rest only ${JSON.stringify(rest)}.`];
  }
  if (customer.fate !== 'goes') return ['the keys are gone.'];
  return done ? leftOf(there, customer) : [];
}

/** What is left of a customer who is gone. */
function leftOf(there: There, customer: ModelCustomer): string[] {
  const places: Record<string, number> = {
    consents: there.rows(CONSENT, customer.consents),
    files: there.files(customer.attachments),
    lookups: there.lookups([customer.documentId, ...customer.contacts]),
  };
  for (const [uid, ids] of sealedOf(customer)) {
    places[`rows of ${uid}`] = there.rows(uid, ids);
    places[`sealed values of ${uid}`] = there.sealed(uid, ids);
    places[`keys of ${uid}`] = there.keys(uid, ids);
    places[`next keys of ${uid}`] = there.keys(`${uid}#next`, ids);
  }
  return Object.entries(places)
    .filter(([, count]) => count > 0)
    .map(([place, count]) => `${count} of the ${place} are left.`);
}

interface OrderState {
  order: ModelOrder;
  row: Order;
  items: Item[];
  certificates: Array<{ content: unknown }>;
  done: boolean;
}

const going = ({ customers }: ModelOrder) => customers.filter(({ fate }) => fate !== 'held');

/** What a certificate must say was destroyed, by the model alone. */
function recordsOf(order: ModelOrder): Record<string, number> {
  const customers = going(order);
  if (order.attributes) return { customer: customers.length };
  const total = (of: (customer: ModelCustomer) => string[]) =>
    customers.reduce((sum, customer) => sum + of(customer).length, 0);
  const counts = {
    customer: customers.length,
    contact: total(({ contacts }) => contacts),
    consent: total(({ consents }) => consents),
    attachment: total(({ attachments }) => attachments),
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

async function ofOrder(stores: Stores, there: There, state: OrderState): Promise<string[]> {
  const { order, row, items, certificates, done } = state;
  const problems: string[] = [];
  const ended = row.state === 'executed' || row.state === 'confirming';
  if (!ended && row.state !== 'executing') problems.push(`it is ${row.state}.`);
  if (certificates.length > (row.state === 'executed' ? 1 : 0))
    problems.push(`it is ${row.state}, with ${certificates.length} certificates.`);
  const report = row.verification === null ? null : fromJson<Report>(row.verification as never);
  if (ended) {
    const gone = items.filter((item) => item.state === 'destroyed').length;
    const looked = report?.searched.find(({ place }) => place === 'tables')?.count;
    if (report?.found !== 0 || looked !== gone || gone === 0)
      problems.push(`it is ${row.state}; its verification is ${JSON.stringify(report)}.`);
    if (!order.attributes)
      for (const customer of going(order)) problems.push(...leftOf(there, customer));
    for (const { documentId } of order.attributes ? going(order) : [])
      if (there.keys(`${CUSTOMER}#next`, [documentId]) > 0) problems.push('a next key is left.');
  } else if (report) problems.push('it is being executed, and verified already.');
  if (!done) return problems;
  const expected = order.byHand ? 'confirming' : 'executed';
  if (row.state !== expected) problems.push(`it is ${row.state} instead of ${expected}.`);
  if (certificates.length !== (order.byHand ? 0 : 1))
    problems.push(`it has ${certificates.length} certificates.`);
  for (const { content } of certificates) {
    const { records, held } = fromJson<{ records: object; held: number }>(content as never);
    const sorted = (counts: object) => JSON.stringify(Object.entries(counts).sort());
    if (sorted(records) !== sorted(recordsOf(order)) || held !== 1)
      problems.push(`it certifies ${JSON.stringify(records)} and ${held} held.`);
  }
  problems.push(...itemsAgainst(order, items), ...(await logOf(stores, order)));
  return problems;
}

/** The progress as people see it, and as it must be at the end. */
function itemsAgainst(order: ModelOrder, items: readonly Item[]): string[] {
  const states = new Map(
    items
      .filter(({ record_type }) => record_type === CUSTOMER)
      .map(({ document_id, state }) => [document_id, state])
  );
  return order.customers.flatMap(({ number, fate, documentId }) => {
    const expected = fate === 'held' ? 'held' : 'destroyed';
    const is = states.get(documentId);
    return is === expected ? [] : [`customer ${number} is ${is} instead of ${expected}.`];
  });
}

/** Each customer's destruction stands in the log once. */
async function logOf({ data }: Stores, order: ModelOrder): Promise<string[]> {
  const entries: Array<{ record_ids: string | string[] }> = await data('governance_audit_entries')
    .where({
      action: 'destruction.execute',
      request_id: order.documentId,
      record_type: CUSTOMER,
      outcome: 'done',
    })
    .select('record_ids');
  const named = entries.flatMap(({ record_ids }) => fromJson<string[]>(record_ids as never)).sort();
  const expected = going(order)
    .map(({ documentId }) => documentId)
    .sort();
  return named.join() === expected.join()
    ? []
    : [`the log names ${named.length} destroyed customers instead of ${expected.length}.`];
}

/** How far the order had come that was under way. */
function momentOf(there: There, order: ModelOrder, items: readonly Item[]): Moment {
  const ids = going(order).map(({ documentId }) => documentId);
  if (order.attributes && there.keys(`${CUSTOMER}#next`, ids) > 0) return 'new-keys';
  if (items.some(({ state }) => state === 'destroying'))
    return there.keys(CUSTOMER, ids) === 0 ? 'keys-gone' : 'marked';
  return items.some(({ state }) => state === 'destroyed') ? 'rows-gone' : 'before';
}
