import Joi from 'joi';
import { pagingKeys, type Paging } from '../paging';
import type { Mapping } from './imports';

const MAX_COLUMNS = 1000;
const documentId = Joi.string()
  .pattern(/^[a-z0-9]{1,60}$/i)
  .messages({ 'string.pattern.base': '{{#label}} must be a documentId' });
const attribute = Joi.string()
  .max(60)
  .pattern(/^[A-Za-z]\w*$/);

export const schemas = {
  id: Joi.object<{ documentId: string }>({ documentId: documentId.required() }),
  list: Joi.object<Paging>(pagingKeys),
  columns: Joi.object<{ plan?: string }>({ plan: documentId }),
  mapping: Joi.object<Mapping>({
    plan: documentId.required(),
    mapping: Joi.array().items(attribute.allow(null)).max(MAX_COLUMNS).required(),
    constants: Joi.object()
      .pattern(attribute, Joi.string().trim().min(1).max(200))
      .max(30)
      .default({}),
  }),
  findings: Joi.object<Paging & { phase: 'check' | 'run' }>({
    ...pagingKeys,
    phase: Joi.valid('check', 'run').required(),
  }),
  report: Joi.object<{ phase: 'check' | 'run'; language: 'en' | 'zh' }>({
    phase: Joi.valid('check', 'run').required(),
    language: Joi.valid('en', 'zh').default('zh'),
  }),
  nothing: Joi.object<Record<string, never>>({}),
};
