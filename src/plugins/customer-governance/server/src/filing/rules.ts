import type { Core } from '@strapi/strapi';
import { isStoredInClear } from '../access/stored-value';
import { isBookkeeping, isEmpty } from '../customers/entry/attribute';
import { sameValue } from '../customers/entry/body';
import { entryOf, type Entry, type EntryRule } from '../customers/entry/entry';
import { fact } from '../customers/entry/facts';
import { currentOperation } from '../operation';
import { actorOf } from '../organisation/actor';
import { organisationOf } from '../organisation/organisation';
import { CONTACT, CUSTOMER } from '../policy/attribute-path';
import { forbidden } from '../refusal';
import type { FilingState } from './models';

/** What review and filing alone give a customer. */
const GIVEN = ['filingState', 'filingNumber', 'filedAt'];
const GIVEN_REASON = 'is given by review and filing. Leave it out';

/** What goes on while a customer is in review: who is responsible, and what becomes of it. */
const MOVING = new Set([
  ...['owner', 'department', 'stage', 'inDispute', 'lastContactOn', 'relationEndedOn'],
  ...['erasureRequestedOn', 'retentionDueOn', 'retentionReason'],
]);
const FROZEN =
  'this customer is in review, and stays as it is until it is filed or returned. Ask the reviewer to return it';

type RowRef = { id: number };

/** What this chapter asks of customers and contacts [COL-9]. */
export function addFilingRules(strapi: Core.Strapi): void {
  entryOf(strapi).addRule(CUSTOMER, givenRule);
  entryOf(strapi).addRule(CUSTOMER, entererRule(strapi));
  entryOf(strapi).addRule(CUSTOMER, frozenRule(strapi));
  entryOf(strapi).addRule(CONTACT, frozenContactRule(strapi));
  keepWhatIsInReview(strapi);
}

const givenRule: EntryRule = ({ attributes, data, stored, report }) => {
  for (const name of GIVEN) {
    const attribute = attributes[name];
    if (!attribute || !(name in data)) continue;
    if (!sameValue(attribute, data[name], stored ? stored[name] : attribute.default)) {
      report(name, GIVEN_REASON);
    }
  }
};

/** Who enters a customer is noted by itself: another one reviews it. */
const entererRule =
  (strapi: Core.Strapi): EntryRule =>
  async (entry) => {
    const { action, data, stored } = entry;
    const named = entry.related.enteredBy?.[0]?.id ?? null;
    if (action === 'update') {
      const before = (stored?.enteredBy as RowRef | null | undefined)?.id ?? null;
      if (named !== before) entry.report('enteredBy', 'stays who it was. Leave it out');
      return;
    }
    const actor = actorOf(strapi).identity();
    const staff = await fact('staff who asks', () => organisationOf(strapi).staffOf(actor));
    if (!isEmpty(data.enteredBy) && named !== (staff?.id ?? null)) {
      entry.report('enteredBy', 'is noted by itself: whoever enters the customer. Leave it out');
    } else if (staff) {
      data.enteredBy = staff.id;
    }
  };

/** What was submitted stays as it was submitted until somebody has decided. */
const frozenRule =
  (strapi: Core.Strapi): EntryRule =>
  async (entry) => {
    if (entry.stored?.filingState !== ('in-review' satisfies FilingState)) return;
    for (const name of await changedNames(strapi, entry)) {
      if (!MOVING.has(name) && !GIVEN.includes(name)) entry.report(name, FROZEN);
    }
  };

/** The contacts of a customer go into review with it. */
const frozenContactRule =
  (strapi: Core.Strapi): EntryRule =>
  async (entry) => {
    const before = entry.stored?.customer as RowRef | null | undefined;
    const ids = [before?.id, entry.related.customer?.[0]?.id].filter((id) => id !== undefined);
    const states = await Promise.all([...new Set(ids)].map((id) => stateOf(strapi, { id })));
    if (!states.includes('in-review')) return;
    if (entry.action === 'create' || (await changedNames(strapi, entry)).length > 0) {
      entry.report('customer', FROZEN);
    }
  };

const stateOf = (strapi: Core.Strapi, where: object): Promise<FilingState | null> =>
  fact(`filing state of ${JSON.stringify(where)}`, async () => {
    const row = await strapi.db.query(CUSTOMER).findOne({ select: ['filingState'], where });
    return (row?.filingState ?? null) as FilingState | null;
  });

/** The attributes that the write gives another value. A form sends back in clear what it shows in clear. */
async function changedNames(strapi: Core.Strapi, entry: Entry): Promise<string[]> {
  const { uid, documentId, attributes, data, stored } = entry;
  const changed: string[] = [];
  for (const [name, attribute] of Object.entries(attributes)) {
    if (!(name in data) || isBookkeeping(name)) continue;
    if (sameValue(attribute, data[name], stored?.[name])) continue;
    const sent = { uid, documentId, attribute: name, mask: stored?.[name], value: data[name] };
    if (!(await isStoredInClear(strapi, sent))) changed.push(name);
  }
  return changed;
}

/** Nobody deletes from under a reviewer's eyes; the product's own procedures do, as when a customer is to be forgotten. */
function keepWhatIsInReview(strapi: Core.Strapi): void {
  strapi.documents.use(async (context, next) => {
    const uid = context.uid as string;
    if (context.action !== 'delete' || currentOperation()) return next();
    if (uid !== CUSTOMER && uid !== CONTACT) return next();
    const { documentId } = context.params as { documentId: string };
    const where =
      uid === CUSTOMER ? { documentId } : { id: await customerOfContact(strapi, documentId) };
    if ((await stateOf(strapi, where)) === 'in-review') {
      throw forbidden(
        'This customer is in review, and stays as it is until it is filed or returned. Ask the reviewer to return it.'
      );
    }
    return next();
  });
}

async function customerOfContact(strapi: Core.Strapi, documentId: string): Promise<number> {
  const contact = await strapi.db
    .query(CONTACT)
    .findOne({ select: ['id'], where: { documentId }, populate: { customer: { select: ['id'] } } });
  return contact?.customer?.id ?? 0;
}
