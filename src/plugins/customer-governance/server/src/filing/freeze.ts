import type { Core } from '@strapi/strapi';
import { isStoredInClear } from '../access/stored-value';
import { isBookkeeping, type Attributes } from '../customers/entry/attribute';
import { sameValue } from '../customers/entry/body';
import { entryOf, type Entry, type EntryRule } from '../customers/entry/entry';
import { fact } from '../customers/entry/facts';
import { toProblems } from '../customers/entry/finding';
import { populateOf } from '../customers/entry/settle';
import { inTransaction, isPostgres, tablesOf } from '../database';
import { currentOperation } from '../operation';
import { CONTACT, CUSTOMER } from '../policy/attribute-path';
import { forbidden } from '../refusal';
import { assertNoProblems } from '../vault/sealing';
import { GIVEN, type FilingState } from './models';

/** What goes on while a customer is in review: who is responsible, and what becomes of it. */
const MOVING = new Set([
  ...['owner', 'department', 'stage', 'inDispute', 'lastContactOn', 'relationEndedOn'],
  ...['erasureRequestedOn', 'retentionDueOn', 'retentionReason'],
]);
const REASON =
  'this customer is in review, and stays as it is until it is filed or returned. Ask the reviewer to return it';
const IN_REVIEW: FilingState = 'in-review';
const FREEZING = new Set(['create', 'update', 'delete']);

type Data = Record<string, unknown>;
type RowRef = { id: number };
type Write = Pick<Entry, 'uid' | 'documentId' | 'attributes' | 'data' | 'stored'>;

interface Context {
  uid: string;
  action: string;
  params: { documentId?: string; data?: Data };
  contentType: { attributes: unknown };
}

/**
 * What was submitted stays as it was submitted until somebody has decided, and its contacts with it [COL-9]. The gate says
 * so with everything else that is wrong; a write that passed it while the customer was being submitted is held against
 * the state once more, under the lock of the row that is submitted.
 */
export function freezeInReview(strapi: Core.Strapi): void {
  entryOf(strapi).addRule(CUSTOMER, async (entry) => {
    if (entry.stored?.filingState !== IN_REVIEW) return;
    for (const name of await frozenNames(strapi, entry)) entry.report(name, REASON);
  });
  entryOf(strapi).addRule(CONTACT, contactRule(strapi));
  strapi.documents.use(async (documents, next) => {
    const context = documents as unknown as Context;
    if (!freezes(context)) return next();
    return inTransaction(strapi, async () => {
      await assertNotInReview(strapi, context);
      return next();
    });
  });
}

/** The product's own procedures go on, as when a customer is to be forgotten; nobody else writes under a reviewer's eyes. */
const freezes = ({ uid, action }: Context): boolean =>
  !currentOperation() &&
  FREEZING.has(action) &&
  (uid === CONTACT || (uid === CUSTOMER && action !== 'create'));

/** The contacts of a customer go into review with it. */
const contactRule =
  (strapi: Core.Strapi): EntryRule =>
  async (entry) => {
    const before = entry.stored?.customer as RowRef | null | undefined;
    const ids = [before?.id, entry.related.customer?.[0]?.id].filter((id) => id !== undefined);
    const states = await Promise.all([...new Set(ids)].map((id) => stateOf(strapi, id)));
    if (!states.includes(IN_REVIEW)) return;
    if (entry.action === 'create' || (await changedNames(strapi, entry)).length > 0) {
      entry.report('customer', REASON);
    }
  };

const stateOf = (strapi: Core.Strapi, id: number): Promise<FilingState | null> =>
  fact(`filing state of ${id}`, async () => {
    const row = await strapi.db.query(CUSTOMER).findOne({ select: ['filingState'], where: { id } });
    return (row?.filingState ?? null) as FilingState | null;
  });

/** In the transaction of the write. @throws what the gate would have said. */
async function assertNotInReview(strapi: Core.Strapi, context: Context): Promise<void> {
  const { uid, action, params } = context;
  const states = await lockedStates(strapi, await customersOf(strapi, context));
  if (!states.includes(IN_REVIEW)) return;
  if (action === 'delete')
    throw forbidden(
      'This customer is in review, and stays as it is until it is filed or returned. Ask the reviewer to return it.'
    );
  const attributes = context.contentType.attributes as Attributes;
  const documentId = params.documentId ?? null;
  const stored: Data | null =
    action === 'create'
      ? null
      : await strapi.db
          .query(uid)
          .findOne({ where: { documentId }, populate: populateOf(attributes) });
  const write: Write = { uid, documentId, attributes, data: params.data ?? {}, stored };
  const names = uid === CUSTOMER ? frozenNames(strapi, write) : changedNames(strapi, write);
  const frozen = (await names).map((name) => (uid === CUSTOMER ? name : 'customer'));
  assertNoProblems(toProblems(frozen.map((attribute) => ({ attribute, reason: REASON }))));
}

/** The customers whose review the write must not change, by row id. Behind the gate a relation is a row's id. */
async function customersOf(strapi: Core.Strapi, { uid, params }: Context): Promise<number[]> {
  const where = { documentId: params.documentId };
  if (uid === CUSTOMER) {
    const row = await strapi.db.query(CUSTOMER).findOne({ select: ['id'], where });
    return row ? [row.id as number] : [];
  }
  const contact = params.documentId
    ? await strapi.db.query(CONTACT).findOne({ where, populate: { customer: { select: ['id'] } } })
    : null;
  const before = (contact?.customer as RowRef | null | undefined)?.id;
  const next = params.data?.customer;
  return [before, next].filter((id) => typeof id === 'number');
}

/** What state the customers are in once nobody else writes them, until the running transaction ends. */
async function lockedStates(strapi: Core.Strapi, ids: readonly number[]) {
  if (ids.length === 0) return [];
  const query = (await tablesOf(strapi))(strapi.db.metadata.get(CUSTOMER).tableName)
    .select({ state: 'filing_state' })
    .whereIn('id', ids)
    .orderBy('id');
  const rows = (await (isPostgres(strapi) ? query.forUpdate() : query)) as Array<{
    state: FilingState | null;
  }>;
  return rows.map(({ state }) => state);
}

async function frozenNames(strapi: Core.Strapi, write: Write): Promise<string[]> {
  const names = await changedNames(strapi, write);
  return names.filter((name) => !MOVING.has(name) && !GIVEN.includes(name));
}

/** The attributes that the write gives another value. A form sends back in clear what it shows in clear. */
async function changedNames(strapi: Core.Strapi, write: Write): Promise<string[]> {
  const { uid, documentId, attributes, data, stored } = write;
  const changed: string[] = [];
  for (const [name, attribute] of Object.entries(attributes)) {
    if (!(name in data) || isBookkeeping(name)) continue;
    if (sameValue(attribute, data[name], stored?.[name])) continue;
    const sent = { uid, documentId, attribute: name, mask: stored?.[name], value: data[name] };
    if (!(await isStoredInClear(strapi, sent))) changed.push(name);
  }
  return changed;
}
