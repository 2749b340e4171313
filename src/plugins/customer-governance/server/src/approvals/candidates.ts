import type { Core } from '@strapi/strapi';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import type { Approver, ApproverRole } from '../policy';

/**
 * Who may fill a role: one list of staff ids for each step that the role asks for. All ask for one step; the owners'
 * superiors for as many as there are, each asked for the part of their own people. The requester is in none.
 */
export async function candidatesFor(
  strapi: Core.Strapi,
  role: Approver,
  { requester, owners = [] }: { requester: StaffRef; owners?: readonly number[] }
): Promise<number[][]> {
  const organisation = organisationOf(strapi);
  const ids = (people: ReadonlyArray<StaffRef | null>): number[] =>
    people.flatMap((p) => (p?.active && p.id !== requester.id ? p.id : []));
  // At the top of a tree there is nobody above: leadership decides.
  const orLeadership = async (found: number[]): Promise<number[]> =>
    found.length > 0 ? found : ids(await organisation.atLevel('leadership'));

  const [form, named] = namedIn(role);
  if (form === 'role') return [ids(await organisation.inPanelRole(named))];
  if (form === 'person') return [ids(await organisation.ofStaffNumber(named))];
  switch (role as ApproverRole) {
    case 'superior':
      return [await orLeadership(ids([await superiorBeyond(strapi, requester, requester)]))];
    case 'department-head':
      return [await orLeadership(ids([await organisation.departmentHeadFor(requester)]))];
    case 'owner-superior': {
      const people = await organisation.byIds(owners);
      const named = await organisation.namedSuperiors(owners);
      const above: number[][] = [];
      for (const owner of people.values()) {
        const direct = ids([named.get(owner.id) ?? null]);
        const found =
          direct.length > 0 ? direct : ids([await superiorBeyond(strapi, owner, requester)]);
        above.push(await orLeadership(found));
      }
      // Records that nobody owns are answered for by leadership.
      if (above.length === 0) above.push(await orLeadership([]));
      return [...new Map(above.map((each) => [each.join(), each])).values()];
    }
    case 'legal':
      return [ids(await organisation.inFunction('legal'))];
    case 'leadership':
      return [ids(await organisation.atLevel('leadership'))];
    case 'information-department':
      return [ids(await organisation.inFunction('information'))];
  }
}

/** `role:Legal counsel` in its two parts; `['', '']` for a place in the organisation. */
function namedIn(role: Approver): [string, string] {
  const colon = role.indexOf(':');
  return colon === -1 ? ['', ''] : [role.slice(0, colon), role.slice(colon + 1)];
}

/** The next one up who is not the requester: nobody is asked for their own request because others report to them. */
async function superiorBeyond(
  strapi: Core.Strapi,
  person: StaffRef,
  requester: StaffRef
): Promise<StaffRef | null> {
  const next = await organisationOf(strapi).superiorOf(person);
  return next?.id === requester.id ? organisationOf(strapi).superiorOf(requester) : next;
}
