import fc from 'fast-check';
import { zoneOf } from '../calendar/zone';
import type { Sum } from './log';
import { daysOf, episodes, isLeaving, median, oddSpans, placeOf, standsOut } from './rules';

const MINUTE = 60_000;
const at = (time: number) => new Date(time);
const shanghai = zoneOf('Asia/Shanghai');
const HOURS = [
  ['09:00', '12:00'],
  ['13:00', '18:00'],
] as const;

describe('the median', () => {
  it.each([
    [[], 0],
    [[4], 4],
    [[9, 1, 2], 2],
    [[1, 2, 10, 4], 3],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('has at most half of the values on either side, in whichever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1 }), (values) => {
        const middle = median(values);
        const half = values.length / 2;
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(half);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(half);
        expect(median([...values].reverse())).toBe(middle);
      })
    );
  });
});

describe('an hour stands out', () => {
  const rule = { factor: 3, minimumPerHour: 12 };
  it.each([
    [12, 3, true],
    [12, 4, false],
    [13, 4, true],
    [11, 0, false],
    [12, 0, true],
  ])('%d records beside a median of %d: %s', (observed, usual, expected) => {
    expect(standsOut(rule, observed, usual)).toBe(expected);
  });
});

describe('odd hours', () => {
  it('are before the work and after it; a break is none', () => {
    const spans = oddSpans('2031-03-12', true, HOURS, shanghai);
    expect(spans.map((span) => span.map((time) => time.toISOString()))).toEqual([
      ['2031-03-11T16:00:00.000Z', '2031-03-12T01:00:00.000Z'],
      ['2031-03-12T10:00:00.000Z', '2031-03-12T16:00:00.000Z'],
    ]);
  });

  it('are the whole of a day off', () => {
    const [only, ...more] = oddSpans('2031-03-15', false, HOURS, shanghai);
    expect(more).toEqual([]);
    expect(only[1].getTime() - only[0].getTime()).toBe(24 * 60 * MINUTE);
  });

  it('are none where the work goes round the clock', () => {
    expect(oddSpans('2031-03-12', true, [['00:00', '24:00']], shanghai)).toEqual([]);
  });

  it('and hours of work make up the day, also where the clocks are changed', () => {
    const days = fc.integer({ min: 0, max: 3000 }).map((n) => {
      return new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
    });
    fc.assert(
      fc.property(days, fc.constantFrom('Asia/Shanghai', 'Europe/Berlin'), (day, name) => {
        const zone = zoneOf(name);
        const [[begin, end]] = oddSpans(day, false, [], zone);
        const spans = oddSpans(day, true, HOURS, zone);
        const odd = spans.reduce((sum, [from, to]) => sum + (to.getTime() - from.getTime()), 0);
        expect(end.getTime() - begin.getTime() - odd).toBe(9 * 60 * MINUTE);
        for (const [from, to] of spans) {
          expect(zone.dayAt(from)).toBe(day);
          expect(zone.dayAt(at(to.getTime() - 1))).toBe(day);
        }
      })
    );
  });
});

it('the days of moments are those of the zone, each once', () => {
  const moments = ['2031-03-11T15:59:00Z', '2031-03-11T16:00:00Z', '2031-03-12T08:00:00Z'];
  expect(
    daysOf(
      moments.map((moment) => new Date(moment)),
      shanghai
    )
  ).toEqual(['2031-03-11', '2031-03-12']);
});

it.each([
  ['2031-03-07', false],
  ['2031-03-08', true],
  ['2031-03-14', true],
  ['2031-06-01', true],
])(
  'of whoever leaves on 14 March, %s is within the last seven days or after: %s',
  (day, leaving) => {
    expect(isLeaving(day, '2031-03-14', 7)).toBe(leaving);
    expect(isLeaving(day, null, 7)).toBe(false);
  }
);

describe('episodes', () => {
  const hours = fc
    .array(fc.record({ who: fc.constantFrom('1', '2'), first: fc.nat(500), length: fc.nat(60) }))
    .map((all): Sum[] =>
      all
        .sort((a, b) => a.who.localeCompare(b.who) || a.first - b.first)
        .map(({ who, first, length }, n) => ({
          kind: 'admin',
          id: who,
          observed: n,
          first: at(first),
          last: at(first + length),
        }))
    );
  const spanOf = ({ first, last }: Sum) => [first.getTime(), last.getTime()] as const;

  it('hold every hour, do not overlap, and have the most of their hours', () => {
    fc.assert(
      fc.property(hours, (given) => {
        const found = episodes(given);
        for (const hour of given) {
          const holding = found.filter(
            (one) => one.id === hour.id && one.first <= hour.first && one.last >= hour.last
          );
          expect(holding).toHaveLength(1);
          expect(holding[0].observed).toBeGreaterThanOrEqual(hour.observed);
        }
        for (const [index, one] of found.entries()) {
          const next = found[index + 1];
          if (next?.id === one.id) expect(spanOf(one)[1]).toBeLessThan(spanOf(next)[0]);
        }
        expect(Math.max(-1, ...found.map(({ observed }) => observed))).toBe(given.length - 1);
      })
    );
  });

  it('stay as they are when they are put together again, and leave what they were made of alone', () => {
    fc.assert(
      fc.property(hours, (given) => {
        const before = JSON.stringify(given);
        const once = episodes(given);
        expect(episodes(once)).toEqual(once);
        expect(JSON.stringify(given)).toBe(before);
      })
    );
  });
});

describe('what is found', () => {
  const window = (from: number, to: number) => [at(from), at(to)] as const;
  const known = (closed: boolean, from: number, to: number) => ({
    closed,
    window: window(from, to),
  });

  it.each([
    ['nothing is known', [], null],
    ['the alert before ends where it begins', [known(false, 0, 10)], null],
    ['an alert reaches into it', [known(false, 0, 11)], 0],
    ['the second of two does', [known(false, 0, 10), known(false, 15, 30)], 1],
    ['a closed one was about it', [known(true, 10, 20)], undefined],
    ['a closed one was about what came before', [known(true, 0, 10)], null],
  ])('where %s: %s', (_words, alerts, place) => {
    expect(placeOf(alerts, window(10, 20))).toBe(place);
  });
});
