import Joi from 'joi';
import { DUPLICATE_KEYS, NEAR_KEYS, type DuplicatePolicy } from '../policy';
import { count, listOf, shape } from './terms';

/** By what customers are known again. */
export const duplicates = shape<DuplicatePolicy>({
  keys: listOf(Joi.valid(...DUPLICATE_KEYS)).required(),
  near: listOf(Joi.valid(...NEAR_KEYS)).required(),
  lookupsPerHour: count(0, 100_000).required(),
});
