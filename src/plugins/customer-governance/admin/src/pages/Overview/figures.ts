import type { Overview } from '../../api/types';
import type { GovernancePage } from '../../permissions';

export const FIGURES = [
  'customers',
  'pendingForMe',
  'myOpenRequests',
  'activeGrants',
  'due',
  'holds',
  'consentsWithdrawn30d',
  'openAnomalies',
  'toVerify',
  'accuracy',
] as const;
export type FigureId = (typeof FIGURES)[number];

export interface Figure {
  id: FigureId;
  value: number;
  /** The page that tells more. */
  page: GovernancePage | null;
}

export interface Work {
  id: FigureId;
  value: number;
  tone: 'primary' | 'warning' | 'danger';
}

const PAGES: Record<FigureId, GovernancePage | null> = {
  customers: null,
  pendingForMe: 'approvals',
  myOpenRequests: 'requests',
  activeGrants: 'requests',
  due: 'retention',
  holds: null,
  consentsWithdrawn30d: null,
  openAnomalies: 'anomalies',
  toVerify: 'verification',
  accuracy: 'verification',
};

const WORK: readonly { id: FigureId; tone: Work['tone'] }[] = [
  { id: 'pendingForMe', tone: 'primary' },
  { id: 'myOpenRequests', tone: 'primary' },
  { id: 'toVerify', tone: 'primary' },
  { id: 'due', tone: 'danger' },
  { id: 'holds', tone: 'warning' },
  { id: 'openAnomalies', tone: 'danger' },
];

/** The figures that the user may see; the server sends null for the others. */
export const figuresOf = (overview: Overview): Figure[] =>
  FIGURES.flatMap((id) => {
    const value = overview[id];
    return value === null || value === undefined ? [] : [{ id, value, page: PAGES[id] }];
  });

/** The figures that stand for something to be done, for the picture. */
export const workOf = (overview: Overview): Work[] =>
  WORK.flatMap(({ id, tone }) => {
    const value = overview[id];
    return value === null || value === undefined ? [] : [{ id, value, tone }];
  });
