import { adminRoute, type Domain } from '../domain';
import { jobsOf } from '../jobs/jobs';
import { refuseForeignWrites } from '../managed-types';
import { notificationsOf } from '../notifications/notifications';
import auditFinding from './content-types/audit-finding/schema.json';
import internalAuditType from './content-types/internal-audit/schema.json';
import { internalAuditsController } from './controller';
import { FINDING, INTERNAL_AUDIT } from './models';
import { internalAuditsOf, internalAuditsService } from './service';

const READ = 'internal-audits.read';
const MANAGE = 'internal-audits.manage';
const AUDIT = '/internal-audits/:documentId';
const ONE_FINDING = '/audit-findings/:documentId';

/** Scheduled and special audits of how the handbook is kept, and what they found, tracked to its closure [PRO-3]. */
export const internalAudit: Domain = {
  name: 'internal-audit',
  contentTypes: {
    'internal-audit': { schema: internalAuditType },
    'audit-finding': { schema: auditFinding },
  },
  services: { 'internal-audits': internalAuditsService },
  controllers: { 'internal-audits': internalAuditsController },
  adminRoutes: [
    adminRoute('GET', '/internal-audits', 'internal-audits.find', READ),
    adminRoute('POST', '/internal-audits', 'internal-audits.plan', MANAGE),
    // Before the one with a documentId, for which the router would take it.
    adminRoute('GET', '/internal-audits/options', 'internal-audits.options', MANAGE),
    adminRoute('POST', '/internal-audits/people', 'internal-audits.findPeople', MANAGE),
    adminRoute('GET', AUDIT, 'internal-audits.findOne', READ),
    adminRoute('PUT', AUDIT, 'internal-audits.revise', MANAGE),
    adminRoute('POST', `${AUDIT}/team`, 'internal-audits.assignTeam', MANAGE),
    adminRoute('POST', `${AUDIT}/start`, 'internal-audits.start', MANAGE),
    adminRoute('POST', `${AUDIT}/report`, 'internal-audits.report', MANAGE),
    adminRoute('POST', `${AUDIT}/close`, 'internal-audits.close', MANAGE),
    adminRoute('POST', `${AUDIT}/cancel`, 'internal-audits.cancel', MANAGE),
    adminRoute('POST', `${AUDIT}/findings`, 'internal-audits.openFinding', MANAGE),
    // The person responsible reads and remediates their own finding, whatever their role: the service looks whose it is.
    adminRoute('GET', '/audit-findings/mine', 'internal-audits.findMine', null),
    adminRoute('GET', ONE_FINDING, 'internal-audits.findFinding', null),
    adminRoute('POST', `${ONE_FINDING}/remediate`, 'internal-audits.remediate', null),
    adminRoute('PUT', ONE_FINDING, 'internal-audits.assignFinding', MANAGE),
    adminRoute('POST', `${ONE_FINDING}/recheck`, 'internal-audits.recheck', MANAGE),
    adminRoute('POST', `${ONE_FINDING}/close`, 'internal-audits.closeFinding', MANAGE),
  ],
  actions: [
    { uid: READ, displayName: 'Read internal audits', subCategory: 'internal audits' },
    {
      uid: MANAGE,
      displayName: 'Plan and carry out internal audits',
      subCategory: 'internal audits',
    },
  ],

  bootstrap({ strapi }) {
    refuseForeignWrites(
      strapi,
      [INTERNAL_AUDIT, FINDING],
      'Internal audits and findings are made by planning, reporting, remediating and checking, not by writing rows.'
    );
    notificationsOf(strapi).countFindingsBy((person) =>
      internalAuditsOf(strapi).findings.countUnclosedOf(person)
    );
    jobsOf(strapi).register({
      name: 'internal-audits',
      cron: '20 7 * * *',
      run: (now) => internalAuditsOf(strapi).schedule.run(now),
    });
  },
};
