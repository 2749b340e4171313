import { adminRoute, type Domain } from '../domain';
import { approvalsService } from './approvals';
import { approvalsController } from './controller';
import { registerApprovalModels } from './models';

/** Requests, steps, decisions. */
export const approvals: Domain = {
  name: 'approvals',
  services: { approvals: approvalsService },
  controllers: { approvals: approvalsController },
  adminRoutes: [
    adminRoute('GET', '/approvals', 'approvals.find', 'approvals.decide'),
    adminRoute('POST', '/approvals/:stepId/decide', 'approvals.decide', 'approvals.decide'),
  ],
  actions: [{ uid: 'approvals.decide', displayName: 'Decide requests', subCategory: 'approvals' }],
  register({ strapi }) {
    registerApprovalModels(strapi);
  },
};
