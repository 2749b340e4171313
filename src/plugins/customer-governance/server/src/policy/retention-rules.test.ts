import fc from 'fast-check';
import { loadPolicy } from './load';
import { CATEGORIES, RETENTION_EVENTS, type RetentionRule } from './policy';
import { addMonths, dueDate, type RetentionFacts } from './retention-rules';

const day = fc
  .integer({ min: 0, max: 3650 })
  .map((offset) => new Date(Date.UTC(2020, 0, 1 + offset)).toISOString().slice(0, 10));

const months = fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined });

const rule: fc.Arbitrary<RetentionRule> = fc.record({
  code: fc.stringMatching(/^[a-z]{1,8}$/),
  category: fc.constantFrom('all' as const, ...CATEGORIES),
  purpose: fc.option(fc.constantFrom('marketing', 'contract'), { nil: undefined }),
  event: fc.constantFrom(...RETENTION_EVENTS),
  atMostMonths: months,
  atLeastMonths: months,
  customerClass: fc.constantFrom('all' as const, 'ordinary' as const, 'key' as const),
});
const rules = fc.array(rule, { maxLength: 8 });

/** Facts of a record of which everything has happened that can happen. */
const facts: fc.Arbitrary<RetentionFacts> = fc.record({
  customerClass: fc.constantFrom('ordinary' as const, 'key' as const),
  purposes: fc.subarray(['marketing', 'contract']),
  events: fc.record({ created: day, 'last-contact': day, 'relation-ended': day }),
  consentWithdrawnOn: fc.option(day),
});

const applying = (all: readonly RetentionRule[], { customerClass, purposes }: RetentionFacts) =>
  all.filter(
    (one) =>
      (one.customerClass === 'all' || one.customerClass === customerClass) &&
      (!one.purpose || purposes.includes(one.purpose))
  );

const LATE = '9999-12-31';
const due = (all: readonly RetentionRule[], record: RetentionFacts): string =>
  dueDate(all, record).dueOn ?? LATE;

describe('a record falls due', () => {
  it('on the earliest day that any rule sets, unless a minimum ends later', () => {
    fc.assert(
      fc.property(rules, facts, (all, record) => {
        const mine = applying(all, record);
        const end = (one: RetentionRule, span: number): string =>
          addMonths(record.events[one.event] as string, span);
        const limits = mine.flatMap((one) => (one.atMostMonths ? end(one, one.atMostMonths) : []));
        const floors = mine.flatMap((one) =>
          one.atLeastMonths ? end(one, one.atLeastMonths) : []
        );
        const withdrawn = record.consentWithdrawnOn ? [record.consentWithdrawnOn] : [];
        const limit = [...limits, ...withdrawn].sort()[0];
        const floor = floors.sort().at(-1) ?? '';
        const expected = limit && (floor > limit ? floor : limit);
        expect(dueDate(all, record).dueOn).toBe(expected ?? null);
      })
    );
  });

  it('never later by one more maximum, and never earlier by one more minimum', () => {
    fc.assert(
      fc.property(rules, rule, facts, (all, more, record) => {
        const { atMostMonths, atLeastMonths, ...rest } = more;
        const maximum = { ...rest, atMostMonths: atMostMonths ?? 12 };
        const minimum = { ...rest, atLeastMonths: atLeastMonths ?? 12 };
        expect(due([...all, maximum], record) <= due(all, record)).toBe(true);
        expect(due([...all, minimum], record) >= due(all, record)).toBe(true);
      })
    );
  });

  it('at once when consent is withdrawn, but not within a statutory minimum', () => {
    fc.assert(
      fc.property(rules, facts, day, (all, record, withdrawnOn) => {
        const before = due(all, { ...record, consentWithdrawnOn: null });
        const after = due(all, { ...record, consentWithdrawnOn: withdrawnOn });
        const hasMinimum = applying(all, record).some((one) => one.atLeastMonths);
        expect(after <= before).toBe(true);
        expect(hasMinimum || after <= withdrawnOn).toBe(true);
      })
    );
  });

  it('by the same rule in whichever order the rules stand', () => {
    fc.assert(
      fc.property(fc.uniqueArray(rule, { selector: ({ code }) => code }), facts, (all, record) => {
        const { dueOn, rule: deciding } = dueDate(all, record);
        const reversed = dueDate([...all].reverse(), record);
        expect([reversed.dueOn, reversed.rule]).toEqual([dueOn, deciding]);
      })
    );
  });

  it('by the first code of the alphabet where two rules set the same day', () => {
    const twin = {
      category: 'all',
      event: 'created',
      atMostMonths: 6,
      customerClass: 'all',
    } as const;
    const twins = [
      { ...twin, code: 'b' },
      { ...twin, code: 'a' },
    ];
    const record: RetentionFacts = {
      customerClass: 'key',
      purposes: [],
      events: { created: '2024-01-01' },
    };
    expect(dueDate(twins, record).rule).toBe('a');
    expect(dueDate(twins.reverse(), record).rule).toBe('a');
  });

  it('by a rule that it names, or by none', () => {
    fc.assert(
      fc.property(rules, facts, (all, record) => {
        const verdict = dueDate(all, record);
        expect(verdict.reason.length).toBeGreaterThan(0);
        expect(verdict.reason.length).toBeLessThanOrEqual(255);
        if (verdict.rule) {
          expect(verdict.reason).toContain(verdict.rule);
        } else {
          expect(verdict.dueOn).toBe(verdict.dueOn && record.consentWithdrawnOn);
        }
      })
    );
  });
});

