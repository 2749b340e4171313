import { invalid } from '../refusal';
import {
  comparableWith,
  DOCUMENT_ID,
  isComparable,
  ROW_ID,
  type TypedAttribute,
} from './filter-values';

/** A filter of records as Strapi's list view writes it. */
export type ScopeFilter = Record<string, unknown>;

/** What the filter needs to know of a type. */
export interface FilterableType {
  attributes: Readonly<Record<string, TypedAttribute>>;
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
const LISTS = new Set(['$in', '$notIn', '$between']);
const PRESENCE = new Set(['$null', '$notNull']);
const RELATION_KEYS: Readonly<Record<string, TypedAttribute>> = {
  id: ROW_ID,
  documentId: DOCUMENT_ID,
};
const MAX_TERMS = 50;
const MAX_OPERANDS = 500;
const MAX_TEXT = 200;

/**
 * Lets a filter stand that asks for attributes which are stored in clear, and for the ids of what a record is related to.
 * A protected attribute is refused: a value typed into a filter would be kept in clear with the request. So is a value that
 * an attribute cannot have, before a database is asked that may fail at it.
 * @throws ValidationError that names the attribute.
 */
export function assertScopeFilter(filter: ScopeFilter, type: FilterableType): void {
  let terms = 0;
  const count = () => {
    terms += 1;
    if (terms > MAX_TERMS) throw invalid('filter', `has more than ${MAX_TERMS} terms`);
  };
  const walk = (part: unknown, path: string): void => {
    count();
    if (!isFilled(part)) throw invalid(path, 'must be an object of attributes');
    for (const [key, value] of Object.entries(part)) {
      if (GROUPS.has(key)) {
        if (!Array.isArray(value) || value.length === 0) {
          throw invalid(`${path}.${key}`, 'must be a list of at least one condition');
        }
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
    assertComparison(value, `${path}.${name}`, attribute);
  };
  const assertRelation = (value: unknown, path: string): void => {
    if (!isFilled(value)) throw invalid(path, 'must ask for an id');
    for (const [key, inner] of Object.entries(value)) {
      const kind = Object.hasOwn(RELATION_KEYS, key) ? RELATION_KEYS[key] : undefined;
      if (!kind) throw invalid(path, 'is filtered by id or documentId alone');
      assertComparison(inner, path, kind);
    }
  };
  const assertComparison = (value: unknown, path: string, attribute: TypedAttribute): void => {
    count();
    if (!isObject(value)) return assertValue(value, path, attribute);
    if (!isFilled(value)) throw invalid(path, 'must be a value or a comparison');
    for (const [operator, operand] of Object.entries(value)) {
      if (!COMPARISONS.has(operator)) {
        throw invalid(path, `is compared by one of ${[...COMPARISONS].join(', ')}`);
      }
      if (PRESENCE.has(operator)) {
        if (operand !== true) throw invalid(path, `${operator} is asked for with true`);
      } else if (LISTS.has(operator)) {
        assertList(operator, operand, path, attribute);
      } else {
        assertValue(operand, path, attribute);
      }
    }
  };
  if (Object.keys(filter).length === 0) throw invalid('filter', 'must ask for something');
  walk(filter, 'filter');
}

function assertList(
  operator: string,
  operand: unknown,
  path: string,
  attribute: TypedAttribute
): void {
  if (!Array.isArray(operand)) throw invalid(path, `${operator} takes a list of values`);
  if (operator === '$between' && operand.length !== 2) {
    throw invalid(path, '$between takes a list of two values');
  }
  if (operand.length > MAX_OPERANDS) {
    throw invalid(path, `is compared with a list of at most ${MAX_OPERANDS} values`);
  }
  for (const value of operand) assertValue(value, path, attribute);
}

/** The value itself is not repeated: it is the caller's own word. */
function assertValue(value: unknown, path: string, attribute: TypedAttribute): void {
  if (!isComparable(value, attribute)) {
    throw invalid(path, `is compared with ${comparableWith(attribute)}`);
  }
  if (typeof value === 'string' && value.length > MAX_TEXT) {
    throw invalid(path, `is compared with a text of at most ${MAX_TEXT} characters`);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFilled = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && Object.keys(value).length > 0;
