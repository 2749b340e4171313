import { isEmpty } from '../customers/entry/attribute';
import type { Finding } from '../customers/entry/finding';

type Data = Readonly<Record<string, unknown>>;

/** What of a partner decides whether customers may come from it. Days are `YYYY-MM-DD`. */
export interface PartnerFacts {
  state: 'candidate' | 'active' | 'suspended';
  qualifiedUntil: string | null;
  ndaSignedOn: string | null;
  ndaValidUntil: string | null;
}

/**
 * Why no information may be taken from a partner, or `null` when it may [COL-3]. Qualification and NDA are those of the day
 * on which the customer was first met: one that was signed afterwards does not heal it.
 * @param day of the first contact.
 */
export function whyNotFrom(partner: PartnerFacts, day: string): string | null {
  if (partner.state === 'candidate')
    return 'this partner is not qualified yet. Have it qualified first, or choose another one';
  if (partner.state === 'suspended')
    return 'this partner is suspended: nothing is taken in from it. Choose another one';
  const { qualifiedUntil, ndaSignedOn, ndaValidUntil } = partner;
  if (!qualifiedUntil || qualifiedUntil < day)
    return `this partner was not qualified on the day of the first contact (${day}). Have it qualified anew, and take in only whom it brings from then on`;
  if (!ndaSignedOn || ndaSignedOn > day)
    return `this partner had signed no NDA by the day of the first contact (${day}). Nothing that it brought before may be taken in`;
  if (!ndaValidUntil || ndaValidUntil < day)
    return `the NDA of this partner was not valid on the day of the first contact (${day}). Renew it, and take in only whom it brings from then on`;
  return null;
}

/** What is asked before a partner may be relied on. */
const ASKED_OF_ACTIVE: Readonly<Record<string, string>> = {
  qualifiedUntil: 'say until when the partner is qualified',
  ndaSignedOn: 'say when the NDA was signed',
  ndaValidUntil: 'say until when the NDA is valid',
};

/** What is wrong with a partner's record. @param after the record as it will be. */
export function partnerFindings(after: Data): Finding[] {
  const findings: Finding[] = [];
  if (after.state === 'active') {
    for (const [attribute, reason] of Object.entries(ASKED_OF_ACTIVE))
      if (isEmpty(after[attribute])) findings.push({ attribute, reason });
  }
  const { ndaSignedOn, ndaValidUntil } = after;
  if (!isEmpty(ndaSignedOn) && !isEmpty(ndaValidUntil) && dayOf(ndaValidUntil) < dayOf(ndaSignedOn))
    findings.push({ attribute: 'ndaValidUntil', reason: 'must not be before the NDA was signed' });
  return findings;
}

/** A day as forms and databases give it. */
export const dayOf = (value: unknown): string =>
  value instanceof Date ? value.toISOString().slice(0, 10) : String(value).slice(0, 10);
