import type { Core } from '@strapi/strapi';
import { PLUGIN } from '../domain';
import { organisationInRequest } from '../organisation/in-request';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { policyOf } from '../policy';
import { ATTACHMENT, CONTACT, CUSTOMER, resolveType } from '../policy/attribute-path';

type Filter = Record<string, unknown>;

/** Where the types that tell of a customer keep it. Holds are left out: they cover whom they cover, filed or not. */
const PATHS: Readonly<Record<string, string>> = {
  [CUSTOMER]: '',
  [CONTACT]: 'customer.',
  [ATTACHMENT]: 'customer.',
  [resolveType('consent')]: 'customer.',
};
const EXPLORER = 'plugin::content-manager.explorer.';
/** What of the panel is use; entering a new one is not. */
const USES = new Set([
  `${EXPLORER}read`,
  `${EXPLORER}update`,
  `${EXPLORER}delete`,
  `plugin::${PLUGIN}.reveal`,
]);
const REVIEW = `plugin::${PLUGIN}.filing.review`;
const SUPER_ADMIN = 'strapi-super-admin';

/** Whether customers that are not filed are for their team alone [COL-9]. */
export const isLimited = (strapi: Core.Strapi): boolean => {
  const { required, unfiledUse } = policyOf(strapi).get().filing;
  return required && unfiledUse === 'team';
};

/**
 * Customers whose use is open to a person: filed ones, and of the others those that they or their people own or entered,
 * and those of the department that they are in themselves. `null` stands for somebody of no team.
 */
export async function openToTeam(strapi: Core.Strapi, staff: StaffRef | null): Promise<Filter> {
  const filed = { filingState: 'filed' };
  if (!staff?.active) return filed;
  const { query } = await organisationOf(strapi).subordinates(staff.id);
  const other = await organisationOf(strapi).subordinates(staff.id);
  return {
    $or: [
      filed,
      { owner: { id: { $in: query } } },
      { enteredBy: { id: { $in: other.query } } },
      ...(staff.departmentId === null ? [] : [{ department: { id: staff.departmentId } }]),
    ],
  };
}

/** A sight by the content API, as far as customers that are not filed are in it. */
export async function withinTeam(
  strapi: Core.Strapi,
  sight: Filter | null,
  staff: StaffRef | null
): Promise<Filter | null> {
  if (sight === null || !isLimited(strapi)) return sight;
  const open = await openToTeam(strapi, staff);
  return Object.keys(sight).length === 0 ? open : { $and: [sight, open] };
}

interface Registering {
  id?: number;
  roles?: Array<{ code?: string }>;
  permission: { action: string; subject?: string | null };
  condition: { and(condition: object): void };
}

type Handler = (context: Registering) => Promise<void>;

/**
 * The same in the panel, as a condition of every permission to use customers and what hangs on them: so it holds in lists,
 * forms, relation pickers, reveals and requests alike. Reviewers see what is in review besides; super admins, who set
 * the application up, see all that their role lets them.
 */
export function limitPanel(strapi: Core.Strapi): void {
  const limit: Handler = async ({ id, roles, permission, condition }) => {
    const { action, subject } = permission;
    if (!subject || !Object.hasOwn(PATHS, subject) || !USES.has(action)) return;
    if (!isLimited(strapi) || id === undefined) return;
    if (roles?.some(({ code }) => code === SUPER_ADMIN)) return;
    condition.and({ $or: await openInPanel(strapi, id, PATHS[subject] ?? '') });
  };
  hookOf(strapi).register(limit);
  handlers.set(strapi, limit);
}

/** Strapi has one engine of permissions a process, which outlives an application that ends. */
export function unlimitPanel(strapi: Core.Strapi): void {
  const limit = handlers.get(strapi);
  if (limit) hookOf(strapi).delete(limit);
}

const handlers = new WeakMap<Core.Strapi, Handler>();

interface Hook {
  register(handler: Handler): unknown;
  delete(handler: Handler): unknown;
}

function hookOf(strapi: Core.Strapi): Hook {
  const { engine } = strapi.service('admin::permission') as {
    engine: { hooks: Record<string, Hook> };
  };
  const hook = engine.hooks['before-register.permission'];
  if (!hook) throw new Error("Strapi's permission engine has no hook before-register any more.");
  return hook;
}

async function openInPanel(strapi: Core.Strapi, user: number, path: string): Promise<Filter[]> {
  const organisation = organisationInRequest(strapi);
  const staff = await organisation.staffOfUser(user);
  const states = (await mayReview(strapi, user)) ? ['filed', 'in-review'] : ['filed'];
  const open: Filter[] = [{ [`${path}filingState`]: { $in: states } }];
  if (!staff?.active) return open;
  const team = await organisation.subordinateIds(staff.id);
  open.push({ [`${path}owner.id`]: { $in: team } }, { [`${path}enteredBy.id`]: { $in: team } });
  if (staff.departmentId !== null) {
    open.push({ [`${path}department.id`]: { $in: [staff.departmentId] } });
  }
  return open;
}

const reviewers = new WeakMap<object, Promise<boolean>>();

/** Asked once in a request, as a role has a dozen permissions on these types. */
function mayReview(strapi: Core.Strapi, user: number): Promise<boolean> {
  const request = strapi.requestContext.get() as object | undefined;
  const known = request && reviewers.get(request);
  if (known) return known;
  const answer = strapi.db
    .query('admin::permission')
    .count({ where: { action: REVIEW, role: { users: { id: user } } } })
    .then((count) => count > 0);
  if (request) reviewers.set(request, answer);
  return answer;
}
