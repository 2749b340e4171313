import type { Core } from '@strapi/strapi';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import type { ApproverRole } from '../policy';

/** Who may fill a role for this requester: staff ids. The requester is never among them. */
export async function candidatesFor(
  strapi: Core.Strapi,
  role: ApproverRole,
  requester: StaffRef
): Promise<number[]> {
  const organisation = organisationOf(strapi);
  const people = async (): Promise<Array<StaffRef | null>> => {
    switch (role) {
      case 'superior':
        return [await organisation.superiorOf(requester)];
      case 'department-head':
        return [await organisation.departmentHeadFor(requester)];
      case 'leadership':
        return organisation.atLevel('leadership');
      case 'information-department':
        return organisation.inFunction('information');
      case 'legal':
        return organisation.inFunction('legal');
      default:
        return [];
    }
  };
  const found = (await people()).filter((p): p is StaffRef => p !== null && p.active);
  // At the top of a department tree there is no head above: leadership decides.
  const chosen =
    found.length === 0 && (role === 'department-head' || role === 'superior')
      ? await organisation.atLevel('leadership')
      : found;
  return chosen.map(({ id }) => id).filter((id) => id !== requester.id);
}
