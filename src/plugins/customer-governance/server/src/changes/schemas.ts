import Joi from 'joi';
import { pagingKeys, type Paging } from '../paging';
import { CHANGE_STATES, type ChangeState } from './change-request';
import type { Proposal } from './proposal';

const documentId = Joi.string()
  .pattern(/^[a-z0-9]{1,60}$/i)
  .messages({ 'string.pattern.base': '{{#label}} must be a documentId' });
const uid = Joi.string()
  .max(120)
  .pattern(/^[\w:.-]+$/);
const value = Joi.alternatives(
  Joi.string().max(5000).allow('', null),
  Joi.number(),
  Joi.boolean()
).messages({ 'alternatives.types': '{{#label}} must be a text, a number, true, false or null' });

export const proposalSchema = Joi.object<Proposal>({
  type: uid.required(),
  documentId: documentId.required(),
  values: Joi.object()
    .pattern(/^[A-Za-z]\w{0,59}$/, value)
    .min(1)
    .max(50)
    .required(),
  reason: Joi.string().trim().min(1).max(1000).required(),
});

/** A proposal that is still being written: its reason does not change who decides. */
export const previewSchema = Joi.object<{
  type: string;
  documentId: string;
  attributes: string[];
}>({
  type: uid.required(),
  documentId: documentId.required(),
  attributes: Joi.array()
    .items(Joi.string().max(60).pattern(/^\w+$/))
    .min(1)
    .max(50)
    .unique()
    .required(),
});

export const idSchema = Joi.object<{ documentId: string }>({ documentId: documentId.required() });

export const recordSchema = Joi.object<{ type: string; documentId: string }>({
  type: uid.required(),
  documentId: documentId.required(),
});

export const listSchema = Joi.object<Paging & { state?: ChangeState }>({
  state: Joi.string().valid(...CHANGE_STATES),
  ...pagingKeys,
});

export const historySchema = Joi.object<Paging>(pagingKeys);
