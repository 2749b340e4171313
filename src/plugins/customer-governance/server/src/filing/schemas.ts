import Joi from 'joi';
import { pagingKeys, type Paging } from '../paging';
import type { Decision } from './decision';

/** What one call may decide or submit. */
const MANY = 100;

const documentId = Joi.string()
  .pattern(/^[a-z0-9]{1,60}$/i)
  .messages({ 'string.pattern.base': '{{#label}} must be a documentId' });
const documentIds = Joi.array().items(documentId).min(1).max(MANY).unique().required();

const decision = {
  decision: Joi.valid('file', 'return').required(),
  checklist: Joi.object()
    .pattern(
      Joi.string()
        .max(60)
        .pattern(/^[a-z0-9-]+$/),
      Joi.boolean().strict()
    )
    .max(50)
    .required(),
  reasons: Joi.string().trim().max(2000).allow('', null),
};

/** What the routes of review and filing take; unknown keys are refused. */
export const schemas = {
  id: Joi.object<{ documentId: string }>({ documentId: documentId.required() }),
  list: Joi.object<Paging>(pagingKeys),
  nothing: Joi.object<Record<string, never>>({}),
  submitMany: Joi.object<{ documentIds?: string[]; all?: true }>({
    documentIds: documentIds.optional(),
    all: Joi.valid(true),
  }).xor('documentIds', 'all'),
  decide: Joi.object<Decision>(decision),
  decideMany: Joi.object<Decision & { documentIds: string[] }>({ ...decision, documentIds }),
};
