import { isEmpty } from '../entry/attribute';
import type { CollectionPolicy } from '../../policy';

/** How much of a list of attributes a record has. */
export interface Share {
  filled: number;
  of: number;
  missing: string[];
}

/** How complete a file is by the policy [COL-5]. */
export interface Completeness {
  required: Share;
  recommended: Share;
  /** Of everything that the policy asks for, required and recommended alike, in whole percent; never rounded up to 100. */
  percent: number;
}

type Data = Readonly<Record<string, unknown>>;
type Standards = Pick<CollectionPolicy, 'required' | 'recommended'>;

/**
 * @param record with masks or in clear: only whether something stands there is looked at.
 * @param mayHold whether the file may hold an attribute at all: nobody can add what the plan does not collect.
 */
export function completenessOf(
  { required, recommended }: Standards,
  record: Data,
  mayHold: (attribute: string) => boolean = () => true
): Completeness {
  const kind = record.kind === 'company' ? 'company' : 'person';
  const share = (attributes: readonly string[]): Share => {
    const missing = attributes.filter((name) => isMissing(record[name]));
    return { filled: attributes.length - missing.length, of: attributes.length, missing };
  };
  const needed = share(required[kind]);
  const wanted = share(
    recommended.filter((name) => !required[kind].includes(name) && mayHold(name))
  );
  const of = needed.of + wanted.of;
  return {
    required: needed,
    recommended: wanted,
    percent: of === 0 ? 100 : Math.floor((100 * (needed.filled + wanted.filled)) / of),
  };
}

const isMissing = (value: unknown): boolean =>
  isEmpty(value) || (typeof value === 'string' && value.trim() === '');
