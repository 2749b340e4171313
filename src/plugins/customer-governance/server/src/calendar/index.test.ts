import type { Core } from '@strapi/strapi';
import calendar from '.';
import { loadPolicy } from '../policy';

it('the service reckons by the calendar of the policy in force', () => {
  const policy = loadPolicy({ calendar: { extraHolidays: ['2026-03-05'] } });
  const strapi = {
    plugin: () => ({ service: () => ({ get: () => policy }) }),
  } as unknown as Core.Strapi;
  const service = calendar.services?.calendar({ strapi }) as ReturnType<
    typeof import('./calendar').workCalendar
  >;
  expect(service.isWorkingDay('2026-03-05')).toBe(false);
  expect(service.isWorkingDay('2026-03-06')).toBe(true);
});
