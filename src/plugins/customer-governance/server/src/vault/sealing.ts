import { errors } from '@strapi/utils';
import { containsMask, type Kind } from './kinds';
import type { PlainValues } from './sealed-records';

/** A problem with one attribute. It names the attribute and never quotes the value. */
export interface AttributeProblem {
  path: string[];
  message: string;
  name: 'ValidationError';
}

export interface Sealing {
  /** What goes into the columns: masks, or null. Attributes that stay as they are are not in it. */
  masks: Record<string, string | null>;
  /** All plaintext of the record after the write. */
  values: PlainValues;
  /** The attributes whose value differs from before. */
  changed: string[];
  problems: AttributeProblem[];
}

type Data = Record<string, unknown>;

const isAbsent = (value: unknown) => value === null || value === undefined || value === '';

const problem = (attribute: string, message: string): AttributeProblem => ({
  path: [attribute],
  message: `${attribute}: ${message}`,
  name: 'ValidationError',
});

/**
 * Works out what a write does to the protected attributes of one record.
 * A mask that equals the stored mask means "unchanged"; any other text with mask characters is refused, so that a
 * form which was opened before somebody else's change cannot write its stale mask over it.
 * @param stored the masks in the columns now; empty for a new record.
 * @param current the plaintext now; empty for a new record.
 */
export function planSealing(
  attributes: Record<string, Kind>,
  data: Data,
  stored: Record<string, string | null> = {},
  current: PlainValues = {}
): Sealing {
  const plan: Sealing = { masks: {}, values: { ...current }, changed: [], problems: [] };
  for (const attribute of Object.keys(attributes)) {
    if (!(attribute in data)) continue;
    const kind = attributes[attribute] as Kind;
    const value = data[attribute];
    if (isAbsent(value)) {
      plan.masks[attribute] = null;
      if (attribute in current) plan.changed.push(attribute);
      delete plan.values[attribute];
      continue;
    }
    if (typeof value !== 'string') {
      plan.problems.push(problem(attribute, 'must be text'));
      continue;
    }
    const mask = stored[attribute];
    if (mask && containsMask(mask) && value === mask) continue;
    if (containsMask(value)) {
      plan.problems.push(
        problem(
          attribute,
          'looks like a mask, not a value. Reload the record in case it was changed meanwhile, or enter the whole value'
        )
      );
      continue;
    }
    const parsed = kind.parse(value);
    if (!parsed.ok) {
      plan.problems.push(problem(attribute, parsed.message));
      continue;
    }
    if (current[attribute] === parsed.value) continue;
    plan.masks[attribute] = kind.mask(parsed.value);
    plan.values[attribute] = parsed.value;
    plan.changed.push(attribute);
  }
  return plan;
}

/** By the data of new records what was worked out for them, and of which values. */
const planned = new WeakMap<
  Data,
  { attributes: Record<string, Kind>; given: Data; plan: Sealing }
>();

/**
 * The same for a new record. Gate, duplicates and sealing ask it one after the other: as long as the record has the values
 * that it was worked out for, the answer is given again.
 */
export function planNew(attributes: Record<string, Kind>, data: Data): Readonly<Sealing> {
  const known = planned.get(data);
  if (known && known.attributes === attributes) {
    const { given, plan } = known;
    if (Object.keys(attributes).every((name) => given[name] === data[name])) return plan;
  }
  const plan = planSealing(attributes, data);
  const given: Data = {};
  for (const name of Object.keys(attributes)) given[name] = data[name];
  planned.set(data, { attributes, given, plan });
  return plan;
}

/** @throws ValidationError that lists every problem, in Strapi's shape, when there is one. */
export function assertNoProblems(problems: AttributeProblem[]): void {
  if (problems.length === 0) return;
  throw new errors.ValidationError(problems.map(({ message }) => message).join('; '), {
    errors: problems,
  });
}
