import type { AlertView } from '../../api/types';
import type { AnomalyKind } from '../../api/vocabulary';
import { PANEL_PATH } from '../../pluginId';
import { dayOf } from '../Audit/filters';

/** Which sentence says what was seen, and beside what. */
export const sentenceOf = ({
  kind,
  figures,
}: Pick<AlertView, 'kind' | 'figures'>): AnomalyKind | 'repeated-again' =>
  kind === 'repeated-changes' && figures.of === 'repeated' ? 'repeated-again' : kind;

/** What that sentence is filled with. */
export const valuesOf = ({
  figures,
  observed,
  expected,
}: Pick<AlertView, 'figures' | 'observed' | 'expected'>): Record<string, number> => ({
  observed,
  expected,
  days: Number(figures.days ?? 0),
  minutes: Number(figures.minutes ?? 0),
});

/** The log of the person in the days of the alert. */
export const logPath = ({
  person,
  from,
  to,
}: Pick<AlertView, 'person' | 'from' | 'to'>): string => {
  // The window is half open: one that ends at midnight does not reach into the next day.
  const last = new Date(Date.parse(to) - 1);
  const search = new URLSearchParams({
    actor: `${person.kind}:${person.id}`,
    from: dayOf(new Date(from)),
    to: dayOf(last),
  });
  return `${PANEL_PATH}/audit?${search.toString()}`;
};
