import type { Domain } from '../domain';
import { coreApi, readApi } from '../http/core-api';
import { actorService } from './actor';
import department from './content-types/department/schema.json';
import staffProfile from './content-types/staff-profile/schema.json';
import { DEPARTMENT, organisationService, STAFF } from './organisation';

const departmentApi = coreApi(DEPARTMENT);
// Who a person is and who their superior is decides approvals: it is kept in the panel alone.
const staffApi = readApi(STAFF);

/** Departments, superiors and deputies; who is asking. */
export const organisation: Domain = {
  name: 'organisation',
  contentTypes: {
    department: { schema: department },
    'staff-profile': { schema: staffProfile },
  },
  services: {
    actor: actorService,
    organisation: organisationService,
    ...departmentApi.services,
    ...staffApi.services,
  },
  controllers: { ...departmentApi.controllers, ...staffApi.controllers },
  contentApiRoutes: [...departmentApi.contentApiRoutes, ...staffApi.contentApiRoutes],
};
