import type { Core } from '@strapi/strapi';
import { REVEAL_ACTION } from '../access/abilities';
import { PURPOSE } from '../collection/uids';
import { bearsCustomer } from '../customers/api-sight';
import { PLUGIN } from '../domain';
import { policyOf, type Category, type Level, type LocalText, type RetentionRule } from '../policy';
import { CUSTOMER, resolveAttribute } from '../policy/attribute-path';
import { retentionOf } from '../retention/retention';
import { isSystemAttribute } from '../system-attributes';
import { vaultOf } from '../vault/vault';
import type { KindId } from '../vault/kinds';

/** Who sees the clear value of an attribute by a standing permission. */
export interface Revealer {
  /** Of the panel: a role; of the content API: a role there, or a token. */
  kind: 'admin-role' | 'api-role' | 'api-token';
  name: string;
  /** Names of the conditions that narrow it to some records; empty where it holds for all. */
  conditions: string[];
}

export interface MappedPurpose {
  code: string;
  name: LocalText;
  legalBasis: string;
}

export type MappedRule = Pick<
  RetentionRule,
  'code' | 'category' | 'event' | 'customerClass' | 'purpose' | 'atMostMonths' | 'atLeastMonths'
>;

export interface MappedAttribute {
  name: string;
  category: Category | null;
  level: Level | null;
  /** Of protected attributes: what kind of value is sealed. */
  kind: KindId | null;
  /** Shown in clear to holders of Reveal without being asked for. */
  ambient: boolean;
  /** Changed by an approved request only. */
  controlled: boolean;
  purposes: MappedPurpose[];
  retention: MappedRule[];
  /** Empty for what is stored in clear: whoever reads the record reads it. */
  revealedBy: Revealer[];
}

export interface MappedType {
  uid: string;
  displayName: string;
  attributes: MappedAttribute[];
}

interface PermissionRow {
  subject: string | null;
  properties?: { fields?: string[] };
  conditions?: string[];
  role?: { name: string } | null;
}

const CONTENT_API_REVEAL = `plugin::${PLUGIN}.access.reveal`;
/** Before the name of a condition: `plugin::customer-governance.own`, `admin::is-creator`. */
const PLACE = /^[a-z]+::(?:[\w-]+\.)?/;

/**
 * What is held of customers, how carefully, what for, how long and who sees it in clear: of every governed type, from the
 * running application itself, so that the map cannot fall behind it [HLD-1]. It names types, attributes and roles, and
 * holds nothing of a data subject.
 */
export async function dataMap(strapi: Core.Strapi): Promise<MappedType[]> {
  const policy = policyOf(strapi);
  const { classification, access } = policy.get();
  const governed = vaultOf(strapi).governed();
  const [purposes, rules, revealersOf] = await Promise.all([
    purposesByAttribute(strapi),
    retentionOf(strapi).rules.all(),
    findRevealers(strapi),
  ]);
  const ambient = new Set(access.ambient.map(keyOf));
  const uids = new Set([...Object.keys(classification), ...governed.keys()]);
  return [...uids].sort(inOrder).map((uid) => {
    const { attributes, info } = strapi.contentType(uid as never) as unknown as {
      attributes: Record<string, unknown>;
      info: { displayName: string };
    };
    const sealed = governed.get(uid) ?? {};
    const controlled = policy.controlledOf(uid);
    return {
      uid,
      displayName: info.displayName,
      attributes: Object.keys(attributes)
        .filter((name) => !isSystemAttribute(name))
        .map((name) => {
          const { category, level } = policy.classificationOf(uid, name) ?? {
            category: null,
            level: null,
          };
          const key = `${uid}.${name}`;
          const kind = sealed[name]?.id ?? null;
          return {
            name,
            category,
            level,
            kind,
            ambient: ambient.has(key),
            controlled: controlled.has(name),
            purposes: purposes.get(key) ?? [],
            retention: bearsCustomer(uid) ? rulesFor(rules, key, category) : [],
            revealedBy: kind ? revealersOf(uid, name) : [],
          };
        }),
    };
  });
}

