import { byTeam } from './timeliness';

it('late entries stand in one row a team, each month in its place', () => {
  const east = { documentId: 'e', name: 'East' };
  const rows = byTeam({
    deadline: { hours: 24 },
    months: ['2026-03', '2026-02'],
    teams: [
      { department: east, month: '2026-03', entered: 5, late: 1 },
      { department: east, month: '2026-02', entered: 4, late: 0 },
      { department: null, month: '2026-03', entered: 1, late: 1 },
    ],
  });
  expect(rows.map(({ name, months }) => [name, [...months.keys()]])).toEqual([
    ['East', ['2026-03', '2026-02']],
    [null, ['2026-03']],
  ]);
  expect(rows[0]?.months.get('2026-03')).toEqual({ entered: 5, late: 1 });
});
