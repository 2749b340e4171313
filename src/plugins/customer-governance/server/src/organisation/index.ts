import type { Domain } from '../domain';
import { actorService } from './actor';
import department from './content-types/department/schema.json';
import staffProfile from './content-types/staff-profile/schema.json';
import { organisationService } from './organisation';

/** Departments, superiors and deputies; who is asking. */
export const organisation: Domain = {
  name: 'organisation',
  contentTypes: {
    department: { schema: department },
    'staff-profile': { schema: staffProfile },
  },
  services: { actor: actorService, organisation: organisationService },
};
