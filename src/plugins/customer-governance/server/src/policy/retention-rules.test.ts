import fc from 'fast-check';
import { loadPolicy } from './load';
import { CATEGORIES, CUSTOMER_CLASSES, RETENTION_EVENTS, type RetentionRule } from './policy';
import { addMonths, dueDate, explainDueDate, type RetentionFacts } from './retention-rules';

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
  customerClass: fc.constantFrom('all' as const, ...CUSTOMER_CLASSES),
});
const rules = fc.array(rule, { maxLength: 8 });

/** Facts of a record of which everything has happened that can happen. */
const facts: fc.Arbitrary<RetentionFacts> = fc.record({
  customerClass: fc.constantFrom(...CUSTOMER_CLASSES),
  purposes: fc.subarray(['marketing', 'contract']),
  events: fc.record({
    created: day,
    'last-contact': day,
    'relation-ended': day,
    'consent-withdrawn': day,
    'purpose-ended': day,
    'erasure-requested': day,
  }),
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
const decider = (all: readonly RetentionRule[], record: RetentionFacts) =>
  dueDate(all, record).decision?.rule ?? null;

describe('a record falls due', () => {
  it('on the earliest day that any maximum of the whole sets, unless any minimum ends later', () => {
    fc.assert(
      fc.property(rules, facts, (all, record) => {
        const mine = applying(all, record);
        const end = (one: RetentionRule, span: number): string =>
          addMonths(record.events[one.event] as string, span);
        const limits = mine.flatMap((one) =>
          one.atMostMonths && one.category === 'all' ? end(one, one.atMostMonths) : []
        );
        const floors = mine.flatMap((one) =>
          one.atLeastMonths ? end(one, one.atLeastMonths) : []
        );
        const limit = limits.sort()[0];
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

  it('by the same rule in whichever order the rules stand', () => {
    fc.assert(
      fc.property(fc.uniqueArray(rule, { selector: ({ code }) => code }), facts, (all, record) => {
        expect(dueDate([...all].reverse(), record)).toEqual(dueDate(all, record));
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
    expect(decider(twins, record)).toBe('a');
    expect(decider(twins.reverse(), record)).toBe('a');
  });

  it('for reasons of which exactly one decides', () => {
    const unique = fc.uniqueArray(rule, { selector: ({ code }) => code });
    fc.assert(
      fc.property(unique, facts, (all, record) => {
        const explained = explainDueDate(all, record);
        expect(explained).toMatchObject(dueDate(all, record));
        const deciding = explained.weighed.filter(({ standing }) => standing === 'decides');
        expect(deciding.length).toBe(explained.decision ? 1 : 0);
        for (const { standing, dueOn } of explained.weighed) {
          if (standing === 'later') expect(dueOn ?? LATE >= (explained.dueOn ?? '')).toBeTruthy();
          if (standing === 'met' && explained.dueOn) expect(dueOn).not.toBeNull();
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
  const withdrawn = { 'consent-withdrawn': '2024-05-06', 'purpose-ended': '2024-05-06' };

  it('a prospect goes two years after the last contact', () => {
    expect(dueDate(all, prospect)).toEqual({
      dueOn: '2026-03-31',
      decision: {
        rule: 'silent-ordinary',
        bound: 'at-most',
        months: 24,
        event: 'last-contact',
        eventOn: '2024-03-31',
        dueOn: '2026-03-31',
      },
    });
  });

  it('one never contacted goes two years after the record was made', () => {
    const events = { created: '2024-01-10', 'last-contact': null };
    expect(dueDate(all, { ...prospect, events }).dueOn).toBe('2026-01-10');
  });

  it('a key customer stays longer, and one in dispute longest', () => {
    expect(dueDate(all, { ...prospect, customerClass: 'key' }).dueOn).toBe('2029-03-31');
    expect(dueDate(all, { ...prospect, customerClass: 'disputed' }).dueOn).toBe('2031-03-31');
  });

  it('one who withdraws goes at once', () => {
    const events = { ...prospect.events, ...withdrawn };
    const verdict = dueDate(all, { ...prospect, purposes: [], events });
    expect(verdict.dueOn).toBe('2024-05-06');
    expect(verdict.decision?.rule).toBe('consent-withdrawn');
  });

  it('one who asks for it goes at once', () => {
    const events = { ...prospect.events, 'erasure-requested': '2024-04-02' };
    expect(dueDate(all, { ...prospect, events }).dueOn).toBe('2024-04-02');
  });

  it('one whose last purpose ended goes a year later', () => {
    const events = { ...prospect.events, 'purpose-ended': '2024-06-01' };
    const verdict = dueDate(all, { ...prospect, purposes: [], events });
    expect(verdict.dueOn).toBe('2025-06-01');
    expect(verdict.decision?.rule).toBe('purpose-ended');
  });

  it('one with a running contract does not go, whatever is withdrawn or asked for', () => {
    const events = { ...client.events, ...withdrawn, 'erasure-requested': '2024-04-02' };
    expect(dueDate(all, { ...client, events })).toMatchObject({
      dueOn: null,
      decision: { rule: 'contract-records', bound: 'at-least', eventOn: null },
    });
  });

  it('one whose contract ended goes when the statutory minimum ends, though its purpose is done', () => {
    const events = { ...client.events, 'relation-ended': '2025-02-28' };
    expect(dueDate(all, { ...client, events })).toMatchObject({
      dueOn: '2028-02-28',
      decision: { rule: 'contract-records', bound: 'at-least' },
    });
    const done = { ...client, purposes: [], formerPurposes: ['contract-performance'], events };
    expect(dueDate(all, done).dueOn).toBe('2028-02-28');
  });

  it('the resident ID goes a year after the relation, the customer by its own rules', () => {
    const subject = { attribute: 'residentId', category: 'identity' } as const;
    const events = { ...client.events, 'relation-ended': '2025-02-28' };
    expect(dueDate(all, { ...client, events }, subject)).toMatchObject({
      dueOn: '2026-02-28',
      decision: { rule: 'resident-id' },
    });
    expect(dueDate(all, { ...client, events }, { ...subject, attribute: 'passport' })).toEqual({
      dueOn: null,
      decision: null,
    });
  });
});

describe('for one attribute', () => {
  const record: RetentionFacts = {
    customerClass: 'ordinary',
    purposes: [],
    events: { created: '2024-01-01', 'relation-ended': null },
  };
  const base = { event: 'created', customerClass: 'all' } as const;
  const name = { attribute: 'name', category: 'identity' } as const;
  const card = { attribute: 'bankCard', category: 'transactions' } as const;
  const identity = { ...base, code: 'identity', category: 'identity', atMostMonths: 12 } as const;

  it('a maximum of a category is of its attributes, and never of the whole', () => {
    expect(dueDate([identity], record).dueOn).toBeNull();
    expect(dueDate([identity], record, name).dueOn).toBe('2025-01-01');
    expect(dueDate([identity], record, card).dueOn).toBeNull();
  });

  it('a minimum of the whole keeps every attribute, one of a category only its own', () => {
    const whole = { ...base, code: 'whole', category: 'all', atLeastMonths: 24 } as const;
    const other = { ...whole, code: 'other', category: 'transactions' } as const;
    expect(dueDate([identity, whole], record, name).dueOn).toBe('2026-01-01');
    expect(dueDate([identity, other], record, name).dueOn).toBe('2025-01-01');
  });

  it('a minimum of an attribute keeps the customer, too', () => {
    const rules: RetentionRule[] = [
      { ...base, code: 'all', category: 'all', atMostMonths: 6 },
      {
        ...base,
        code: 'card',
        category: 'transactions',
        attributes: ['customer.bankCard'],
        atLeastMonths: 60,
      },
    ];
    expect(dueDate(rules, record).dueOn).toBe('2029-01-01');
  });
});

describe('a minimum whose event has not come', () => {
  const record: RetentionFacts = {
    customerClass: 'ordinary',
    purposes: ['marketing'],
    events: { created: '2024-01-01' },
  };
  const maximum: RetentionRule = {
    code: 'gone',
    category: 'all',
    event: 'created',
    atMostMonths: 6,
    customerClass: 'all',
  };
  const minimum = (event: RetentionRule['event']): RetentionRule => ({
    code: 'kept',
    category: 'all',
    event,
    atLeastMonths: 12,
    customerClass: 'all',
  });

  it.each(['relation-ended', 'purpose-ended'] as const)('keeps the record until %s', (event) => {
    expect(dueDate([maximum, minimum(event)], record)).toMatchObject({
      dueOn: null,
      decision: { rule: 'kept' },
    });
  });

  it.each(['consent-withdrawn', 'erasure-requested'] as const)(
    'is no reason to keep it where nobody need ever do so: %s',
    (event) => {
      expect(dueDate([maximum, minimum(event)], record).dueOn).toBe('2024-07-01');
    }
  );

  it('does not wait for the end of a purpose that there never was', () => {
    const rules = [maximum, minimum('purpose-ended')];
    expect(dueDate(rules, { ...record, purposes: [] }).dueOn).toBe('2024-07-01');
  });
});

it('without rules nothing falls due', () => {
  const record: RetentionFacts = {
    customerClass: 'key',
    purposes: [],
    events: { created: '2024-01-01' },
  };
  expect(dueDate([], record)).toEqual({ dueOn: null, decision: null });
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
