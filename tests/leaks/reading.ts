import { governedTypes, type Canary } from './canaries';
import type { Caller } from './callers';
import { inParallel, type Call, type Client } from './http';
import type { Report } from './report';
import {
  channelOf,
  governedRelations,
  listRoutes,
  ROWS,
  targetsOf,
  type Fill,
  type Route,
  type Target,
} from './routes';
import { modelOf } from './records';
import { concernsCustomers } from './writing';
import { PURPOSE, recordOf, type World } from './world';

const NEWEST = 'sort=id:desc&page=1&pageSize=12&pagination[page]=1&pagination[pageSize]=12';

/** Calls every route that reads, as everybody, in every way in which Strapi lets a reader ask. */
export async function sweepReads(
  world: World,
  callers: Caller[],
  client: Client,
  report: Report,
  routes: Route[] = listRoutes(world.strapi)
): Promise<void> {
  const fill = await liveData(world);
  const targets = routes
    .filter(({ method }) => method === 'GET')
    .flatMap((route) => targetsOf(world, route, fill));
  for (const caller of callers) {
    // The admin token stands for another way to sign in, not for other routes.
    const own =
      caller.kind === 'admin-token'
        ? targets.filter((target) => concernsCustomers(world, target))
        : targets;
    for (const target of own) report.expect(channelOf(target), caller.name);
    await inParallel(own, (target) => read(world, caller, target, client));
    if (caller.mayRevealByApi) await readAddressesWithValues(world, caller, client);
  }
}

/** Whoever types a value into the address gets a 404, and it stands in no log. */
async function readAddressesWithValues(world: World, caller: Caller, client: Client) {
  const templates = ['/api/leads/:id', '/api/customer-governance/customers/:id', '/nowhere/:id'];
  for (const template of templates) {
    for (const { value } of world.typed) {
      const path = template.replace(':id', encodeURIComponent(value));
      await client('content API read', caller, { method: 'GET', template, path });
    }
  }
}

async function read(world: World, caller: Caller, target: Target, client: Client) {
  const { method, template, path } = target;
  const call = (query: string): Call => ({ method, template, path, query });
  const channel = channelOf(target);
  const [heaviest, ...others] = queriesFor(world, target);
  const first = await client(channel, caller, call(heaviest));
  // Who is turned away is turned away before the query is looked at.
  if ([401, 403, 404, 405].includes(first.status)) return;
  for (const query of others) await client(channel, caller, call(query));
}

/** Rows to address: canary records of a governed type, the first row of any other. */
export async function liveData({ strapi, records }: World): Promise<Fill> {
  const documentIds = new Map<string, string[]>();
  const ids = new Map<string, string[]>();
  for (const uid of Object.keys(strapi.contentTypes)) {
    const own = records.filter(
      ({ uid: type, label }) => type === uid && ['own', 'foreign', 'planted-column'].includes(label)
    );
    const rows = own.length > 0 ? own : await strapi.db.query(uid as never).findMany({ limit: 1 });
    documentIds.set(
      uid,
      rows.flatMap(({ documentId }) => documentId ?? [])
    );
    ids.set(
      uid,
      rows.slice(0, 1).map(({ id }) => String(id))
    );
  }
  return {
    documentIds: (uid) => documentIds.get(uid) ?? [],
    ids: (uid) => ids.get(uid) ?? [],
    reading: true,
  };
}

/** The queries for an address, the heaviest first. */
function queriesFor(world: World, { uid, template }: Target): string[] {
  const { strapi } = world;
  if (!uid || !ROWS.test(template)) {
    return [`populate=*&_q=${part(world.typed[0])}&search=1&${NEWEST}`];
  }
  const isGoverned = governedTypes(strapi).has(uid);
  const relations = governedRelations(strapi, uid);
  const across = relations.flatMap(([relation, target]) =>
    throughRelation(world, relation, target)
  );
  const general = [
    NEWEST,
    'populate=*',
    `populate=deep&_q=${part(anyCanary(world))}&status=draft&locale=en`,
  ];
  if (template.includes('/relations/')) {
    return [`_q=${part(anyCanary(world))}&pageSize=100&idsToOmit=1`, `pageSize=50&${NEWEST}`];
  }
  const deep = isGoverned || relations.length > 0 ? [deepest(world, uid)] : [];
  if (!isGoverned) return [...deep, ...general, ...across];
  const single = /:id$/.test(template);
  const queries = governedQueries(world, uid, single);
  return [...deep, ...general, ...across, ...queries];
}

