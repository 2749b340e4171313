import { canBeFilledByDistinctPeople } from './assignment';
import { capacityOf, type Capacity } from './capacity';

/**
 * What decisions do to a request, as a calculation alone: the service loads what it needs and writes what it says, and the
 * property tests run it against random organisations.
 */

export const STEP_STATES = [
  'waiting',
  'pending',
  'approved',
  'rejected',
  'returned',
  'cancelled',
  'expired',
] as const;
export type StepState = (typeof STEP_STATES)[number];

/** What decides of a step. */
export interface ProgressStep {
  id: number;
  /** Steps of one stage are open at the same time; a stage begins when the one before it is approved. */
  stage: number;
  state: StepState;
  requesterId: number;
  decidedBy: number | null;
  onBehalfOf: number | null;
}

/** Why somebody may not decide a step. `not-yours` also stands for a step that is not there. */
export type Bar = 'not-yours' | 'own-request' | 'has-a-part' | 'excluded' | 'nobody-left';

/** Staff ids of those who decided a step, and of those in whose place it was done. */
export const partakers = (steps: readonly ProgressStep[]): number[] =>
  steps.flatMap(({ decidedBy, onBehalfOf }) => [decidedBy, onBehalfOf].filter((id) => id !== null));

/**
 * Whether a person may decide a step, and in which capacity: never one's own request, one part for each person, and nobody
 * whose decision would leave too few for the other open steps.
 * @param all the steps of the request, with this one.
 * @param candidates staff ids by step id.
 * @param principals staff ids in whose place the person decides at this moment.
 * @param excluded staff ids that take another part in the request.
 */
export function mayDecide(
  step: ProgressStep,
  all: readonly ProgressStep[],
  person: number,
  {
    candidates,
    principals,
    excluded,
  }: {
    candidates: ReadonlyMap<number, readonly number[]>;
    principals: readonly number[];
    excluded: readonly number[];
  }
): Capacity | Bar {
  const parts = partakers(all);
  const capacity = capacityOf(
    person,
    candidates.get(step.id) ?? [],
    principals,
    new Set([step.requesterId, ...parts])
  );
  if (!capacity) return 'not-yours';
  if (step.requesterId === person) return 'own-request';
  if (parts.includes(person)) return 'has-a-part';
  const { onBehalfOf } = capacity;
  if (excluded.includes(person) || (onBehalfOf !== null && excluded.includes(onBehalfOf))) {
    return 'excluded';
  }
  const taken = new Set([person, onBehalfOf, ...parts]);
  const left = all
    .filter(({ id, state }) => id !== step.id && (state === 'waiting' || state === 'pending'))
    .map(({ id }) => (candidates.get(id) ?? []).filter((staffId) => !taken.has(staffId)));
  return canBeFilledByDistinctPeople(left) ? capacity : 'nobody-left';
}

/**
 * What follows when a step was approved: the ids of the steps to open, none while others of its stage are open, or that the
 * request is approved.
 * @param all the steps of the request as they were before.
 */
export function afterApproval(
  step: ProgressStep,
  all: readonly ProgressStep[]
): { open: number[] } | 'approved' {
  const others = all.filter(({ id }) => id !== step.id);
  if (others.every(({ state }) => state === 'approved')) return 'approved';
  if (others.some(({ stage, state }) => stage === step.stage && state !== 'approved')) {
    return { open: [] };
  }
  const waiting = others.filter(({ state }) => state === 'waiting');
  const next = Math.min(...waiting.map(({ stage }) => stage));
  return { open: waiting.filter(({ stage }) => stage === next).map(({ id }) => id) };
}
