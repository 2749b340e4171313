import Joi from 'joi';
import { AUDIT_ACTIONS } from '../audit/actions';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../paging';
import { EXPORT_FORMATS, type ExportFormat } from './export';
import { ACTION_GROUPS, type ActionGroup } from './groups';
import type { Order } from './selection';

const id = Joi.string()
  .max(60)
  .pattern(/^[\w:.-]+$/);
const recordId = Joi.string()
  .max(60)
  .pattern(/^[\w:-]+$/);
/** `staff:<documentId>`, or a kind of account and its id. */
const actor = Joi.string()
  .max(80)
  .pattern(/^(staff|admin|user|api-token|system|anonymous):[\w:.-]{1,60}$/)
  .messages({
    'string.pattern.base':
      '"actor" must be staff:<documentId>, or a kind of account and its id, such as admin:7',
  });
const day = Joi.string()
  .pattern(/^\d{4}-\d{2}-\d{2}$/)
  .custom((value: string, { error }) =>
    Number.isNaN(Date.parse(`${value}T00:00:00Z`)) ||
    new Date(`${value}T00:00:00Z`).toISOString().slice(0, 10) !== value
      ? error('any.invalid')
      : value
  )
  .messages({
    'string.pattern.base': '{{#label}} must be a day such as 2026-02-14',
    'any.invalid': '{{#label}} must be a day of the calendar',
  });

/** What may be asked for; all of it must be true of an entry. */
export interface EntryQuery {
  actor?: string;
  recordId?: string;
  /** Of the record also what belongs to it, and the requests that named it. */
  related?: boolean;
  action?: string;
  group?: ActionGroup;
  purpose?: string;
  outcome?: string;
  channel?: string;
  from?: Date;
  to?: Date;
}

const filters = {
  actor,
  recordId,
  related: Joi.boolean(),
  action: Joi.string().valid(...Object.keys(AUDIT_ACTIONS)),
  group: Joi.string().valid(...ACTION_GROUPS),
  purpose: id,
  outcome: Joi.string().valid('done', 'refused'),
  channel: id,
  from: Joi.date().iso(),
  to: Joi.date().iso(),
};

export interface PageQuery extends EntryQuery {
  order: Order;
  cursor?: string;
  limit: number;
}

export const pageSchema = Joi.object<PageQuery>({
  ...filters,
  order: Joi.string().valid('newest', 'oldest').default('newest'),
  cursor: Joi.string()
    .pattern(/^\d{1,15}-\d{1,15}$/)
    .messages({ 'string.pattern.base': '"cursor" must be the nextCursor of an earlier answer' }),
  limit: Joi.number().integer().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
}).with('related', 'recordId');

export const exportSchema = Joi.object<EntryQuery & { format: ExportFormat }>({
  ...filters,
  format: Joi.string()
    .valid(...EXPORT_FORMATS)
    .required(),
}).with('related', 'recordId');

/** By a part of the name, or the one that an address names. */
export const actorsSchema = Joi.object<{ q?: string; value?: string }>({
  q: Joi.string().trim().max(60),
  value: actor,
}).xor('q', 'value');

/** Counters of a longer time are read in parts. */
export const MAX_DAYS = 366;
export const figuresSchema = Joi.object<{ from: string; to: string }>({
  from: day.required(),
  to: day.required(),
});

export const dayOfSchema = Joi.object<{ actor: string; day: string }>({
  actor: actor.required(),
  day: day.required(),
});

export const entrySchema = Joi.object<{ entryId: string }>({ entryId: recordId.required() });
