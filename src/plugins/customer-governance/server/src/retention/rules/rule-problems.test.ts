import type { RetentionRule } from '../../policy';
import { ruleConflicts, ruleProblems } from './rule-problems';

const rule: RetentionRule = {
  code: 'own',
  category: 'all',
  event: 'created',
  atMostMonths: 6,
  customerClass: 'all',
};
const subjects = [
  { attribute: 'residentId', category: 'identity' as const, column: 'resident_id' },
  { attribute: 'bankCard', category: 'transactions' as const, column: 'bank_card' },
];
const problemsOf = (change: Partial<RetentionRule>) =>
  ruleProblems({ ...rule, ...change }, subjects).map(({ attribute }) => attribute);

describe('a rule that somebody proposes', () => {
  it('is accepted when it says how long, and of what that there is', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ atMostMonths: 0 })).toEqual([]);
    expect(problemsOf({ attributes: ['customer.residentId'], category: 'identity' })).toEqual([]);
    expect(problemsOf({ category: 'transactions' })).toEqual([]);
  });

  it.each<[string, Partial<RetentionRule>, string]>([
    ['no time at all', { atMostMonths: undefined }, 'atMostMonths'],
    ['a minimum over its maximum', { atLeastMonths: 7 }, 'atLeastMonths'],
    ['an attribute that is not sealed', { attributes: ['customer.industry'] }, 'attributes'],
    ['an attribute of another type', { attributes: ['contact.residentId'] }, 'attributes'],
    [
      'an attribute of another category',
      { attributes: ['customer.bankCard'], category: 'identity' },
      'attributes',
    ],
    ['a category of which nothing is sealed', { category: 'derived' }, 'category'],
  ])('is refused with %s, naming the attribute', (_case, change, attribute) => {
    expect(problemsOf(change)).toEqual([attribute]);
  });
});

describe('a maximum is without effect', () => {
  const maximum = { ...rule, code: 'max' };
  const minimum: RetentionRule = {
    code: 'min',
    category: 'all',
    event: 'created',
    atLeastMonths: 12,
    customerClass: 'all',
  };

  it('where a minimum from the same event keeps the same customers longer', () => {
    expect(ruleConflicts([maximum, minimum])).toEqual([{ maximum: 'max', minimum: 'min' }]);
    expect(ruleConflicts([maximum, { ...minimum, category: 'contact' }])).toHaveLength(1);
  });

  it.each<[string, Partial<RetentionRule>]>([
    ['is no longer than it', { atLeastMonths: 6 }],
    ['counts from another event', { event: 'relation-ended' }],
    ['is of some customers alone', { customerClass: 'key' }],
    ['is of one purpose alone', { purpose: 'contract-performance' }],
  ])('but not by a minimum that %s', (_case, change) => {
    expect(ruleConflicts([maximum, { ...minimum, ...change }])).toEqual([]);
  });

  it('of an attribute not by the minimum of another category', () => {
    const card = { ...maximum, category: 'transactions' as const };
    const contact = { ...minimum, category: 'contact' as const };
    expect(ruleConflicts([card, contact])).toEqual([]);
    expect(ruleConflicts([card, { ...contact, category: 'transactions' }])).toHaveLength(1);
  });
});
