import type { Day } from '../../calendar/zone';
import type { Named, OrderState } from './order-row';

/** What is destroyed by hand, and how it may be [END-1]. */
export const TASK_METHODS = {
  paper: ['shredding', 'incineration', 'pulping'],
  external: ['remote-deletion', 'return', 'written-confirmation'],
  files: ['erasure', 'media-destruction'],
} as const;
export type TaskMedium = keyof typeof TASK_METHODS;
export type TaskMethod = (typeof TASK_METHODS)[TaskMedium][number];
export const TASK_MEDIA = Object.keys(TASK_METHODS) as TaskMedium[];

export interface NewTask {
  medium: TaskMedium;
  method: TaskMethod;
  /** Where it is, or who has it. */
  place: string;
  /** The documentId of the staff profile of who sees to it. */
  responsible: string;
  dueOn: Day | null;
}

export interface TaskRow {
  id: number;
  documentId: string;
  medium: TaskMedium;
  method: TaskMethod;
  place: string;
  dueOn: Day | null;
  state: 'open' | 'confirmed';
  note: string | null;
  confirmedAt: string | null;
  toldAt: string | null;
  responsible?: (Named & { documentId: string }) | null;
  confirmedBy?: Named | null;
  order: {
    id: number;
    documentId: string;
    number: string;
    state: OrderState;
    executor?: { id: number } | null;
  };
}

const NAMED = { select: ['id', 'displayName'] };
export const TASK_POPULATE = {
  responsible: { select: ['id', 'documentId', 'displayName'] },
  confirmedBy: NAMED,
  order: {
    select: ['id', 'documentId', 'number', 'state'],
    populate: { executor: { select: ['id'] } },
  },
};

/** While an order is in one of these, what is to be destroyed by hand can be: it is ordered, and two people confirmed it. */
export const UNDER_WAY: readonly OrderState[] = ['executing', 'paused', 'confirming'];
