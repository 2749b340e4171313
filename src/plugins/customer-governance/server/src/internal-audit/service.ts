import type { Core } from '@strapi/strapi';
import { PLUGIN } from '../domain';
import { createAudits } from './audits';
import { createFindings } from './findings';
import { createSchedule } from './schedule';
import { createViews } from './views';

/** Internal audits: their plan, what they found, and what became of it. */
export function internalAuditsService({ strapi }: { strapi: Core.Strapi }) {
  const audits = createAudits(strapi);
  return {
    audits,
    findings: createFindings(strapi, { audits }),
    schedule: createSchedule(strapi, { audits }),
    views: createViews(strapi, { audits }),
  };
}

export type InternalAudits = ReturnType<typeof internalAuditsService>;

export const internalAuditsOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('internal-audits') as InternalAudits;
