import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { customersOf, CUSTOMER } from '../access/lawfulness';
import { isStoredInClear } from '../access/stored-value';
import type { Approvable } from '../approvals/plan';
import { attributeOf, isEmpty, type Attributes } from '../customers/entry/attribute';
import { sameValue } from '../customers/entry/body';
import { entryOf, type EntryRule } from '../customers/entry/entry';
import type { StaffRef } from '../organisation/organisation';
import { LEVELS, policyOf } from '../policy';
import { invalid } from '../refusal';
import { assertNoProblems, planSealing } from '../vault/sealing';
import { vaultOf } from '../vault/vault';
import type { ProposedValues } from '../vault/pending';
import { CHANGE, CHANGE_REQUEST, type Shown, type StoredRecord } from './change-request';

export interface Proposal {
  type: string;
  documentId: string;
  /** By attribute, what it is to become; `null` or empty text to empty it. */
  values: Record<string, Shown>;
  reason: string;
}

/** A proposal that was checked: what may stand in a table, and what goes to the vault. */
export interface CheckedProposal {
  attributes: string[];
  before: Record<string, Shown>;
  after: Record<string, Shown>;
  sealed: ProposedValues;
}

/** @throws ValidationError that names the attributes which the policy does not control. */
export function assertControlled(strapi: Core.Strapi, { type, values }: Proposal): void {
  const controlled = policyOf(strapi).controlledOf(type);
  if (controlled.size === 0) {
    throw new errors.ValidationError('type: no attribute of this type is controlled');
  }
  const other = Object.keys(values).find((name) => !controlled.has(name));
  if (other === undefined) return;
  const { attributes } = strapi.contentTypes[type as keyof typeof strapi.contentTypes];
  // What is no attribute is the client's own text, which is not repeated.
  throw Object.hasOwn(attributes, other)
    ? invalid(other, 'is not controlled. Change it in the record itself')
    : new errors.ValidationError('values: there is something that is no attribute of this type');
}

/**
 * Checks a proposal as the change itself will be: forms and check digits, plan, consent, required attributes.
 * @throws ValidationError that names what is wrong and never quotes a value.
 */
export async function checkProposal(
  strapi: Core.Strapi,
  { type, documentId, values }: Proposal,
  record: StoredRecord,
  control: EntryRule
): Promise<CheckedProposal> {
  const attributes = Object.keys(values);
  for (const name of attributes) await assertChange(strapi, type, record, name, values[name]);
  const data = await entryOf(strapi).examine(type, documentId, { ...values }, control);
  const kinds = vaultOf(strapi).protectedAttributes(type);
  const isSealed = (name: string) => Object.hasOwn(kinds, name);
  const plan = planSealing(kinds, data);
  assertNoProblems(plan.problems);
  const shownAfter = (name: string): Shown =>
    isSealed(name) ? (plan.masks[name] ?? null) : shown(data[name]);
  return {
    attributes,
    before: Object.fromEntries(attributes.map((name) => [name, record[name] ?? null])),
    after: Object.fromEntries(attributes.map((name) => [name, shownAfter(name)])),
    sealed: Object.fromEntries(
      attributes.filter(isSealed).map((name) => [name, plan.values[name] ?? null])
    ),
  };
}

const shown = (value: unknown): Shown => (isEmpty(value) ? null : (value as Shown));

/** A proposal is about a value that is there, and about another one. */
async function assertChange(
  strapi: Core.Strapi,
  type: string,
  record: StoredRecord,
  attribute: string,
  value: Shown
): Promise<void> {
  const mask = record[attribute];
  if (isEmpty(mask)) {
    throw invalid(attribute, 'has no value yet. Enter the first one in the record itself');
  }
  const model = strapi.contentTypes[type as keyof typeof strapi.contentTypes];
  const shape = attributeOf(model.attributes as unknown as Attributes, attribute);
  const sent = { uid: type, documentId: record.documentId, attribute, mask, value };
  const same = shape && sameValue(shape, value, mask);
  if (same || (await isStoredInClear(strapi, sent))) {
    throw invalid(attribute, 'has this value already. Propose another one');
  }
}

/** @throws ApplicationError when a change of one of the attributes waits already. The record is locked by the caller. */
export async function assertNonePending(
  strapi: Core.Strapi,
  { type, documentId, values }: Proposal
): Promise<void> {
  const open = (await strapi.db.query(CHANGE_REQUEST).findMany({
    select: ['attributes'],
    where: { recordType: type, recordId: documentId, state: 'pending' },
  })) as Array<{ attributes: string[] }>;
  const waiting = Object.keys(values).filter((name) =>
    open.some(({ attributes }) => attributes.includes(name))
  );
  if (waiting.length === 0) return;
  throw new errors.ApplicationError(
    `A change of ${waiting.join(', ')} waits for its approval already. Wait for the decision, or have it withdrawn.`
  );
}

/** Who proposes, and what the policy's approval rules ask about the change. */
export async function approvableOf(
  strapi: Core.Strapi,
  { type, documentId, values }: Proposal,
  requester: StaffRef
): Promise<Approvable> {
  const levels = Object.keys(values).map((name) =>
    LEVELS.indexOf(policyOf(strapi).classificationOf(type, name)?.level ?? 'sensitive')
  );
  const customers = await customersOf(strapi, type, [documentId]);
  const customer = (await strapi.db.query(CUSTOMER).findOne({
    select: ['keyCustomer'],
    where: { documentId: customers.get(documentId) ?? '' },
    populate: { owner: { select: ['id'] } },
  })) as { keyCustomer?: boolean; owner?: { id: number } | null } | null;
  const owner = customer?.owner?.id;
  const own = owner === requester.id;
  return {
    requester,
    owners: owner === undefined || own ? [] : [owner],
    facts: {
      kind: CHANGE,
      sensitivity: LEVELS[Math.max(0, ...levels)] ?? 'sensitive',
      keyCustomer: customer?.keyCustomer === true,
      ownership: own ? 'own' : 'other',
      records: 1,
      // Nothing is shown to anybody by a change.
      recipient: 'self',
    },
  };
}
