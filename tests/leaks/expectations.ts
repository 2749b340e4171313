import type { Core } from '@strapi/strapi';
import type { Canary } from './canaries';
import type { Caller, Permission } from './callers';
import type { Allowed, Call } from './http';
import { modelOf, type CanaryRecord } from './records';
import { PURPOSE, type World } from './world';

const READ = 'plugin::content-manager.explorer.read';
const REVEAL = 'plugin::customer-governance.reveal';

/** What the handbook lets stand in lists and forms; written out, so that a change of the policy shows here. */
const AMBIENT = new Set([
  'plugin::customer-governance.customer.name',
  'plugin::customer-governance.customer.mobile',
  'plugin::customer-governance.contact.name',
  'plugin::customer-governance.contact.mobile',
]);

/** The Content Manager's own list and form: the only places of ambient values. */
const AMBIENT_ROUTES = new Set([
  'GET /content-manager/collection-types/:model',
  'GET /content-manager/collection-types/:model/:id',
]);
export const PANEL_REVEAL = 'POST /customer-governance/reveal';
export const API_REVEAL = 'POST /api/customer-governance/reveal';

export const isAmbient = ({ uid, attribute }: Canary) => AMBIENT.has(`${uid}.${attribute}`);

/** Who may see what, reckoned anew from Strapi's permission table and not by the code that is being tested. */
export interface Expectations {
  maySee(caller: Caller, record: CanaryRecord): boolean;
  /** A standing permission of an admin user over one attribute of one record. */
  mayReveal(caller: Caller, record: CanaryRecord, attribute: string): boolean;
  allowed: Allowed;
}

export async function expectationsOf(world: World): Promise<Expectations> {
  const organisation = await loadOrganisation(world.strapi);
  const records = [...world.records, ...[...world.throwaways.values()].flat()];
  const holders = new Map(
    records.flatMap((record) => record.canaries.map((canary) => [canary, record] as const))
  );

  const passes = (caller: Caller, record: CanaryRecord, { conditions }: Permission): boolean =>
    conditions.length === 0 ||
    conditions.some((condition) => organisation.fits(condition, caller, record));

  const holds = (caller: Caller, record: CanaryRecord, action: string, attribute?: string) =>
    caller.permissions.some(
      (permission) =>
        permission.action === action &&
        permission.subject === record.uid &&
        (attribute === undefined || permission.properties.fields?.includes(attribute)) &&
        passes(caller, record, permission)
    );

  const maySee = (caller: Caller, record: CanaryRecord) => holds(caller, record, READ);
  const mayReveal = (caller: Caller, record: CanaryRecord, attribute: string) =>
    maySee(caller, record) && holds(caller, record, REVEAL, attribute);

  const allowed: Allowed = (caller, call, canary) => {
    const record = holders.get(canary);
    if (!record) return false;
    const route = `${call.method} ${call.template}`;
    if (AMBIENT_ROUTES.has(route)) {
      return (
        isAmbient(canary) &&
        decodeURIComponent(call.path).split('/').includes(record.uid) &&
        holds(caller, record, READ, canary.attribute) &&
        mayReveal(caller, record, canary.attribute)
      );
    }
    if (route === PANEL_REVEAL) {
      return namedIn(call.body, record, canary) && mayReveal(caller, record, canary.attribute);
    }
    if (route === API_REVEAL) return caller.mayRevealByApi && namedIn(call.body, record, canary);
    return caller.mayRevealByApi && isRevealingRead(world.strapi, call, record, canary);
  };

  return { maySee, mayReveal, allowed };
}

/** Whether the body asks for exactly this attribute of this record. */
function namedIn(body: unknown, { uid, documentId }: CanaryRecord, { attribute }: Canary): boolean {
  const asked = (body ?? {}) as Record<string, unknown>;
  const names = (list: unknown, item: string) => Array.isArray(list) && list.includes(item);
  return (
    asked.type === uid && names(asked.documentIds, documentId) && names(asked.attributes, attribute)
  );
}

/** Whether the call reads the record's own type through the content API and asks for this attribute by `reveal`. */
function isRevealingRead(
  strapi: Core.Strapi,
  { method, template, query }: Call,
  { uid }: CanaryRecord,
  { attribute }: Canary
): boolean {
  const { info } = modelOf(strapi, uid);
  const asked = new URLSearchParams(query);
  return (
    method === 'GET' &&
    template.startsWith('/api/') &&
    new RegExp(`/${info.pluralName}(/:id)?$`).test(template) &&
    asked.get('purpose') === PURPOSE &&
    (asked.get('reveal') ?? '').split(',').includes(attribute)
  );
}

interface Organisation {
  fits(condition: string, caller: Caller, record: CanaryRecord): boolean;
}

async function loadOrganisation(strapi: Core.Strapi): Promise<Organisation> {
  const load = async (type: string, relation: string) => {
    const rows = (await strapi.db
      .query(`plugin::customer-governance.${type}` as never)
      .findMany({ populate: [relation] })) as Array<Record<string, { id: number } | null>>;
    return new Map(rows.map((row) => [Number(row.id), row[relation]?.id ?? null]));
  };
  const superiors = await load('staff-profile', 'superior');
  const parents = await load('department', 'parent');
  const reaches = (
    links: Map<number, number | null>,
    start: number | null,
    goal: number | null
  ) => {
    const seen = new Set<number>();
    for (let at = start; at !== null && !seen.has(at); at = links.get(at) ?? null) {
      if (at === goal) return true;
      seen.add(at);
    }
    return false;
  };
  return {
    fits(condition, { staff, userId }, { uid, ownerId, departmentId, creatorId }) {
      const name = condition.split('.').at(-1);
      const governed = uid.startsWith('plugin::customer-governance.');
      if (name === 'own') return governed ? staff?.id === ownerId : userId === creatorId;
      if (name === 'team') return governed && reaches(superiors, ownerId, staff?.id ?? null);
      if (name === 'department') {
        return governed && reaches(parents, departmentId, staff?.departmentId ?? null);
      }
      throw new Error(`tests/leaks/expectations.ts does not know the condition ${condition}.`);
    },
  };
}
