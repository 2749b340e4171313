import type { Finding } from '../customers/entry/finding';
import type { Counts } from './runs';

/** What becomes of a row. */
export type RowState = 'good' | 'faulty' | 'refused' | 'duplicate';

/** Something to tell of a row: what is wrong with an attribute or is to be looked at, or that its value was brought into its form. */
export interface Note {
  attribute: string | null;
  kind: 'error' | 'refused' | 'duplicate' | 'warning' | 'normalised';
  reason: string;
}

export interface Outcome {
  row: number;
  state: RowState;
  notes: Note[];
  /** What would be written; `null` unless the row is good. */
  data: Record<string, unknown> | null;
  /** documentId of the customer that a good row becomes. */
  recordId?: string;
}

/** So many notes are kept of one row. */
const NOTES = 40;

/** What findings amount to, for one attribute the first, which the others often follow from. */
export function outcomeOf(
  row: number,
  findings: ReadonlyArray<Finding & { duplicate?: unknown }>,
  data: Record<string, unknown>,
  normalised: readonly string[],
  warnings: readonly Finding[]
): Outcome {
  const first = new Map<string, Note>();
  for (const { attribute, reason, refused, duplicate } of findings) {
    if (first.has(attribute)) continue;
    const kind = duplicate ? 'duplicate' : refused ? 'refused' : 'error';
    first.set(attribute, { attribute, kind, reason });
  }
  const notes = [...first.values()].slice(0, NOTES);
  if (notes.length > 0) return { row, state: stateOf(notes), notes, data: null };
  return {
    row,
    state: 'good',
    data,
    notes: [
      ...warnings.map(warning),
      ...normalised.map((attribute): Note => ({ attribute, kind: 'normalised', reason: '' })),
    ].slice(0, NOTES),
  };
}

const warning = ({ attribute, reason }: Finding): Note => ({ attribute, kind: 'warning', reason });

/** The same row with more to look at, told before what else is told of it. */
export const warned = (outcome: Outcome, findings: readonly Finding[]): Outcome => ({
  ...outcome,
  notes: [...findings.map(warning), ...outcome.notes].slice(0, NOTES),
});

/** A mistake is corrected first, then what is not allowed is left out; a duplicate is nothing else. */
function stateOf(notes: readonly Note[]): RowState {
  if (notes.some(({ kind }) => kind === 'error')) return 'faulty';
  return notes.some(({ kind }) => kind === 'refused') ? 'refused' : 'duplicate';
}

const isNormalised = ({ kind }: Note): boolean => kind === 'normalised';

/** The counts with these outcomes. */
export function counted(before: Counts, outcomes: readonly Outcome[]): Counts {
  const counts = { ...before, rows: before.rows + outcomes.length };
  for (const { state, notes } of outcomes) {
    counts[state] += 1;
    if (state === 'good' && notes.some(isNormalised)) counts.normalised += 1;
  }
  return counts;
}
