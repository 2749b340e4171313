import { timeLeft } from './timeLeft';

const START = '2030-03-01T08:00:00.000Z';
const END = '2030-03-08T08:00:00.000Z';

const at = (moment: string) => timeLeft(START, END, Date.parse(moment));

describe('the time that is left of a grant', () => {
  it.each([
    ['2030-03-01T08:00:00.000Z', { unit: 'days', days: 7, hours: 0, share: 1 }],
    ['2030-03-05T04:00:00.000Z', { unit: 'days', days: 3, hours: 4 }],
    ['2030-03-07T08:00:00.000Z', { unit: 'days', days: 1, hours: 0 }],
    ['2030-03-07T08:01:00.000Z', { unit: 'hours', hours: 23, minutes: 59 }],
    ['2030-03-08T07:30:00.000Z', { unit: 'minutes', minutes: 30 }],
    ['2030-03-08T07:59:59.000Z', { unit: 'minutes', minutes: 1 }],
    ['2030-03-08T08:00:00.000Z', { unit: 'over', share: 0 }],
    ['2031-01-01T00:00:00.000Z', { unit: 'over', share: 0 }],
  ])('is told at %s', (moment, expected) => {
    expect(at(moment)).toMatchObject(expected);
  });

  it('is never more than the whole, nor a share of nothing', () => {
    expect(at('2030-02-01T00:00:00.000Z').share).toBe(1);
    expect(timeLeft(START, START, Date.parse(START))).toMatchObject({ unit: 'over', share: 0 });
  });
});
