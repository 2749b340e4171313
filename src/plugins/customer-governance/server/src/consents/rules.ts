import { isEmpty, type Attributes } from '../customers/entry/attribute';
import { sameValue } from '../customers/entry/body';
import type { Finding } from '../customers/entry/finding';

type Data = Readonly<Record<string, unknown>>;

/** Clocks of two machines differ a little. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

/** Without these a consent proves nothing. */
const EVIDENCE: Readonly<Record<string, string>> = {
  customer: 'say whose consent this is',
  purpose: 'say for which purpose it was given',
  evidenceKind: 'say whether the evidence is a signed paper or an electronic confirmation',
  evidence: 'say where the evidence is: the number of the scan or of the confirmation',
  noticeVersion: 'say which notice was shown, or at least its version',
};

/** What was agreed to. It stays as it was: another agreement is another consent. */
const AGREED = [
  'customer',
  'purpose',
  'scope',
  'channel',
  'givenAt',
  'notice',
  'noticeVersion',
] as const;

/** What the server itself writes down of the notice and of an electronic confirmation; no form does. */
const STAMPS = ['noticeHash', 'confirmedAt', 'confirmedFrom', 'confirmedIn'] as const;

/** Who consented in place of a minor: may be told later, not be changed into another. */
const GUARDIAN = ['guardian', 'guardianContact', 'guardianRelationship'] as const;

/** What is wrong with a consent that is entered for the first time. */
export function newConsentFindings(data: Data, now: Date): Finding[] {
  const missing = Object.entries(EVIDENCE)
    .filter(([attribute]) => isEmpty(data[attribute]))
    .map(([attribute, reason]) => ({ attribute, reason }));
  const wrong: Finding[] = [];
  if (data.state === 'withdrawn') {
    wrong.push({
      attribute: 'state',
      reason: 'a new consent is given or refused. Withdraw it afterwards by its own action',
    });
  }
  if (!isEmpty(data.withdrawnAt)) {
    wrong.push({ attribute: 'withdrawnAt', reason: 'is set by withdrawing the consent' });
  }
  for (const attribute of STAMPS) {
    if (!isEmpty(data[attribute])) {
      wrong.push({ attribute, reason: 'is written by the server. Leave it out' });
    }
  }
  if (timeOf(data.givenAt) > now.getTime() + CLOCK_SKEW_MS) {
    wrong.push({ attribute: 'givenAt', reason: 'must not be in the future' });
  }
  if (timeOf(data.expiresAt) <= (isEmpty(data.givenAt) ? now.getTime() : timeOf(data.givenAt))) {
    wrong.push({ attribute: 'expiresAt', reason: 'must be after the consent was given' });
  }
  return [...missing, ...wrong];
}

/** What may not be done to a consent that stands: it can be withdrawn and described better, not be turned into another. */
export function changedConsentFindings(
  attributes: Attributes,
  data: Data,
  stored: Data
): Finding[] {
  const changes = (name: string) => {
    const attribute = attributes[name];
    return attribute && name in data && !sameValue(attribute, data[name], stored[name]);
  };
  const findings: Finding[] = AGREED.filter(changes).map((attribute): Finding => ({
    attribute,
    reason: 'cannot be changed once the consent is recorded. Record another consent',
  }));
  for (const attribute of STAMPS.filter(changes)) {
    findings.push({ attribute, reason: 'is written by the server, once' });
  }
  for (const attribute of GUARDIAN.filter(changes)) {
    if (isEmpty(stored[attribute]) || stored[attribute] === false) continue;
    findings.push({
      attribute,
      reason: 'cannot be changed once it is recorded. Record another consent',
    });
  }
  for (const attribute of ['state', 'withdrawnAt'].filter(changes)) {
    findings.push({
      attribute,
      reason: 'changes only by withdrawing the consent. Use the action Withdraw',
    });
  }
  for (const attribute of ['evidenceKind', 'evidence']) {
    if (attribute in data && isEmpty(data[attribute])) {
      findings.push({ attribute, reason: 'the evidence of a consent must stay' });
    }
  }
  if (changes('expiresAt') && isLater(data.expiresAt, stored.expiresAt)) {
    findings.push({
      attribute: 'expiresAt',
      reason: 'can only be brought forward. For a longer time, record another consent',
    });
  }
  return findings;
}

/** Whether the first end lies after the second; no end lies after every end. */
function isLater(end: unknown, before: unknown): boolean {
  if (isEmpty(before)) return false;
  return isEmpty(end) || timeOf(end) > timeOf(before);
}

/** Not a number, and so neither before nor after anything, where there is no moment. */
const timeOf = (value: unknown): number =>
  isEmpty(value) ? Number.NaN : new Date(value as string).getTime();
