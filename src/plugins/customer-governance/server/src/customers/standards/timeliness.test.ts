import { lastMonths } from './timeliness';

it('the last months are counted back over the turn of the year', () => {
  expect(lastMonths('2026-02-28', 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11']);
  expect(lastMonths('2026-03-31', 2)).toEqual(['2026-03', '2026-02']);
});