/** Customers first, then what else the product has, then the project's own types. */
const inOrder = (a: string, b: string): number =>
  rankOf(a) - rankOf(b) || (a < b ? -1 : Number(a > b));
const rankOf = (uid: string): number =>
  uid === CUSTOMER ? 0 : uid.startsWith(`plugin::${PLUGIN}.`) ? 1 : 2;

const keyOf = (path: string): string => {
  const { uid, attribute } = resolveAttribute(path);
  return `${uid}.${attribute}`;
};

/** The active purposes that justify each attribute [COL-2]. */
async function purposesByAttribute(strapi: Core.Strapi): Promise<Map<string, MappedPurpose[]>> {
  const rows = (await strapi.db.query(PURPOSE).findMany({
    select: ['code', 'name', 'legalBasis', 'attributes'],
    where: { active: true },
    orderBy: 'code',
  })) as Array<{ code: string; name: string; legalBasis: string; attributes: string[] }>;
  const found = new Map<string, MappedPurpose[]>();
  for (const row of rows) {
    const view = policyOf(strapi).purposeView(row);
    if (!view) continue;
    for (const path of row.attributes) {
      const key = keyOf(path);
      found.set(key, [...(found.get(key) ?? []), { ...view, legalBasis: row.legalBasis }]);
    }
  }
  return found;
}

/** The rules that speak of the attribute: by its name, by its category, or of everything [HLD-5]. */
function rulesFor(
  rules: readonly RetentionRule[],
  key: string,
  category: Category | null
): MappedRule[] {
  return rules
    .filter((rule) =>
      rule.attributes && rule.attributes.length > 0
        ? rule.attributes.map(keyOf).includes(key)
        : rule.category === 'all' || rule.category === category
    )
    .map(
      ({ code, category: about, event, customerClass, purpose, atMostMonths, atLeastMonths }) => ({
        code,
        category: about,
        event,
        customerClass,
        ...(purpose === undefined ? {} : { purpose }),
        ...(atMostMonths === undefined ? {} : { atMostMonths }),
        ...(atLeastMonths === undefined ? {} : { atLeastMonths }),
      })
    );
}

/** Who holds Reveal, by type and attribute; one query for each place that rights are kept in. */
async function findRevealers(
  strapi: Core.Strapi
): Promise<(uid: string, attribute: string) => Revealer[]> {
  const [admin, roles, tokens] = await Promise.all([
    strapi.db.query('admin::permission').findMany({
      where: { action: REVEAL_ACTION },
      populate: { role: { select: ['name'] } },
      orderBy: 'id',
    }) as Promise<PermissionRow[]>,
    strapi.db.query('plugin::users-permissions.permission').findMany({
      where: { action: CONTENT_API_REVEAL },
      populate: { role: { select: ['name'] } },
      orderBy: 'id',
    }) as Promise<PermissionRow[]>,
    strapi.db.query('admin::api-token').findMany({
      select: ['name'],
      where: { $or: [{ type: 'full-access' }, { permissions: { action: CONTENT_API_REVEAL } }] },
      orderBy: 'id',
    }) as Promise<Array<{ name: string }>>,
  ]);
  const byApi: Revealer[] = [
    ...roles.flatMap(({ role }) => (role ? [revealer('api-role', role.name)] : [])),
    ...tokens.map(({ name }) => revealer('api-token', name)),
  ];
  return (uid, attribute) => [
    ...admin
      .filter(
        ({ subject, properties }) => subject === uid && properties?.fields?.includes(attribute)
      )
      .flatMap(({ role, conditions }) =>
        role ? [revealer('admin-role', role.name, conditions)] : []
      ),
    ...byApi,
  ];
}

const revealer = (
  kind: Revealer['kind'],
  name: string,
  conditions: readonly string[] = []
): Revealer => ({
  kind,
  name,
  conditions: conditions.map((id) => id.replace(PLACE, '')),
});
