import fc from 'fast-check';
import {
  stagesOf,
  type ApprovalRule,
} from '../../src/plugins/customer-governance/server/src/policy';
import {
  COUNSEL,
  departmentCodeOf,
  FUNCTIONS,
  LEVELS,
  SIZE,
  staffNumberOf,
  type Attribute,
  type Company,
  type Recipient,
  type Rule,
  type Wish,
} from './company';

export const aPerson = fc.nat(SIZE.people - 1);
export const aDepartment = fc.nat(SIZE.departments - 1);
export const aRecord = fc.nat(SIZE.records - 1);
export const aPurpose = fc.nat(1);
export const anAttribute = fc.constantFrom<Attribute>('email', 'residentId');
const orNobody = <T>(found: fc.Arbitrary<T>) => fc.option(found, { freq: 4 });

/** Leadership decides where nobody else is there to: there are enough of them for most rules. */
export const aLevel = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...LEVELS) },
  { weight: 2, arbitrary: fc.constant('leadership' as const) }
);

export const aCompany: fc.Arbitrary<Company> = fc.record({
  people: fc.array(
    fc.record({
      level: aLevel,
      department: orNobody(aDepartment),
      superior: orNobody(aPerson),
      deputy: orNobody(aPerson),
      active: fc.constant(true),
      accessSuspended: fc.constant(false),
    }),
    { minLength: SIZE.people, maxLength: SIZE.people }
  ),
  departments: fc.array(
    fc.record({
      function: fc.constantFrom(...FUNCTIONS),
      // Circles too: nothing may run for ever.
      parent: orNobody(aDepartment),
      head: orNobody(aPerson),
    }),
    { minLength: SIZE.departments, maxLength: SIZE.departments }
  ),
  records: fc.array(fc.record({ owner: orNobody(aPerson), keyCustomer: fc.boolean() }), {
    minLength: SIZE.records,
    maxLength: SIZE.records,
  }),
});

const anApprover = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('superior', 'department-head', 'owner-superior') },
  { weight: 2, arbitrary: fc.constant('leadership') },
  { weight: 1, arbitrary: fc.constantFrom('legal', 'information-department', `role:${COUNSEL}`) },
  { weight: 1, arbitrary: aPerson.map((person) => `person:${staffNumberOf(person)}`) }
);

/** One to three approvers, some of them asked at the same time. */
const someSteps = (most: number): fc.Arbitrary<Rule['steps']> =>
  fc
    .tuple(
      fc.uniqueArray(anApprover, { minLength: 1, maxLength: most }),
      fc.array(fc.boolean(), { minLength: most, maxLength: most })
    )
    .map(([approvers, joins]) => {
      const groups: string[][] = [];
      for (const [index, approver] of approvers.entries()) {
        if (index > 0 && joins[index]) groups.at(-1)?.push(approver);
        else groups.push([approver]);
      }
      return groups.map((group) => (group.length === 1 ? (group[0] as string) : group));
    });

const aRecipient = fc.constantFrom<Recipient>('self', 'colleagues', 'third-party');

const aCondition: fc.Arbitrary<Omit<Rule['when'], 'kind'>> = fc.record(
  {
    sensitivity: fc.constantFrom('personal', 'sensitive'),
    keyCustomer: fc.boolean(),
    ownership: fc.constantFrom('own', 'other'),
    records: fc.record({ min: fc.integer({ min: 1, max: 3 }) }),
    recipient: aRecipient,
    department: aDepartment.map(departmentCodeOf),
  },
  { requiredKeys: [] }
);

/** Rules as a policy may have them: one without conditions, and none that contradicts another. */
export const someRules: fc.Arbitrary<Rule[]> = fc
  .tuple(
    someSteps(2),
    fc.array(fc.record({ when: aCondition, steps: someSteps(3) }), { maxLength: 3 })
  )
  .map(([steps, more]): Rule[] => [
    { code: 'all', when: { kind: 'use' }, steps },
    ...more.map((rule, index): Rule => ({
      code: `rule-${index}`,
      when: { kind: 'use', ...rule.when },
      steps: rule.steps,
    })),
  ])
  .filter((rules) => !stagesOf(rules as ApprovalRule[]).contradictory);

export const aWish: fc.Arbitrary<Wish> = fc.record({
  records: fc.uniqueArray(aRecord, { minLength: 1, maxLength: 3 }),
  attributes: fc.uniqueArray(anAttribute, { minLength: 1 }),
  purpose: aPurpose,
  termDays: fc.integer({ min: 1, max: 9 }),
  revealLimit: fc.option(fc.integer({ min: 1, max: 2 }), { freq: 2 }),
  recipient: aRecipient,
  draft: fc.integer({ max: 9, min: 0 }).map((n) => n === 0),
});
