import { invalid } from '../../refusal';

/** The attributes of a type, as far as a filter's values hang on them. */
export type TypedAttributes = Readonly<Record<string, { type: string; enum?: readonly string[] }>>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LISTS = new Set(['$in', '$notIn', '$between']);

/**
 * Sees that every value of a filter is of the kind that its attribute is compared with: PostgreSQL refuses another one
 * only when it is asked, and a hold is asked at every write. The form of the filter was looked at before.
 * @throws ValidationError that names the attribute.
 */
export function assertFilterValues(
  filter: Readonly<Record<string, unknown>>,
  attributes: TypedAttributes
): void {
  for (const [key, value] of Object.entries(filter)) {
    if (Array.isArray(value) && key.startsWith('$')) {
      for (const part of value) assertFilterValues(part as Record<string, unknown>, attributes);
      continue;
    }
    const { type, enum: values } = attributes[key] ?? { type: 'string' };
    if (type === 'relation') assertIds(key, value as Record<string, unknown>);
    else assertComparison(key, value, (each) => ofKind(each, type, values));
  }
}

function assertIds(path: string, value: Record<string, unknown>): void {
  for (const [key, inner] of Object.entries(value)) {
    assertComparison(path, inner, (each) =>
      key === 'id' ? Number.isSafeInteger(each) : typeof each === 'string'
    );
  }
}

function assertComparison(path: string, value: unknown, fits: (each: unknown) => boolean): void {
  const comparisons =
    typeof value === 'object' && value !== null ? Object.entries(value) : [['$eq', value] as const];
  for (const [operator, operand] of comparisons) {
    if (operator === '$null' || operator === '$notNull') {
      if (operand !== true) throw invalid(`filter.${path}`, `${operator} is asked for with true`);
      continue;
    }
    if (LISTS.has(operator) !== Array.isArray(operand)) {
      throw invalid(
        `filter.${path}`,
        LISTS.has(operator) ? `${operator} takes a list` : `${operator} takes one value`
      );
    }
    const operands = [operand].flat();
    if (operator === '$between' && operands.length !== 2) {
      throw invalid(`filter.${path}`, '$between takes two values');
    }
    if (!operands.every(fits)) {
      throw invalid(`filter.${path}`, 'is compared with a value that it cannot have');
    }
  }
}

function ofKind(value: unknown, type: string, values?: readonly string[]): boolean {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value) && Math.abs(value as number) <= 2_147_483_647;
    case 'decimal':
      return typeof value === 'number' && Number.isFinite(value);
    case 'date':
      return typeof value === 'string' && isDay(value);
    case 'datetime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    case 'enumeration':
      return typeof value === 'string' && (values ?? []).includes(value);
    default:
      return typeof value === 'string';
  }
}

/** A day that there is: 30 February is none. */
function isDay(value: string): boolean {
  if (!DAY.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}
