import Joi from 'joi';
import { pagingKeys, type Paging } from '../paging';
import { VERIFICATION_METHODS, type VerificationMethod } from '../policy';
import { OUTCOMES, SAMPLE_STATES, type SampleState } from './models';
import type { Result } from './recording';

/** What the routes of verification take; unknown keys are refused. */

const results = Joi.array()
  .items(
    Joi.object<Result>({
      attribute: Joi.string()
        .max(60)
        .pattern(/^[A-Za-z]\w*$/)
        .required(),
      outcome: Joi.valid(...OUTCOMES).required(),
    })
  )
  .min(1)
  .max(60)
  .unique('attribute')
  .messages({ 'array.unique': '"results" names the same attribute twice' });

export interface NewVerification {
  method: VerificationMethod;
  results: Result[];
}

export const schemas = {
  nothing: Joi.object<Record<string, never>>({}),
  id: Joi.object<{ documentId: string }>({
    documentId: Joi.string()
      .pattern(/^[a-z0-9]{1,60}$/i)
      .required()
      .messages({ 'string.pattern.base': '{{#label}} must be a documentId' }),
  }),
  tasks: Joi.object<Paging & { scope: 'mine' | 'all' }>({
    scope: Joi.valid('mine', 'all').default('mine'),
    ...pagingKeys,
  }),
  sample: Joi.object<Paging & { state: SampleState }>({
    state: Joi.valid(...SAMPLE_STATES).default('open'),
    ...pagingKeys,
  }),
  record: Joi.object<NewVerification>({
    method: Joi.valid(...VERIFICATION_METHODS).required(),
    results: results.required(),
  }),
};
