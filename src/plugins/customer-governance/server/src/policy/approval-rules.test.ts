import fc from 'fast-check';
import { chainFor, isUnconditional, matches, type ApprovalFacts } from './approval-rules';
import { loadPolicy } from './load';
import { APPROVER_ROLES, LEVELS, type ApprovalRule } from './policy';

const levels = fc.constantFrom(...LEVELS);

const facts: fc.Arbitrary<ApprovalFacts> = fc.record({
  kind: fc.constantFrom('use', 'destruction'),
  sensitivity: levels,
  keyCustomer: fc.boolean(),
  ownership: fc.constantFrom('own', 'other'),
  records: fc.integer({ min: 1, max: 100 }),
});

const condition = fc.record(
  {
    kind: fc.constantFrom('use', 'destruction'),
    sensitivity: fc.oneof(levels, fc.uniqueArray(levels, { minLength: 1 })),
    keyCustomer: fc.boolean(),
    ownership: fc.constantFrom('own' as const, 'other' as const),
    records: fc.record(
      { min: fc.integer({ min: 1, max: 100 }), max: fc.integer({ min: 1, max: 100 }) },
      { requiredKeys: [] }
    ),
  },
  { requiredKeys: ['kind'] }
);

const rule: fc.Arbitrary<ApprovalRule> = fc.record({
  code: fc.string(),
  when: condition,
  steps: fc.uniqueArray(fc.constantFrom(...APPROVER_ROLES), { minLength: 1 }),
});

/** Rules that cover every request, as `checkPolicy` demands of a policy. */
const rules = fc
  .array(rule)
  .map((some): ApprovalRule[] => [
    ...some,
    { code: 'any-use', when: { kind: 'use' }, steps: ['department-head'] },
    { code: 'any-destruction', when: { kind: 'destruction' }, steps: ['leadership'] },
  ]);

describe('a chain', () => {
  it('asks everybody whom a matching rule names, and nobody else', () => {
    fc.assert(
      fc.property(rules, facts, (policy, request) => {
        const named = new Set(
          policy.filter(({ when }) => matches(when, request)).flatMap(({ steps }) => steps)
        );
        expect(new Set(chainFor(policy, request))).toEqual(named);
      })
    );
  });

  it('asks each role once, in the order of the roles', () => {
    fc.assert(
      fc.property(rules, facts, (policy, request) => {
        const places = chainFor(policy, request).map((role) => APPROVER_ROLES.indexOf(role));
        expect(places.every((place, at) => at === 0 || places[at - 1] < place)).toBe(true);
      })
    );
  });

  it('does not hang on the order of the rules', () => {
    fc.assert(
      fc.property(rules, facts, (policy, request) => {
        expect(chainFor([...policy].reverse(), request)).toEqual(chainFor(policy, request));
      })
    );
  });

  it('never gets shorter by one more rule', () => {
    fc.assert(
      fc.property(rules, rule, facts, (policy, more, request) => {
        const longer = chainFor([...policy, more], request);
        expect(longer).toEqual(expect.arrayContaining(chainFor(policy, request)));
      })
    );
  });

  it('is never empty: without a matching rule there is no chain at all', () => {
    fc.assert(
      fc.property(fc.array(rule), facts, (policy, request) => {
        if (policy.some(({ when }) => matches(when, request))) {
          expect(chainFor(policy, request).length).toBeGreaterThan(0);
        } else {
          expect(() => chainFor(policy, request)).toThrow('none covers');
        }
      })
    );
  });
});

describe('a condition', () => {
  const request: ApprovalFacts = {
    kind: 'use',
    sensitivity: 'personal',
    keyCustomer: false,
    ownership: 'own',
    records: 20,
  };

  it.each([
    [true, {}],
    [false, { kind: 'destruction' }],
    [true, { sensitivity: 'personal' as const }],
    [false, { sensitivity: 'sensitive' as const }],
    [true, { sensitivity: ['sensitive', 'personal'] as const }],
    [true, { keyCustomer: false }],
    [false, { keyCustomer: true }],
    [false, { ownership: 'other' as const }],
    [true, { records: { min: 20, max: 20 } }],
    [false, { records: { min: 21 } }],
    [false, { records: { max: 19 } }],
    [false, { sensitivity: 'personal' as const, keyCustomer: true }],
  ])('gives %s for %j', (answer, when) => {
    expect(matches({ kind: 'use', ...when }, request)).toBe(answer);
  });

  it('that is unconditional matches every request of its kind, and no other is called so', () => {
    expect(isUnconditional({ kind: 'use' })).toBe(true);
    expect(isUnconditional({ kind: 'use', keyCustomer: undefined })).toBe(true);
    fc.assert(
      fc.property(condition, facts, (when, other) => {
        const fits = matches(when, { ...other, kind: when.kind });
        expect(fits || !isUnconditional(when)).toBe(true);
      }),
      { numRuns: 1000 }
    );
  });
});

describe.each(['strict', 'process'])('under the preset %s', (preset) => {
  const { rules: own } = loadPolicy({ preset }).approvals;
  const use: ApprovalFacts = {
    kind: 'use',
    sensitivity: 'personal',
    keyCustomer: false,
    ownership: 'other',
    records: 3,
  };

  it('the department head approves a use request', () => {
    expect(chainFor(own, use)).toEqual(['department-head']);
  });

  it('leadership approves it too for a key customer or a sensitive attribute', () => {
    const chain = ['department-head', 'leadership'];
    expect(chainFor(own, { ...use, keyCustomer: true })).toEqual(chain);
    expect(chainFor(own, { ...use, sensitivity: 'sensitive' })).toEqual(chain);
  });

  it('leadership approves destruction', () => {
    expect(chainFor(own, { ...use, kind: 'destruction' })).toEqual(['leadership']);
  });
});
