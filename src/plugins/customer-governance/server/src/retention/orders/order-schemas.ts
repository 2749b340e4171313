import Joi from 'joi';
import { pagingKeys, type Paging } from '../../paging';
import type { Day } from '../../calendar/zone';
import type { ItemState } from '../models';
import { ORDER_STATES, type OrderState } from './order-row';
import { TASK_MEDIA, TASK_METHODS, type NewTask } from './task-row';

/** How many customers one call names at most. */
export const CUSTOMERS_PER_CALL = 500;

const documentId = Joi.string()
  .pattern(/^[a-z0-9]{1,60}$/i)
  .messages({
    'string.pattern.base': '{{#label}} must be a documentId',
  });
const isDay = (text: string) => {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};
const day = Joi.string()
  .pattern(/^2\d{3}-\d{2}-\d{2}$/)
  .custom((text: string, helpers) => (isDay(text) ? text : helpers.error('string.pattern.base')))
  .messages({ 'string.pattern.base': '{{#label}} must be a day written YYYY-MM-DD' });
const customers = Joi.array().items(documentId).min(1).max(CUSTOMERS_PER_CALL).unique();
const text = (max: number) => Joi.string().trim().min(1).max(max);
const ITEM_STATES: ItemState[] = [
  'listed',
  'destroying',
  'destroyed',
  'held',
  'taken-out',
  'freed',
];

/** Chosen customers, or all whose time was over on a day. */
export interface ProposalBody {
  customers?: string[];
  dueUntil?: Day;
  reason: string;
}

/** What the panel sends about orders; unknown keys are refused. */
export const schemas = {
  id: Joi.object<{ documentId: string }>({ documentId: documentId.required() }),
  nothing: Joi.object<Record<string, never>>({}),
  list: Joi.object<Paging & { state?: OrderState }>({
    state: Joi.string().valid(...ORDER_STATES),
    ...pagingKeys,
  }),
  items: Joi.object<Paging & { state?: ItemState }>({
    state: Joi.string().valid(...ITEM_STATES),
    ...pagingKeys,
  }),
  proposal: Joi.object<ProposalBody>({
    customers,
    dueUntil: day,
    reason: text(1000).required(),
  }).xor('customers', 'dueUntil'),
  add: Joi.object<{ customers: string[] }>({ customers: customers.required() }),
  takeOut: Joi.object<{ customers: string[]; reason: string }>({
    customers: customers.required(),
    reason: text(500).required(),
  }),
  schedule: Joi.object<{ scheduledAt: Date | null }>({
    scheduledAt: Joi.date().iso().allow(null).required(),
  }),
  task: Joi.object<NewTask>({
    medium: Joi.string()
      .valid(...TASK_MEDIA)
      .required(),
    method: Joi.string()
      .valid(...Object.values(TASK_METHODS).flat())
      .required(),
    place: text(200).required(),
    responsible: documentId.required(),
    dueOn: day.allow(null).default(null),
  }),
  reassign: Joi.object<{ responsible: string; dueOn?: Day | null }>({
    responsible: documentId.required(),
    dueOn: day.allow(null),
  }),
  confirmTask: Joi.object<{ note: string }>({ note: text(1000).required() }),
  people: Joi.object<{ text: string }>({ text: text(60).required() }),
};
