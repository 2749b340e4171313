/** An entry that the registry of actions does not allow: a mistake in the code that writes it, never a user's. */
export class RegistryBreach extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RegistryBreach';
  }
}

/** What an entry may carry beside its details and records, where its action has it. */
export const FIELDS = [
  'attributes',
  'purpose',
  'requestId',
  'basis',
  'onBehalfOf',
  'sealed',
] as const;
export type FieldName = (typeof FIELDS)[number];

/**
 * What a detail may be. Free text is none of these: it could say anything of anybody. An approver is a place in the
 * organisation, or the role or staff number that the policy names.
 */
export type DetailSort = 'count' | 'code' | 'id' | 'flag' | 'moment' | 'approver';

const CODE = /^[\w.:@/-]{1,200}$/;
const APPROVER = /^(?:[a-z-]{1,60}|(?:role|person):\S(?:.{0,58}\S)?)$/u;
const ID = /^[A-Za-z0-9_-]{1,60}$/;
const UID = /^(?:api|plugin|admin|strapi)::[\w-]{1,60}(?:\.[\w-]{1,60})?$/;
/** Of an attribute, or of the action of a permission. */
const NAME = /^[\w.:-]{1,120}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;

const isCode = (value: unknown): boolean => typeof value === 'string' && CODE.test(value);
const isId = (value: unknown): boolean => typeof value === 'string' && ID.test(value);

export const DETAIL_SORTS: Readonly<Record<DetailSort, (value: unknown) => boolean>> = {
  count: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  code: isCode,
  id: isId,
  flag: (value) => typeof value === 'boolean',
  moment: (value) => typeof value === 'string' && MOMENT.test(value),
  approver: (value) => typeof value === 'string' && APPROVER.test(value),
};

const isListOfNames = (value: unknown): boolean =>
  Array.isArray(value) && value.every((name) => typeof name === 'string' && NAME.test(name));

const isSealed = (value: unknown): boolean =>
  typeof value === 'object' &&
  Object.entries(value as object).every(
    ([id, sealed]) => ID.test(id) && typeof sealed === 'string' && BASE64.test(sealed)
  );

const FIELD_SORTS: Readonly<Record<FieldName, (value: unknown) => boolean>> = {
  attributes: isListOfNames,
  purpose: isCode,
  requestId: isId,
  basis: isCode,
  onBehalfOf: isId,
  sealed: isSealed,
};

/** @throws RegistryBreach when the field is not of its sort. */
export function assertField(action: string, name: FieldName, value: unknown): void {
  if (!FIELD_SORTS[name](value)) {
    throw new RegistryBreach(`The ${name} of ${action} is not what that field takes.`);
  }
}

/** @throws RegistryBreach when the type is no uid or an id is none. */
export function assertIds(
  action: string,
  recordType: string | null | undefined,
  recordIds: readonly string[]
): void {
  if (recordType && !UID.test(recordType)) {
    throw new RegistryBreach(`The record type of ${action} is no uid.`);
  }
  for (const id of recordIds) {
    if (!isId(id)) throw new RegistryBreach(`A record id of ${action} is none.`);
  }
}
