import { adminRoute, type Domain } from '../domain';
import { jobsOf } from '../jobs/jobs';
import { notificationsOf } from '../notifications/notifications';
import { approvalsOf, approvalsService } from './approvals';
import { approvalApiController, approvalApiRoutes } from './content-api';
import { approvalsController } from './controller';
import { refuseForeignWrites } from '../managed-types';
import { CANDIDATES, PARTICIPANTS, registerApprovalModels, STEPS } from './models';

/** Requests, steps, decisions. */
export const approvals: Domain = {
  name: 'approvals',
  services: { approvals: approvalsService },
  controllers: { approvals: approvalsController, approval: approvalApiController },
  contentApiRoutes: approvalApiRoutes,
  adminRoutes: [
    adminRoute('GET', '/approvals', 'approvals.find', 'approvals.decide'),
    adminRoute('GET', '/approvals/kinds', 'approvals.kinds', 'approvals.decide'),
    adminRoute('POST', '/approvals/decide', 'approvals.decideMany', 'approvals.decide'),
    adminRoute('POST', '/approvals/:stepId/decide', 'approvals.decide', 'approvals.decide'),
  ],
  actions: [{ uid: 'approvals.decide', displayName: 'Decide requests', subCategory: 'approvals' }],
  register({ strapi }) {
    registerApprovalModels(strapi);
  },
  bootstrap({ strapi }) {
    refuseForeignWrites(
      strapi,
      [STEPS, CANDIDATES, PARTICIPANTS],
      'Steps of requests are opened and decided by the approvals alone, not by writing rows.'
    );
    notificationsOf(strapi).countWaitingBy((person) => approvalsOf(strapi).waitingFor(person));
    jobsOf(strapi).register({
      name: 'approval-deadlines',
      cron: '*/10 * * * *',
      run: async (now) => {
        await approvalsOf(strapi).remind(now);
        await approvalsOf(strapi).enforceDeadlines(now);
      },
    });
  },
};
