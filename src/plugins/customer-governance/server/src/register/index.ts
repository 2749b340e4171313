import { onRecordDeleted } from '../deleted-records';
import { adminRoute, type Domain } from '../domain';
import { jobsOf } from '../jobs/jobs';
import { CUSTOMER } from '../policy/attribute-path';
import { retentionOf } from '../retention/retention';
import { visitApiController, visitApiRoutes } from './content-api';
import { registerController } from './controller';
import { leadController } from './lead-controller';
import { registerRegisterModels } from './models';
import { registerOf, registerService } from './service';

const WRITE = 'register.write';
const READ = 'register.read';
const ASSIGN = 'register.assign';

/** The register of visits and calls, and whose the customers are that come of them [COL-11]. */
export const register: Domain = {
  name: 'register',
  services: { register: registerService },
  controllers: {
    register: registerController,
    leads: leadController,
    visit: visitApiController,
  },
  adminRoutes: [
    adminRoute('GET', '/register/visits', 'register.find', WRITE),
    adminRoute('POST', '/register/visits', 'register.create', WRITE),
    adminRoute('PUT', '/register/visits/:id', 'register.note', WRITE),
    adminRoute('POST', '/register/visits/:id/settle', 'register.settle', WRITE),
    adminRoute('POST', '/register/people', 'leads.people', WRITE),
    adminRoute('GET', '/register/options', 'leads.options', WRITE),
    adminRoute('GET', '/register/leads', 'leads.mine', WRITE),
    adminRoute('GET', '/register/pool', 'leads.pool', ASSIGN),
    adminRoute('POST', '/register/pool/hand-out', 'leads.handOut', ASSIGN),
    adminRoute('GET', '/register/disputes', 'leads.disputes', WRITE),
    adminRoute('POST', '/register/disputes', 'leads.raise', WRITE),
    adminRoute('POST', '/register/disputes/:reference/withdraw', 'leads.withdraw', WRITE),
  ],
  contentApiRoutes: visitApiRoutes,
  actions: [
    { uid: WRITE, displayName: 'Register visits and calls', subCategory: 'register' },
    { uid: READ, displayName: 'Read the register of the department', subCategory: 'register' },
    { uid: ASSIGN, displayName: 'Assign customers and hand out leads', subCategory: 'register' },
  ],

  register({ strapi }) {
    registerRegisterModels(strapi);
    registerOf(strapi).disputes.registerKind();
  },

  bootstrap({ strapi }) {
    retentionOf(strapi).onDestroyed((customers) => registerOf(strapi).forget(customers));
    // With a customer go its visits, its lead and the history of its owners.
    onRecordDeleted(strapi, [CUSTOMER], (_uid, customer) => registerOf(strapi).forget([customer]));
    jobsOf(strapi).register({
      name: 'register',
      cron: '30 2 * * *',
      run: (now) => registerOf(strapi).nightly(now),
    });
  },
};
