import { invalid } from '../refusal';

/** A filter of records as Strapi's list view writes it. */
export type ScopeFilter = Record<string, unknown>;

/** What the filter needs to know of a type. */
export interface FilterableType {
  attributes: Readonly<Record<string, { type: string }>>;
  protectedAttributes: readonly string[];
}

const GROUPS = new Set(['$and', '$or']);
const COMPARISONS = new Set([
  '$eq',
  '$ne',
  '$in',
  '$notIn',
  '$lt',
  '$lte',
  '$gt',
  '$gte',
  '$between',
  '$null',
  '$notNull',
]);
const PLAIN = new Set([
  'string',
  'enumeration',
  'boolean',
  'integer',
  'decimal',
  'date',
  'datetime',
]);
const RELATION_KEYS = new Set(['id', 'documentId']);
const MAX_TERMS = 50;

/**
 * Lets a filter stand that asks for attributes which are stored in clear, and for the ids of what a record is related to.
 * A protected attribute is refused: a value typed into a filter would be kept in clear with the request.
 * @throws ValidationError that names the attribute.
 */
export function assertScopeFilter(filter: ScopeFilter, type: FilterableType): void {
  let terms = 0;
  const walk = (part: unknown, path: string): void => {
    terms += 1;
    if (terms > MAX_TERMS) throw invalid('filter', `has more than ${MAX_TERMS} terms`);
    if (!isObject(part)) throw invalid(path, 'must be an object of attributes');
    for (const [key, value] of Object.entries(part)) {
      if (GROUPS.has(key)) {
        if (!Array.isArray(value)) throw invalid(`${path}.${key}`, 'must be a list');
        value.forEach((each, index) => walk(each, `${path}.${key}.${index}`));
      } else {
        assertAttribute(key, value, path);
      }
    }
  };
  const assertAttribute = (name: string, value: unknown, path: string): void => {
    const attribute = Object.hasOwn(type.attributes, name) ? type.attributes[name] : undefined;
    // The name is the caller's own word, and is not repeated.
    if (!attribute) throw invalid(path, 'names something that is no attribute of the type');
    if (type.protectedAttributes.includes(name)) {
      throw invalid(
        `${path}.${name}`,
        'is protected and cannot be filtered by. Choose the records, or filter by another attribute'
      );
    }
    if (attribute.type === 'relation') return assertRelation(value, `${path}.${name}`);
    if (!PLAIN.has(attribute.type)) throw invalid(`${path}.${name}`, 'cannot be filtered by');
    assertComparison(value, `${path}.${name}`);
  };
  const assertRelation = (value: unknown, path: string): void => {
    if (!isObject(value)) throw invalid(path, 'must ask for an id');
    for (const [key, inner] of Object.entries(value)) {
      if (!RELATION_KEYS.has(key)) throw invalid(path, 'is filtered by id or documentId alone');
      assertComparison(inner, path);
    }
  };
  const assertComparison = (value: unknown, path: string): void => {
    terms += 1;
    if (isScalar(value)) return;
    if (!isObject(value)) throw invalid(path, 'must be a value or a comparison');
    for (const [operator, operand] of Object.entries(value)) {
      if (!COMPARISONS.has(operator)) {
        throw invalid(path, `is compared by one of ${[...COMPARISONS].join(', ')}`);
      }
      const operands = Array.isArray(operand) ? operand : [operand];
      if (operands.length > 500 || !operands.every(isScalar)) {
        throw invalid(path, 'is compared with a value, or a list of at most 500');
      }
    }
  };
  if (Object.keys(filter).length === 0) throw invalid('filter', 'must ask for something');
  walk(filter, 'filter');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): boolean =>
  ['string', 'number', 'boolean'].includes(typeof value) &&
  !(typeof value === 'string' && value.length > 200);
