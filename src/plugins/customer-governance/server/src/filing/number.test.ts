import fc from 'fast-check';
import { loadPolicy } from '../policy/load';
import type { FilingNumberPart, FilingNumberRule } from '../policy';
import { filingNumber, missingForNumber, numberPattern, scopeOf, type NumberFacts } from './number';

const facts = (over: Partial<NumberFacts> = {}): NumberFacts => ({
  region: null,
  industry: null,
  keyCustomer: false,
  ...over,
});
const preset = (name: string) => loadPolicy({ preset: name }).filing.number;
const problems = (number: unknown) => {
  try {
    loadPolicy({ filing: { number } });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

it('is a prefix, the year and a sequence under the preset process', () => {
  expect(filingNumber(preset('process'), facts(), 2026, 42)).toBe('KH-2026-00042');
  expect(numberPattern(preset('process'), facts(), 2026)).toBe('KH-2026-#####');
});

it('tells prefecture and class under the preset strict', () => {
  const rule = preset('strict');
  const key = facts({ region: '310115', keyCustomer: true });
  expect(filingNumber(rule, key, 2026, 7)).toBe('KH-3101-K-2026-00007');
  expect(filingNumber(rule, facts(), 2026, 8)).toBe('KH-0000-P-2026-00008');
});

it('grows beyond its digits instead of beginning anew', () => {
  expect(filingNumber(preset('process'), facts(), 2026, 123_456)).toBe('KH-2026-123456');
});

it('asks for the region and the industry where the rule has nothing else for them', () => {
  const rule: FilingNumberRule = {
    parts: [
      { kind: 'region', digits: 6 },
      { kind: 'industry', codes: { 农业: 'A' } },
      { kind: 'sequence', digits: 3, restart: 'never' },
    ],
    separator: '',
  };
  expect(missingForNumber(rule, facts()).map(({ attribute }) => attribute)).toEqual([
    'region',
    'industry',
  ]);
  expect(numberPattern(rule, facts(), 2026)).toBe('???????###');
  const complete = facts({ region: '310115', industry: '农业' });
  expect(missingForNumber(rule, complete)).toEqual([]);
  expect(filingNumber(rule, complete, 2026, 1)).toBe('310115A001');
});

it.each([
  ['no sequence', { parts: [{ kind: 'text', text: 'A' }], separator: '' }, /exactly one part/],
  [
    'two sequences',
    {
      parts: [
        { kind: 'sequence', digits: 3, restart: 'never' },
        { kind: 'sequence', digits: 3, restart: 'never' },
      ],
      separator: '-',
    },
    /exactly one part/,
  ],
  [
    'a sequence of each year without the year',
    { parts: [{ kind: 'sequence', digits: 3, restart: 'year' }], separator: '' },
    /part of the kind year/,
  ],
  [
    'codes of different lengths',
    {
      parts: [
        { kind: 'class', key: 'K', ordinary: 'K1' },
        { kind: 'sequence', digits: 3, restart: 'never' },
      ],
      separator: '',
    },
    /not of one length/,
  ],
  [
    'a text with the separator in it',
    {
      parts: [
        { kind: 'text', text: 'A-B' },
        { kind: 'sequence', digits: 3, restart: 'never' },
      ],
      separator: '-',
    },
    /letters and digits/,
  ],
  ['an unknown part', { parts: [{ kind: 'moon' }], separator: '' }, /must be one of/],
])('a rule with %s is refused', (_what, number, message) => {
  expect(problems(number)).toMatch(message);
});

const sign = (length: number) => fc.stringMatching(new RegExp(`^[A-Z0-9]{${length}}$`));
const part: fc.Arbitrary<FilingNumberPart> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: sign(3) }),
  fc.record({
    kind: fc.constant('region' as const),
    digits: fc.constantFrom(2 as const),
    otherwise: sign(2),
  }),
  fc.record({ kind: fc.constant('class' as const), key: sign(1), ordinary: sign(1) }),
  fc.record({
    kind: fc.constant('industry' as const),
    codes: fc.record({ 农业: sign(2), 金融业: sign(2) }),
    otherwise: sign(2),
  })
);
/** Any rule that the policy accepts. */
const rule: fc.Arbitrary<FilingNumberRule> = fc
  .record({
    others: fc.array(part, { maxLength: 4 }),
    digits: fc.integer({ min: 1, max: 6 }),
    restart: fc.constantFrom('never' as const, 'year' as const),
    separator: fc.constantFrom('' as const, '-' as const, '/' as const),
    order: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
  })
  .map(({ others, digits, restart, separator, order }) => {
    const all: FilingNumberPart[] = [
      ...others,
      { kind: 'year', digits: 4 },
      { kind: 'sequence', digits, restart },
    ];
    const parts = all
      .map((one, index) => ({ one, rank: order[index] ?? 0 }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ one }) => one);
    return { parts, separator };
  });
const filing = fc.record({
  facts: fc.record({
    region: fc.constantFrom(null, '310115', '110101', 'x'),
    industry: fc.constantFrom(null, '农业', '金融业', '其他'),
    keyCustomer: fc.boolean(),
  }),
  year: fc.integer({ min: 2020, max: 2099 }),
  sequence: fc.integer({ min: 1, max: 2_000_000 }),
});

describe('under any rule that the policy accepts', () => {
  it('is one that these tests make', () => {
    fc.assert(
      fc.property(rule, (number) => {
        expect(problems(number)).toBeNull();
      }),
      { numRuns: 20 }
    );
  });

  it('two filings of which scope or place in the sequence differ never share a number', () => {
    fc.assert(
      fc.property(rule, filing, filing, (number, one, other) => {
        const same =
          scopeOf(number, one.year) === scopeOf(number, other.year) &&
          one.sequence === other.sequence;
        fc.pre(!same);
        expect(filingNumber(number, one.facts, one.year, one.sequence)).not.toBe(
          filingNumber(number, other.facts, other.year, other.sequence)
        );
      }),
      { numRuns: 500 }
    );
  });

  it('a number is one line of letters, digits and separators that fits its column', () => {
    fc.assert(
      fc.property(rule, filing, (number, one) => {
        const text = filingNumber(number, one.facts, one.year, one.sequence);
        expect(text).toMatch(/^[A-Z0-9][A-Z0-9/-]{0,59}$/);
      })
    );
  });
});
