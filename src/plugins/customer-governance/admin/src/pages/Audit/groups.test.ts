import { groupsIn, isWorkingHour, totalOf } from './groups';

describe('the pictures of the audit log', () => {
  it('show the groups that occur, in one order', () => {
    expect(groupsIn([{ requests: 1 }, { reading: 2, system: 0 }])).toEqual(['reading', 'requests']);
    expect(totalOf({ reading: 2, requests: 3 })).toBe(5);
  });

  it('mark the hours that are worked, also in part', () => {
    const spans: [string, string][] = [
      ['09:00', '12:00'],
      ['13:30', '18:00'],
    ];
    const worked = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) =>
      isWorkingHour(hour, spans)
    );
    expect(worked).toEqual([9, 10, 11, 13, 14, 15, 16, 17]);
  });
});
