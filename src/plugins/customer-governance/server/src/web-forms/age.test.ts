import { isUnderAge } from './age';

const TODAY = '2026-03-01';

describe('a visitor under age', () => {
  it.each([
    ['on the day before the birthday', { birthDate: '2012-03-02' }, true],
    ['no more on the birthday', { birthDate: '2012-03-01' }, false],
    ['by the digits of a resident ID', { residentId: '110105201501011239' }, true],
    ['not when nothing tells', { name: '王小明' }, false],
    ['not by what is no day at all', { birthDate: 'yesterday' }, false],
  ])('is one %s', (_what, fields, under) => {
    expect(isUnderAge(fields, 14, TODAY)).toBe(under);
  });
});
