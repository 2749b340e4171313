import type { Core } from '@strapi/strapi';
import { organisationOf, type StaffRef } from './organisation';

/** What of the organisation is asked several times in one request. */
export interface Organisation {
  staffOfUser(userId: number): Promise<StaffRef | null>;
  subordinateIds(staffId: number): Promise<number[]>;
  departmentTreeIds(departmentId: number): Promise<number[]>;
}

const organisations = new WeakMap<object, Organisation>();

/**
 * The organisation as one request sees it. Strapi asks a condition once for every permission that it stands on, so a role
 * with a dozen of them would ask the same of the database a dozen times.
 */
export function organisationInRequest(strapi: Core.Strapi): Organisation {
  const request = strapi.requestContext.get() as object | undefined;
  const known = request && organisations.get(request);
  if (known) return known;
  const service = organisationOf(strapi);
  const fresh: Organisation = {
    staffOfUser: remembering((id) => service.staffOfUser(id)),
    subordinateIds: remembering((id) => service.subordinateIds(id)),
    departmentTreeIds: remembering((id) => service.departmentTreeIds(id)),
  };
  if (request) organisations.set(request, fresh);
  return fresh;
}

function remembering<T>(ask: (id: number) => Promise<T>): (id: number) => Promise<T> {
  const answers = new Map<number, Promise<T>>();
  return (id) => {
    const answer = answers.get(id) ?? ask(id);
    answers.set(id, answer);
    return answer;
  };
}
