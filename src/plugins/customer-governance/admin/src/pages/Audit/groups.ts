import { ACTION_GROUPS, type ActionGroup } from '../../api/vocabulary';

type Counts = Partial<Record<ActionGroup, number>>;

/** Colours of the design system, by which the groups are told apart in every picture. */
export const GROUP_COLORS = {
  'sign-in': 'neutral400',
  reading: 'primary600',
  changes: 'success500',
  requests: 'secondary500',
  retention: 'warning500',
  refusals: 'danger600',
  people: 'alternative500',
  system: 'neutral700',
} as const satisfies Record<ActionGroup, string>;

export const totalOf = (counts: Counts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** The groups that occur at all, in their fixed order. */
export const groupsIn = (all: readonly Counts[]): ActionGroup[] =>
  ACTION_GROUPS.filter((group) => all.some((counts) => (counts[group] ?? 0) > 0));

const minutesOf = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
};

/** Whether any part of an hour of the day is working time. */
export const isWorkingHour = (hour: number, spans: readonly [string, string][]): boolean =>
  spans.some(([from, to]) => minutesOf(from) < (hour + 1) * 60 && minutesOf(to) > hour * 60);