describe('under the preset process', () => {
  const all = loadPolicy({ preset: 'process' }).retention.rules;
  const prospect: RetentionFacts = {
    customerClass: 'ordinary',
    purposes: ['marketing'],
    events: { created: '2024-01-10', 'last-contact': '2024-03-31', 'relation-ended': null },
  };
  const client: RetentionFacts = { ...prospect, purposes: ['contract-performance'] };

  it('a prospect goes two years after the last contact', () => {
    expect(dueDate(all, prospect)).toEqual({
      dueOn: '2026-03-31',
      rule: 'silent-ordinary',
      reason: 'silent-ordinary: at most 24 months after the last contact on 2024-03-31',
    });
  });

  it('one never contacted goes two years after the record was made', () => {
    const events = { created: '2024-01-10', 'last-contact': null };
    expect(dueDate(all, { ...prospect, events }).dueOn).toBe('2026-01-10');
  });

  it('a key customer stays longer', () => {
    expect(dueDate(all, { ...prospect, customerClass: 'key' }).dueOn).toBe('2029-03-31');
  });

  it('one who withdraws goes at once', () => {
    expect(dueDate(all, { ...prospect, consentWithdrawnOn: '2024-05-06' })).toEqual({
      dueOn: '2024-05-06',
      rule: null,
      reason: 'Consent withdrawn on 2024-05-06',
    });
  });

  it('one with a running contract does not go, whatever is withdrawn', () => {
    expect(dueDate(all, { ...client, consentWithdrawnOn: '2024-05-06' })).toEqual({
      dueOn: null,
      rule: 'contract-records',
      reason:
        'contract-records: kept for at least 36 months after the end of the relation, which has not come',
    });
  });

  it('one whose contract ended goes when the statutory minimum ends', () => {
    const events = { ...client.events, 'relation-ended': '2025-02-28' };
    expect(dueDate(all, { ...client, events })).toEqual({
      dueOn: '2028-02-28',
      rule: 'contract-records',
      reason: 'contract-records: at least 36 months after the end of the relation on 2025-02-28',
    });
  });

  it('a rule of a category counts only for records that hold it', () => {
    expect(dueDate(all, { ...client, categories: ['contact'] }).rule).toBe('silent-ordinary');
    expect(dueDate(all, { ...client, categories: ['transactions'] }).rule).toBe('contract-records');
  });
});

it('without rules nothing falls due, and the reason says so', () => {
  const facts: RetentionFacts = {
    customerClass: 'key',
    purposes: [],
    events: { created: '2024-01-01' },
  };
  expect(dueDate([], facts)).toEqual({
    dueOn: null,
    rule: null,
    reason: 'No retention rule sets a day for this record',
  });
});

describe('months are added', () => {
  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-11-30', 3, '2025-02-28'],
    ['2024-12-15', 1, '2025-01-15'],
    ['2024-05-06', 0, '2024-05-06'],
  ])('to %s, %i of them, giving %s', (from, count, to) => {
    expect(addMonths(from, count)).toBe(to);
  });

  it('never to a later day for an earlier one', () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: 0, max: 120 }), (one, other, count) => {
        const [early, late] = [one, other].sort();
        expect(addMonths(early, count) <= addMonths(late, count)).toBe(true);
      })
    );
  });

  it('but not to what is no day', () => {
    expect(() => addMonths('2024-05-06T10:00:00Z', 1)).toThrow('YYYY-MM-DD');
  });
});
