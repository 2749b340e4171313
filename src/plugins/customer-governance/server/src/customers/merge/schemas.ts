import Joi from 'joi';
import { pagingKeys, type Paging } from '../../paging';
import type { Proposal } from './merges';

/** What the routes of merging take; unknown keys are refused. */

const documentId = Joi.string()
  .pattern(/^[a-z0-9]{1,60}$/i)
  .messages({ 'string.pattern.base': '{{#label}} must be a documentId' });
const attribute = Joi.string()
  .max(60)
  .pattern(/^[A-Za-z]\w*$/);
const choice = {
  survivor: documentId.required(),
  merged: documentId.required(),
  taken: Joi.array().items(attribute).max(100).unique().default([]),
};

export const schemas = {
  id: Joi.object<{ documentId: string }>({ documentId: documentId.required() }),
  nothing: Joi.object<Record<string, never>>({}),
  list: Joi.object<Paging & { customer?: string }>({ customer: documentId, ...pagingKeys }),
  pair: Joi.object<{ survivor: string; merged: string }>({
    survivor: documentId.required(),
    merged: documentId.required(),
  }),
  distinct: Joi.object<{ files: [string, string] }>({
    files: Joi.array().items(documentId).length(2).unique().required(),
  }),
  choice: Joi.object<Omit<Proposal, 'reason'>>(choice),
  proposal: Joi.object<Proposal>({
    ...choice,
    reason: Joi.string().trim().min(1).max(1000).required(),
  }),
  number: Joi.object<{ number: string }>({ number: Joi.string().trim().min(1).max(60).required() }),
};
