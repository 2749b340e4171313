import fc from 'fast-check';
import { digestOf, loadPolicy } from './load';
import { PolicyError } from './policy-error';

function problemsOf(config: unknown): readonly string[] {
  try {
    loadPolicy(config);
  } catch (error) {
    if (error instanceof PolicyError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

describe('the presets', () => {
  it('process is taken when the project names none', () => {
    expect(loadPolicy(undefined).preset).toBe('process');
    expect(loadPolicy({}).digest).toBe(loadPolicy({ preset: 'process' }).digest);
  });

  it.each(['strict', 'process'])('%s is a policy that can be used as it stands', (preset) => {
    expect(problemsOf({ preset })).toEqual([]);
  });

  it('carry the figures of their handbooks', () => {
    const strict = loadPolicy({ preset: 'strict' });
    const process = loadPolicy({ preset: 'process' });
    expect(strict.collection.entryDeadline).toEqual({ hours: 24 });
    expect(process.collection.entryDeadline).toEqual({ workingHours: 8 });
    expect(strict.access.exportThreshold).toBe(50);
    expect(process.access.exportThreshold).toBe(20);
    for (const { collection, audit } of [strict, process]) {
      expect(collection.guardianUnderAge).toBe(14);
      expect(collection.sensitiveConsent).toBe('separate');
      expect(collection.barredSources).toEqual(['bought', 'swapped', 'unknown']);
      expect(collection.required.company).toHaveLength(5);
      expect(audit.keepMonths).toBeGreaterThanOrEqual(12);
    }
  });

  it.each(['strict', 'process'])(
    'every purpose of %s justifies what every file must have, so that its plan can be carried out',
    (preset) => {
      const { purposes, collection } = loadPolicy({ preset });
      const asked = [...collection.required.person, ...collection.required.company]
        .filter((attribute) => attribute !== 'source') // where it came from, not what it is
        .map((attribute) => `customer.${attribute}`);
      for (const purpose of purposes) {
        expect(purpose.attributes).toEqual(expect.arrayContaining(asked));
      }
    }
  );
});

describe("the project's values over a preset's", () => {
  it('change single figures and leave the rest', () => {
    const { access } = loadPolicy({ access: { exportThreshold: 5 } });
    expect(access.exportThreshold).toBe(5);
    expect(access.maxTermDays).toBe(90);
  });

  it('add a type to the classification', () => {
    const { classification } = loadPolicy({
      classification: { 'api::lead.lead': { topic: 'business-background/internal' } },
    });
    expect(classification['api::lead.lead'].topic).toBe('business-background/internal');
    expect(classification['plugin::customer-governance.customer'].kind).toBe('identity/internal');
  });

  it('replace lists', () => {
    const { access } = loadPolicy({ access: { ambient: ['customer.name'] } });
    expect(access.ambient).toEqual(['customer.name']);
  });

  it('change a purpose of the same code field by field, and add one of a new code', () => {
    const { purposes } = loadPolicy({
      purposes: [
        { code: 'marketing', attributes: ['customer.name'] },
        {
          code: 'surveys',
          name: 'Surveys',
          description: 'To ask how we did.',
          legalBasis: 'consent',
          attributes: ['customer.email'],
        },
      ],
    });
    const marketing = purposes.find(({ code }) => code === 'marketing');
    expect(marketing?.attributes).toEqual(['customer.name']);
    expect(marketing?.name).toEqual({ en: 'Marketing', zh: '市场营销' });
    expect(purposes.map(({ code }) => code)).toContain('surveys');
  });

  it('replace the condition of an approval rule as a whole', () => {
    const { approvals } = loadPolicy({
      approvals: { rules: [{ code: 'use-sensitive', when: { kind: 'use', keyCustomer: false } }] },
    });
    const rule = approvals.rules.find(({ code }) => code === 'use-sensitive');
    expect(rule?.when).toEqual({ kind: 'use', keyCustomer: false });
    expect(rule?.steps).toEqual(['leadership']);
  });

  it('replace the entry deadline as a whole, whichever unit the preset has', () => {
    const { collection } = loadPolicy({
      preset: 'strict',
      collection: { entryDeadline: { workingHours: 4 } },
    });
    expect(collection.entryDeadline).toEqual({ workingHours: 4 });
  });

  it('take an entry away that is marked as omitted', () => {
    const { retention } = loadPolicy({
      retention: { rules: [{ code: 'silent-key', omit: true }] },
    });
    expect(retention.rules.map(({ code }) => code)).not.toContain('silent-key');
  });

  it('do not count where the environment left them undefined', () => {
    const own = {
      version: undefined,
      access: { maxTermDays: undefined },
      purposes: [{ code: 'marketing', name: undefined }],
    };
    expect(loadPolicy(own).digest).toBe(loadPolicy({}).digest);
  });
});

describe('a policy that cannot be used', () => {
  it.each<[string, unknown, string]>([
    ['an unknown preset', { preset: 'loose' }, 'preset: must be one of [strict, process]'],
    ['an unknown key', { retentoin: {} }, 'retentoin: is not a setting of the policy'],
    [
      'an unknown key within a chapter',
      { access: { exportTreshold: 3 } },
      'access.exportTreshold: is not a setting of the policy',
    ],
    [
      'a level of visibility that there is not',
      { access: { apiVisibility: { roles: { authenticated: 'everything' } } } },
      'access.apiVisibility.roles.authenticated: must be one of [none, own, team, department, all]',
    ],
    [
      'a level for tokens, which have no customers of their own',
      { access: { apiVisibility: { tokens: 'own' } } },
      'access.apiVisibility.tokens: must be one of [all, none]',
    ],
    [
      'a figure as a text',
      { access: { maxTermDays: '30' } },
      'access.maxTermDays: must be a number',
    ],
    [
      'a proposed term over the longest',
      { access: { maxTermDays: 10, defaultTermDays: 11 } },
      'access: has a defaultTermDays that is longer than its maxTermDays',
    ],
    [
      'a log kept for less than a year',
      { audit: { keepMonths: 11 } },
      'audit.keepMonths: must be at least 12: the law wants a year of the log',
    ],
    [
      'a purpose without a legal basis',
      { purposes: [{ code: 'x', name: 'X', description: 'X.', attributes: ['customer.name'] }] },
      'purposes[x].legalBasis: is missing',
    ],
    [
      'two purposes of one code',
      { purposes: [{ code: 'marketing' }, { code: 'marketing' }] },
      'purposes[marketing]: has the code of an earlier entry of the list',
    ],
    [
      'the omission of what is not there',
      { purposes: [{ code: 'ghost', omit: true }] },
      'purposes[ghost]: is omitted, but the preset has no such entry',
    ],
    [
      'an approval by nobody',
      { approvals: { rules: [{ code: 'use', steps: [] }] } },
      'approvals.rules[use].steps: must contain at least 1 items',
    ],
    [
      'an alert at the first change',
      { changes: { alert: { changes: 1 } } },
      'changes.alert.changes: must be greater than or equal to 2',
    ],
    [
      'a controlled attribute that is none',
      { changes: { controlled: ['mobile'] } },
      "changes.controlled[0]: must be an attribute: 'customer.mobile', or with the full uid 'api::lead.lead.mobile'",
    ],
    [
      'a retention rule without a period',
      {
        retention: {
          rules: [{ code: 'x', category: 'all', event: 'created', customerClass: 'all' }],
        },
      },
      'retention.rules[x]: must have atMostMonths, atLeastMonths or both',
    ],
    [
      'two units in one deadline',
      { collection: { entryDeadline: { hours: 1, workingHours: 1 } } },
      'collection.entryDeadline: must have one of hours and workingHours, not both',
    ],
    [
      'a cron expression that never comes',
      { retention: { proposalCron: '0 25 * * *' } },
      'retention.proposalCron: has an impossible hour: 25',
    ],
    [
      'a time zone that does not exist',
      { calendar: { timezone: 'Asia/Atlantis' } },
      "calendar.timezone: must be the IANA name of a time zone, such as 'Asia/Shanghai'",
    ],
    [
      'a day that does not exist',
      { calendar: { extraHolidays: ['2026-02-30'] } },
      "calendar.extraHolidays[0]: must be a day of the calendar, such as '2026-02-14'",
    ],
    [
      'working hours that end before they begin',
      { calendar: { workingHours: [['18:00', '09:00']] } },
      'calendar.workingHours: must be spans that end after they begin, in order, none within another',
    ],
    [
      'a day both free and worked',
      { calendar: { extraHolidays: ['2026-03-05'], extraWorkingDays: ['2026-03-05'] } },
      'calendar: has 2026-03-05 both in extraHolidays and in extraWorkingDays',
    ],
    [
      'a level that does not exist',
      { classification: { 'api::lead.lead': { topic: 'contact/secret' } } },
      "classification['api::lead.lead'].topic: must be 'category/level', the category one of " +
        'identity, contact, business-background, transactions, interactions, derived, ' +
        'the level one of public, internal, personal, sensitive',
    ],
    ['something that is no object', 'strict', 'policy: must be an object'],
  ])('%s is named with its path and reason', (_what, config, problem) => {
    expect(problemsOf(config)).toEqual([problem]);
  });

  it('is refused with all of its problems at once, in the message too', () => {
    const load = (): unknown =>
      loadPolicy({ preset: 'loose', audit: { keepMonths: 1 }, keys: { rotateAfterDays: 0 } });
    expect(load).toThrow(/preset: .*\n.*audit\.keepMonths: .*\n.*keys\.rotateAfterDays: /);
  });

  it('never passes for anything but a policy, whatever is put in place of a chapter', () => {
    const chapter = fc.constantFrom(
      ...Object.keys(loadPolicy({})).filter((key) => key !== 'digest')
    );
    const junk = fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.constant([['x']]));
    fc.assert(
      fc.property(chapter, junk, (key, value) => {
        expect(problemsOf({ [key]: value })).not.toEqual([]);
      })
    );
  });
});

describe('the digest', () => {
  it('changes with any figure', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), (a, b) => {
        const digest = (days: number): string =>
          loadPolicy({ keys: { rotateAfterDays: days } }).digest;
        expect(digest(a) === digest(b)).toBe(a === b);
      })
    );
  });

  it('does not hang on the order in which keys are written', () => {
    expect(digestOf({ a: 1, b: { c: [2, 3], d: 4 } })).toBe(
      digestOf({ b: { d: 4, c: [2, 3] }, a: 1 })
    );
    expect(digestOf({ a: [2, 3] })).not.toBe(digestOf({ a: [3, 2] }));
  });
});

it('a loaded policy cannot be changed, and leaves the configuration as it was', () => {
  const config = { purposes: [{ code: 'marketing', attributes: ['customer.name'] }] };
  const policy = loadPolicy(config);
  expect(() => (policy.purposes as unknown[]).push(1)).toThrow('not extensible');
  expect(() => Object.assign(policy.access, { maxTermDays: 1 })).toThrow('read only');
  expect(Object.isFrozen(config.purposes[0].attributes)).toBe(false);
});
