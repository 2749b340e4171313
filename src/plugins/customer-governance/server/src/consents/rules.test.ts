import type { Attributes } from '../customers/entry/attribute';
import consent from './content-types/consent/schema.json';
import { changedConsentFindings, newConsentFindings } from './rules';
import { coveringScopes } from './scopes';

const attributes = consent.attributes as unknown as Attributes;
const now = new Date('2026-03-01T00:00:00Z');
const complete = {
  customer: 1,
  purpose: 2,
  scope: 'general',
  state: 'given',
  evidenceKind: 'electronic',
  evidence: 'form-77',
  noticeVersion: '3',
};
const names = (findings: Array<{ attribute: string }>) =>
  findings.map(({ attribute }) => attribute);

describe('a new consent', () => {
  it('is accepted with customer, purpose, evidence and notice', () => {
    expect(newConsentFindings(complete, now)).toEqual([]);
    expect(newConsentFindings({ ...complete, state: 'refused' }, now)).toEqual([]);
  });

  it('names everything that it lacks', () => {
    expect(names(newConsentFindings({}, now))).toEqual([
      'customer',
      'purpose',
      'evidenceKind',
      'evidence',
      'noticeVersion',
    ]);
  });

  it.each([
    ['withdrawn', { state: 'withdrawn' }, 'state'],
    ['withdrawn by its date', { withdrawnAt: now }, 'withdrawnAt'],
    ['given tomorrow', { givenAt: '2026-03-02T00:00:00Z' }, 'givenAt'],
    ['at an end already', { expiresAt: '2026-02-01T00:00:00Z' }, 'expiresAt'],
  ])('is not %s', (_what, data, attribute) => {
    expect(names(newConsentFindings({ ...complete, ...data }, now))).toEqual([attribute]);
  });

  it('may have been given and have ended before it is entered', () => {
    const past = { givenAt: '2020-01-01T00:00:00Z', expiresAt: '2021-01-01T00:00:00Z' };
    expect(newConsentFindings({ ...complete, ...past }, now)).toEqual([]);
  });
});

describe('a recorded consent', () => {
  const stored = {
    ...complete,
    customer: { id: 1, documentId: 'c1' },
    purpose: { id: 2, documentId: 'p2' },
    givenAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2027-01-01T00:00:00.000Z',
    withdrawnAt: null,
  };
  const changed = (data: object) =>
    names(changedConsentFindings(attributes, data as Record<string, unknown>, stored));

  it('may be saved as it is by a form that sends everything back', () => {
    expect(changed({ ...complete, givenAt: stored.givenAt, withdrawnAt: null })).toEqual([]);
  });

  it('may get a better reference to its evidence', () => {
    expect(changed({ evidence: 'scan-2026-77', reference: 'A-1' })).toEqual([]);
  });

  it.each([
    ['customer', { customer: 9 }],
    ['purpose', { purpose: 9 }],
    ['scope', { scope: 'sensitive' }],
    ['givenAt', { givenAt: '2026-01-02T00:00:00Z' }],
    ['noticeVersion', { noticeVersion: '4' }],
    ['state', { state: 'withdrawn' }],
    ['withdrawnAt', { withdrawnAt: now }],
    ['evidence', { evidence: '' }],
    ['expiresAt', { expiresAt: null }],
    ['expiresAt', { expiresAt: '2028-01-01T00:00:00Z' }],
  ])('stays what was agreed to: %s', (attribute, data) => {
    expect(changed(data)).toEqual([attribute]);
  });

  it('may end earlier', () => {
    expect(changed({ expiresAt: '2026-06-01T00:00:00Z' })).toEqual([]);
  });
});

describe('the scopes that cover a use', () => {
  it('are, for sensitive attributes, what the policy says', () => {
    expect([...coveringScopes(true, 'separate')]).toEqual(['sensitive']);
    expect(coveringScopes(true, 'general').has('general')).toBe(true);
  });

  it('are never a consent to sharing', () => {
    expect(coveringScopes(false, 'separate').has('sharing')).toBe(false);
    expect(coveringScopes(true, 'general').has('sharing')).toBe(false);
  });
});