/** What can be asked of a type with protected attributes. */
function governedQueries(world: World, uid: string, single: boolean): string[] {
  const own = recordOf(world, uid, 'own').canaries;
  const names = own.map(({ attribute }) => attribute);
  const encoded = (canary: Canary) => encodeURIComponent(canary.value);
  const ofOne = [
    `${names.map((name, at) => `fields[${at}]=${name}`).join('&')}&${NEWEST}`,
    `fields=*&${NEWEST}`,
    'status=published',
    'status=draft&locale=*',
    'locale=zh-Hans&plugins[i18n][locale]=zh-Hans',
    // A reveal without a right to it must be refused; with one it must return what the allow-list says.
    `reveal=${names.join(',')}&purpose=${PURPOSE}&${NEWEST}`,
    `reveal=*&purpose=${PURPOSE}&${NEWEST}`,
  ];
  if (single) return ofOne;
  return [
    ...ofOne,
    'publicationState=preview&hasPublishedVersion=false',
    'pagination[start]=0&pagination[limit]=-1&pagination[withCount]=true',
    'pagination[page]=1&pagination[pageSize]=100000&pageSize=100',
    `${names.map((name) => `sort=${name}:asc`).join('&')}&pageSize=100`,
    `populate[0]=createdBy&populate[1]=updatedBy&${NEWEST}`,
    ...own.flatMap((canary) => [
      `_q=${encoded(canary)}&pageSize=5`,
      `filters[${canary.attribute}][$eq]=${encoded(canary)}`,
      `filters[${canary.attribute}][$contains]=${encodeURIComponent(canary.twin)}`,
    ]),
  ];
}

/** The same through a relation that leads to a governed type. */
function throughRelation(world: World, relation: string, target: string): string[] {
  const own = recordOf(world, target, 'own').canaries;
  const fields = own.map(
    ({ attribute }, at) => `populate[${relation}][fields][${at}]=${attribute}`
  );
  const [first] = own;
  return [
    `${fields.join('&')}&${NEWEST}`,
    `populate[${relation}][populate]=*&${NEWEST}`,
    `populate[${relation}][filters][${first.attribute}][$eq]=${encodeURIComponent(first.value)}`,
    `filters[${relation}][${first.attribute}][$startsWith]=${part(first)}`,
    `sort=${relation}.${first.attribute}:asc&populate=${relation}`,
    `reveal=${own.map(({ attribute }) => `${relation}.${attribute}`).join(',')}&purpose=${PURPOSE}&populate=${relation}`,
  ];
}

/** Everything along every relation, three steps deep. */
function deepest({ strapi }: World, uid: string): string {
  const walk = (type: string, prefix: string, depth: number): string[] => {
    return Object.entries(modelOf(strapi, type).attributes).flatMap(
      ([name, { type: kind, target }]) => {
        if (kind !== 'relation' || !target) return [];
        const here = `${prefix}[populate][${name}]`;
        const further = depth > 1 ? walk(target, here, depth - 1) : [];
        return further.length > 0 ? further : [`${here}[populate]=*`];
      }
    );
  };
  const parts = walk(uid, '', 2).map((path) => path.replace(/^\[populate\]/, 'populate'));
  return `${parts.slice(0, 40).join('&')}&${NEWEST}`;
}

const anyCanary = ({ records }: World): Canary =>
  records.find(({ label }) => label === 'own')?.canaries[0] as Canary;

/** The first half of a value: longer than what its mask shows. */
const part = ({ value }: Canary): string =>
  encodeURIComponent([...value].slice(0, Math.ceil([...value].length * 0.7)).join(''));
