import Joi from 'joi';
import { SAMPLE_PERIODS, VERIFICATION_METHODS, type VerificationPolicy } from '../policy';
import { attributePath, count, listOf, shape } from './terms';

export const verification = shape<VerificationPolicy>({
  facts: listOf(attributePath).required(),
  everyMonths: count(0, 120).required(),
  methods: listOf(Joi.valid(...VERIFICATION_METHODS))
    .min(1)
    .required(),
  sample: shape<VerificationPolicy['sample']>({
    percent: Joi.number().min(0).max(100).required(),
    atMost: count(1, 100_000).required(),
    everyMonths: Joi.valid(...SAMPLE_PERIODS).required(),
  }).required(),
});
