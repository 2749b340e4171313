import fc from 'fast-check';
import { chainFor, isUnconditional, matches, stagesOf, type ApprovalFacts } from './approval-rules';
import { loadPolicy } from './load';
import { APPROVER_ROLES, LEVELS, RECIPIENTS, type ApprovalRule, type Approver } from './policy';

const levels = fc.constantFrom(...LEVELS);

const facts: fc.Arbitrary<ApprovalFacts> = fc.record({
  kind: fc.constantFrom('use', 'destruction'),
  sensitivity: levels,
  keyCustomer: fc.boolean(),
  ownership: fc.constantFrom('own', 'other'),
  records: fc.integer({ min: 1, max: 100 }),
  recipient: fc.constantFrom(...RECIPIENTS),
  departments: fc.subarray(['S', 'SE', 'I']),
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
    recipient: fc.constantFrom(...RECIPIENTS),
    department: fc.constantFrom('S', 'SE', 'I'),
  },
  { requiredKeys: ['kind'] }
);

const APPROVERS: Approver[] = [...APPROVER_ROLES, 'role:Data protection', 'person:E1024'];

/** Some approvers in any order, of whom some neighbours are asked at the same time. */
const steps: fc.Arbitrary<ApprovalRule['steps']> = fc
  .tuple(fc.shuffledSubarray(APPROVERS, { minLength: 1 }), fc.infiniteStream(fc.boolean()))
  .map(([approvers, together]) => {
    const found: Approver[][] = [];
    for (const approver of approvers) {
      const last = found.at(-1);
      if (last && together.next().value) last.push(approver);
      else found.push([approver]);
    }
    return found.map((group) => (group.length === 1 ? (group[0] as Approver) : group));
  });

const rule: fc.Arbitrary<ApprovalRule> = fc.record({ code: fc.string(), when: condition, steps });

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
          policy.filter(({ when }) => matches(when, request)).flatMap((each) => each.steps.flat())
        );
        expect(new Set(chainFor(policy, request).flat())).toEqual(named);
      })
    );
  });

  it('asks each approver once', () => {
    fc.assert(
      fc.property(rules, facts, (policy, request) => {
        const asked = chainFor(policy, request).flat();
        expect(asked).toHaveLength(new Set(asked).size);
      })
    );
  });

  it('keeps the order and the togetherness of every rule, unless the rules contradict each other', () => {
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 3 }), (policy) => {
        const { stages, contradictory } = stagesOf(policy);
        const place = (approver: Approver) => stages.findIndex((stage) => stage.includes(approver));
        for (const { steps: own } of policy) {
          const places = own.map((step) => ([step].flat() as Approver[]).map(place));
          for (const together of places) expect(new Set(together).size).toBe(1);
          const inOrder = places.every(
            ([at = 0], index) => index === 0 || (places[index - 1]?.[0] ?? 0) < at
          );
          expect(inOrder || contradictory).toBe(true);
        }
      }),
      { numRuns: 1000 }
    );
  });

  it('of one rule alone is what the rule says', () => {
    expect(
      stagesOf([{ steps: ['leadership', ['superior', 'role:Legal'], 'department-head'] }])
    ).toEqual({
      stages: [['leadership'], ['superior', 'role:Legal'], ['department-head']],
      contradictory: false,
    });
  });

  it('asks approvers of different rules from the requester outwards', () => {
    const { stages } = stagesOf([
      { steps: ['information-department'] },
      { steps: ['person:E1'] },
      { steps: ['leadership'] },
      { steps: ['department-head'] },
    ]);
    expect(stages).toEqual([
      ['department-head'],
      ['leadership'],
      ['person:E1'],
      ['information-department'],
    ]);
  });

  it.each([
    [
      'in different orders',
      [
        ['legal', 'leadership'],
        ['leadership', 'legal'],
      ],
    ],
    ['one after the other and together', [['legal', 'leadership'], [['legal', 'leadership']]]],
  ] as const)('is contradictory when rules ask %s', (_how, both) => {
    const [one, other] = both as unknown as [ApprovalRule['steps'], ApprovalRule['steps']];
    expect(stagesOf([{ steps: one }, { steps: other }]).contradictory).toBe(true);
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
        const longer = chainFor([...policy, more], request).flat();
        expect(longer).toEqual(expect.arrayContaining(chainFor(policy, request).flat()));
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
    recipient: 'self',
    departments: ['SE', 'S'],
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
    [true, { recipient: ['self', 'colleagues'] as const }],
    [false, { recipient: 'third-party' as const }],
    [true, { department: 'S' }],
    [false, { department: ['SW', 'I'] }],
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
  const filed = preset === 'strict' ? [['information-department']] : [];
  const use: ApprovalFacts = {
    kind: 'use',
    sensitivity: 'personal',
    keyCustomer: false,
    ownership: 'own',
    records: 3,
    recipient: 'self',
    departments: [],
  };

  it('the department head approves a use request', () => {
    expect(chainFor(own, use)).toEqual([['department-head'], ...filed]);
  });

  it('leadership approves it too for a key customer or a sensitive attribute', () => {
    const chain = [['department-head'], ['leadership'], ...filed];
    expect(chainFor(own, { ...use, keyCustomer: true })).toEqual(chain);
    expect(chainFor(own, { ...use, sensitivity: 'sensitive' })).toEqual(chain);
  });

  it('the department head approves the change of a controlled attribute', () => {
    expect(chainFor(own, { ...use, kind: 'change', sensitivity: 'sensitive' })).toEqual([
      ['department-head'],
    ]);
  });

  it('leadership approves destruction', () => {
    expect(chainFor(own, { ...use, kind: 'destruction' })).toEqual([['leadership']]);
  });
});

it("under the preset strict, both superiors approve the use of somebody else's customers", () => {
  const { rules: own } = loadPolicy({ preset: 'strict' }).approvals;
  const foreign: ApprovalFacts = {
    kind: 'use',
    sensitivity: 'personal',
    keyCustomer: false,
    ownership: 'other',
    records: 1,
    recipient: 'self',
    departments: [],
  };
  expect(chainFor(own, foreign)).toEqual([
    ['superior'],
    ['department-head'],
    ['owner-superior'],
    ['information-department'],
  ]);
});
