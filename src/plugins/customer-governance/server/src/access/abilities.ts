/** What the plugin uses of a CASL ability. */
export interface Ability {
  can(action: string, subject: string, field?: string): boolean;
  rulesFor(
    action: string,
    subject: string,
    field?: string
  ): Array<{ conditions?: Record<string, unknown>; fields?: string[]; inverted?: boolean }>;
}

export const READ_ACTION = 'plugin::content-manager.explorer.read';
export const REVEAL_ACTION = 'plugin::customer-governance.reveal';

/**
 * What an ability's conditions leave of a type, as a filter of `strapi.db.query`; `{}` when everything, `null` when
 * nothing. With a field, only the rules count that permit this field.
 */
export function filterFor(
  ability: Ability,
  action: string,
  uid: string,
  field?: string
): Record<string, unknown> | null {
  // A rule without fields permits none of them: Strapi gives every permission on a content type its fields.
  const rules = ability
    .rulesFor(action, uid, field)
    .filter((rule) => !rule.inverted && (field === undefined || rule.fields?.includes(field)));
  if (rules.length === 0) return null;
  if (rules.some(({ conditions }) => !conditions || Object.keys(conditions).length === 0))
    return {};
  return { $or: rules.map(({ conditions }) => toFilter(conditions)) };
}

const OPERATORS: Record<string, string> = { $nin: '$notIn', $exists: '$notNull' };

/** Conditions are written for sift (`'owner.id'`, `$elemMatch`); the database wants nested objects. */
export function toFilter(conditions: unknown): unknown {
  if (Array.isArray(conditions)) return conditions.map(toFilter);
  if (conditions === null || typeof conditions !== 'object' || conditions instanceof Date)
    return conditions;
  const filter: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(conditions)) {
    const inner =
      value && typeof value === 'object' && '$elemMatch' in value ? value.$elemMatch : value;
    if (key.startsWith('$')) filter[OPERATORS[key] ?? key] = toFilter(inner);
    else setDeep(filter, key.split('.'), toFilter(inner));
  }
  return filter;
}

function setDeep(
  target: Record<string, unknown>,
  [head = '', ...rest]: string[],
  value: unknown
): void {
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  const inner = (target[head] ?? {}) as Record<string, unknown>;
  target[head] = inner;
  setDeep(inner, rest, value);
}
