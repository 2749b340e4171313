import fc from 'fast-check';
import { ATTRIBUTION_RULES, type AttributionRule } from '../policy';
import { departmentOfRegion, inWords, propose, type AttributionFacts } from './rules';

const NOTHING: AttributionFacts = {
  owner: null,
  first: null,
  region: null,
  registrar: null,
  turn: null,
};
const FACT_OF: Record<AttributionRule, keyof AttributionFacts> = {
  'existing-relation': 'owner',
  'first-registration': 'first',
  region: 'region',
  registrar: 'registrar',
  'hand-out': 'turn',
};

describe('whose a customer of the register is', () => {
  it('is said by the first rule that knows somebody, in whatever order and whoever is known', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...ATTRIBUTION_RULES]),
        fc.subarray([...ATTRIBUTION_RULES]),
        (rules, known) => {
          const facts = { ...NOTHING } as Record<string, unknown>;
          known.forEach((rule, at) => {
            facts[FACT_OF[rule]] = { staffId: at + 1, name: 'x', day: '2026-03-01', code: '31' };
          });
          const first = rules.find((rule) => known.includes(rule));
          const proposed = propose(rules, facts as unknown as AttributionFacts);
          expect(proposed?.rule).toBe(first);
          if (first) expect(proposed?.staffId).toBe(known.indexOf(first) + 1);
        }
      )
    );
  });

  it('is nobody where no rule knows anybody', () => {
    expect(propose([...ATTRIBUTION_RULES], NOTHING)).toBeNull();
  });

  it('names the day of the first registration', () => {
    const first = { staffId: 7, name: '李娜', day: '2026-03-01' };
    expect(propose(['first-registration'], { ...NOTHING, first })).toEqual({
      rule: 'first-registration',
      staffId: 7,
      by: '2026-03-01',
    });
  });
});

describe('the department of a region', () => {
  const regions = { '31': 'EAST', '3101': 'CITY', '44': 'SOUTH' };

  it('is that of the longest beginning', () => {
    expect(departmentOfRegion(regions, '310115')).toBe('CITY');
    expect(departmentOfRegion(regions, '310230')).toBe('EAST');
    expect(departmentOfRegion(regions, '319900')).toBe('EAST');
  });

  it('is none for a region of which the policy says nothing', () => {
    expect(departmentOfRegion(regions, '110000')).toBeNull();
    expect(departmentOfRegion(regions, null)).toBeNull();
  });
});

describe('the reason in words', () => {
  it.each([...ATTRIBUTION_RULES])('of %s names the person in both languages', (rule) => {
    const words = inWords({ rule, by: '2026-03-01' }, '李娜', 30);
    expect(words.en).toContain('李娜');
    expect(words.zh).toContain('李娜');
    expect(words.zh).toMatch(/[\u4e00-\u9fff]/);
  });
});
