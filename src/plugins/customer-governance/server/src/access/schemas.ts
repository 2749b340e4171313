import Joi from 'joi';
import { pagingKeys, type Paging } from '../paging';
import { RECIPIENTS } from '../policy';
import type { RevealRequest } from './authorisation';
import { GRANT_STATES, REQUEST_STATES, type GrantState, type RequestState } from './models';
import type { NewRequest } from './request-rules';

/** What the panel and the content API take: one form for both. */

const documentId = Joi.string()
  .pattern(/^[a-z0-9]{1,60}$/i)
  .messages({
    'string.pattern.base': '{{#label}} must be a documentId',
  });
const uid = Joi.string()
  .max(120)
  .pattern(/^[\w:.-]+$/);
const attribute = Joi.string().max(60).pattern(/^\w+$/);
const code = Joi.string()
  .max(60)
  .pattern(/^[\w-]+$/);
const MAX_RECORDS = 500;

export const revealSchema = Joi.object<RevealRequest & { documentIds: string[] }>({
  type: uid.required(),
  documentIds: Joi.array().items(documentId).min(1).max(100).unique().required(),
  attributes: Joi.array().items(attribute).min(1).max(50).unique().required(),
  purpose: code.required(),
});
export const revealChangeSchema = Joi.object<{ purpose: string }>({ purpose: code.required() });
export const lookupSchema = Joi.object<{
  type: string;
  attribute: string;
  value: string;
  transform?: string;
  dormant?: boolean;
}>({
  type: uid.required(),
  attribute: attribute.required(),
  value: Joi.string().max(1000).required(),
  transform: code,
  dormant: Joi.boolean(),
});
/** How a request is sent: for decision, or to be kept as a draft. */
type SentRequest = NewRequest & { draft: boolean };
export const requestSchema = Joi.object<SentRequest>({
  type: uid.required(),
  records: Joi.array().items(documentId).min(1).max(MAX_RECORDS).unique(),
  // What it may ask for is decided once the type is known.
  filter: Joi.object().unknown(),
  purpose: code.required(),
  attributes: Joi.array().items(attribute).min(1).max(50).unique().required(),
  termDays: Joi.number().integer().min(1).max(3650).required(),
  revealLimit: Joi.number().integer().min(1).max(100_000).allow(null),
  recipient: Joi.string().valid(...RECIPIENTS),
  renewalOf: documentId.allow(null),
  reason: Joi.string().trim().min(1).max(1000).required(),
  draft: Joi.boolean().default(false),
})
  .xor('records', 'filter')
  .messages({
    'object.missing': 'records: name the records, or give a filter that chooses them',
    'object.xor': 'records: name the records or give a filter, not both',
  });
/** A request that is still being written: its reason does not change who decides. */
export const previewSchema = requestSchema.fork(['reason'], (reason) =>
  reason.optional().allow('')
);
export const idSchema = Joi.object<{ documentId: string }>({ documentId: documentId.required() });
export const recordSchema = Joi.object<{ type: string; documentId: string }>({
  type: uid.required(),
  documentId: documentId.required(),
});
export const requestsSchema = Joi.object<Paging & { state?: RequestState }>({
  state: Joi.string().valid(...REQUEST_STATES),
  ...pagingKeys,
});
export const grantsSchema = Joi.object<Paging & { state?: GrantState; mine: boolean }>({
  state: Joi.string().valid(...GRANT_STATES),
  mine: Joi.boolean().default(false),
  ...pagingKeys,
});
export const reasonSchema = Joi.object<{ reason: string }>({
  reason: Joi.string().trim().min(1).max(500).required(),
});
export const pageSchema = Joi.object<Paging>(pagingKeys);
export const noteSchema = Joi.object<{ note: string }>({
  note: Joi.string().trim().min(1).max(500).required(),
});
