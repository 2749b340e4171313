import fc from 'fast-check';
import { FACT_STATES, periodOf, standingOf, type Finding } from './facts';
import { createReservoir } from './reservoir';
import { wilson } from './wilson';

const found = (outcome: Finding['outcome'], on: string, id: number): Finding => ({
  outcome,
  on,
  id,
});

describe('a fact', () => {
  const TODAY = '2030-05-20';
  it.each<[string, Finding[], string, string | null]>([
    ['was never looked at', [], 'unverified', null],
    ['was confirmed lately', [found('confirmed', '2030-03-01', 1)], 'verified', '2030-06-01'],
    [
      'was confirmed three months ago to the day',
      [found('confirmed', '2030-02-20', 1)],
      'lapsed',
      null,
    ],
    [
      'was wrong',
      [found('confirmed', '2030-05-01', 1), found('wrong', '2030-05-02', 2)],
      'wrong',
      null,
    ],
    [
      'was wrong and is right by now',
      [found('wrong', '2030-05-01', 1), found('confirmed', '2030-05-01', 2)],
      'verified',
      '2030-08-01',
    ],
    ['could not be asked after', [found('unreachable', '2030-05-01', 1)], 'unreachable', null],
    [
      'could not be asked after, and was confirmed before',
      [found('confirmed', '2030-05-01', 1), found('unreachable', '2030-05-02', 2)],
      'verified',
      '2030-08-01',
    ],
    [
      'could not be asked after once the confirmation was over',
      [found('confirmed', '2030-01-01', 1), found('unreachable', '2030-05-02', 2)],
      'unreachable',
      null,
    ],
  ])('that %s stands as such', (_what, findings, state, until) => {
    expect(standingOf(findings, 3, TODAY)).toEqual({ state, until });
  });

  it('counts for good where the policy has no term', () => {
    expect(standingOf([found('confirmed', '2010-01-01', 1)], 0, TODAY).state).toBe('verified');
  });

  it('stands alike in whichever order its findings come', () => {
    const finding = fc.record({
      outcome: fc.constantFrom('confirmed' as const, 'wrong' as const, 'unreachable' as const),
      on: fc.constantFrom('2030-01-01', '2030-03-01', '2030-05-01'),
      id: fc.integer({ min: 1, max: 1000 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(finding, { selector: ({ id }) => id, maxLength: 6 }),
        (findings) => {
          const standing = standingOf(findings, 3, TODAY);
          expect(FACT_STATES).toContain(standing.state);
          expect(standingOf([...findings].reverse(), 3, TODAY)).toEqual(standing);
        }
      )
    );
  });
});

describe('a period', () => {
  it.each([
    ['2030-01-01', 3, '2030-01-01'],
    ['2030-03-31', 3, '2030-01-01'],
    ['2030-04-01', 3, '2030-04-01'],
    ['2030-12-31', 3, '2030-10-01'],
    ['2030-12-31', 1, '2030-12-01'],
    ['2030-12-31', 12, '2030-01-01'],
  ])('of %s, %d months long, begins on %s', (day, months, first) => {
    expect(periodOf(day, months)).toBe(first);
  });
});

describe('a share of a sample', () => {
  it('has the interval that the textbooks have', () => {
    const { low, high } = wilson(81, 263) ?? { low: 0, high: 0 };
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 0)).toBeNull();
    expect(wilson(0, 3)?.low).toBe(0);
    expect(wilson(3, 3)?.high).toBe(1);
  });

  it('lies in its interval, which narrows as the sample grows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(), (size, some) => {
        const hits = some % (size + 1);
        const one = wilson(hits, size);
        const ten = wilson(hits * 10, size * 10);
        if (!one || !ten) throw new Error('A sample says something.');
        expect(one.low).toBeLessThanOrEqual(one.share);
        expect(one.high).toBeGreaterThanOrEqual(one.share);
        expect(one.low).toBeGreaterThanOrEqual(0);
        expect(one.high).toBeLessThanOrEqual(1);
        expect(ten.high - ten.low).toBeLessThan(one.high - one.low);
      })
    );
  });
});

describe('a lot', () => {
  /** Mulberry32: the same numbers from the same seed. */
  const randomOf = (seed: number) => {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
  };

  it('is as likely for the first as for the last', () => {
    const counts = Array.from({ length: 20 }, () => 0);
    const random = randomOf(7);
    for (let round = 0; round < 4000; round += 1) {
      const reservoir = createReservoir<number>(8, random);
      counts.forEach((_count, item) => reservoir.offer(item));
      for (const item of reservoir.draw(5)) counts[item] = (counts[item] ?? 0) + 1;
    }
    // 1,000 expected of each; five standard deviations are about 137.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(137);
  });

  it('draws everybody where there are not enough, and nobody twice', () => {
    const reservoir = createReservoir<number>(8, randomOf(1));
    [1, 2, 3].forEach((item) => reservoir.offer(item));
    expect(reservoir.offered()).toBe(3);
    expect(reservoir.draw(5).sort()).toEqual([1, 2, 3]);
  });
});
