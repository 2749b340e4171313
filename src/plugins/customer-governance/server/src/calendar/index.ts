import type { Core } from '@strapi/strapi';
import { PLUGIN, type Domain } from '../domain';
import { policyOf } from '../policy';
import { workCalendar, type WorkCalendar } from './calendar';

export type { Deadline, Term, WorkCalendar, WorkingHours, WorkingTime } from './calendar';
export type { DayStatus } from './working-days';

export type CalendarService = WorkCalendar;

export const calendarOf = (strapi: Core.Strapi): CalendarService =>
  strapi.plugin(PLUGIN).service('calendar') as CalendarService;

/** Working days and deadlines by the policy's calendar. */
const calendar: Domain = {
  name: 'calendar',
  // Strapi makes a service when it is first asked for, and keeps it: by then the policy is read.
  services: {
    calendar: ({ strapi }): CalendarService => workCalendar(policyOf(strapi).get().calendar),
  },
};

export default calendar;
