import { governedTypes } from './canaries';
import { bodiesFor } from './bodies';
import type { Caller } from './callers';
import { inParallel, type Client } from './http';
import type { Report } from './report';
import { channelOf, listRoutes, targetsOf, type Fill, type Route, type Target } from './routes';
import type { World } from './world';

/** Callers besides the super admin who send every body to a route of governance. */
const ALL_BODIES_BY = 2;

/** What ends the caller's own session comes last of all, what removes records before it. */
const RANKS: RegExp[] = [
  /^(POST|PUT|PATCH) (?!.*(delete|logout|sessions|password|publish|discard|execute))/,
  /publish|discard|execute/i,
  /^DELETE (?!.*sessions)|batch-delete|bulk-?delete/i,
  /./,
];
const rankOf = ({ method, template }: Target): number =>
  RANKS.findIndex((pattern) => pattern.test(`${method} ${template}`));

/** Calls every route that writes, as everybody, with bodies that could make the server repeat them. */
export async function sweepWrites(
  world: World,
  callers: Caller[],
  client: Client,
  report: Report,
  all: Route[] = listRoutes(world.strapi)
): Promise<void> {
  const routes = all.filter(({ method }) => method !== 'GET');
  const thorough = thoroughness(world);
  for (const caller of callers) {
    const fill = await throwawayData(world, caller);
    const targets = routes
      .flatMap((route) => targetsOf(world, route, fill))
      // The admin token stands for another way to sign in, not for other routes.
      .filter((target) => caller.kind !== 'admin-token' || concernsCustomers(world, target));
    for (const target of targets) report.expect(channelOf(target), caller.name);
    for (const rank of RANKS.keys()) {
      await inParallel(
        targets.filter((target) => rankOf(target) === rank),
        (target) => write(world, caller, target, client, thorough)
      );
    }
  }
}

async function write(
  world: World,
  caller: Caller,
  target: Target,
  client: Client,
  thorough: Thorough
): Promise<void> {
  const { method, template, path } = target;
  const channel = channelOf(target);
  const [first, ...others] = bodiesFor(world, target);
  if (!first) return;
  const { status } = await client(channel, caller, { method, template, path, ...first });
  const last = others.at(-1);
  // A type that nothing protected stands in is asked once: its routes are those of every type.
  if (!last || (/:model/.test(template) && !isGoverned(world, target))) return;
  // Who is turned away at the door is turned away with every other body, too; the parser stands before the door.
  const all = ![401, 403, 405].includes(status) && thorough(caller, target);
  for (const body of all ? others : [last]) {
    await client(channel, caller, { method, template, path, ...body });
  }
}

/** Whether a caller who is let in is to send every body, or the first and the last. */
type Thorough = (caller: Caller, target: Target) => boolean;

/**
 * Records are written with every body by everybody. At any other route it is the same code that reads the body, whoever sends
 * it: there the super admin and those who are let in first send them all.
 */
function thoroughness(world: World): Thorough {
  const sent = new Map<string, number>();
  return ({ name }, target) => {
    if (isGoverned(world, target) || name === 'Super Admin') return true;
    const route = `${target.method} ${target.template}`;
    const callers = sent.get(route) ?? 0;
    const most = concernsCustomers(world, target) ? ALL_BODIES_BY : 0;
    // A route with several addresses counts each of them: all that is wanted is that somebody besides the super admin asks.
    sent.set(route, callers + 1);
    return callers < most;
  };
}

export const concernsCustomers = (world: World, target: Target) =>
  isGoverned(world, target) || target.template.startsWith('/customer-governance/');

const isGoverned = ({ strapi }: World, { uid }: Target) =>
  uid !== null && governedTypes(strapi).has(uid);

/**
 * Records that may be changed and deleted: the caller's throw-away ones. Strapi's own rows (users, roles, tokens) are
 * addressed by ids that do not exist, lest one caller take away what the next one stands on.
 */
async function throwawayData({ strapi, throwaways }: World, caller: Caller): Promise<Fill> {
  const own = throwaways.get(caller.name) ?? [];
  const documentIds = new Map<string, string[]>();
  for (const uid of Object.keys(strapi.contentTypes)) {
    const rows = own.filter((record) => record.uid === uid);
    documentIds.set(
      uid,
      rows.map(({ documentId }) => documentId)
    );
  }
  return {
    documentIds: (uid) => documentIds.get(uid) ?? [],
    ids: () => [],
    reading: false,
  };
}
