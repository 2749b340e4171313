import type { Domain } from '../domain';
import { coreApi, readApi } from '../http/core-api';
import { guardAccounts } from './accounts';
import { ABSENCE, absencesOf, absencesService } from './absences';
import { actorService } from './actor';
import absence from './content-types/absence/schema.json';
import department from './content-types/department/schema.json';
import staffAccount from './content-types/staff-account/schema.json';
import staffProfile from './content-types/staff-profile/schema.json';
import { DEPARTMENT, organisationService, STAFF } from './organisation';
import { refuseOwnParts } from './own-part';

const departmentApi = coreApi(DEPARTMENT);
// Who a person is and who their superior is decides approvals: it is kept in the panel alone.
const staffApi = readApi(STAFF);
const absenceApi = readApi(ABSENCE);

/** Departments, superiors, deputies and absences; who is asking. */
export const organisation: Domain = {
  name: 'organisation',
  contentTypes: {
    department: { schema: department },
    'staff-profile': { schema: staffProfile },
    'staff-account': { schema: staffAccount },
    absence: { schema: absence },
  },
  services: {
    actor: actorService,
    organisation: organisationService,
    absences: absencesService,
    ...departmentApi.services,
    ...staffApi.services,
    ...absenceApi.services,
  },
  controllers: {
    ...departmentApi.controllers,
    ...staffApi.controllers,
    ...absenceApi.controllers,
  },
  contentApiRoutes: [
    ...departmentApi.contentApiRoutes,
    ...staffApi.contentApiRoutes,
    ...absenceApi.contentApiRoutes,
  ],

  bootstrap({ strapi }) {
    absencesOf(strapi).guard();
    guardAccounts(strapi);
    refuseOwnParts(strapi);
  },
};
