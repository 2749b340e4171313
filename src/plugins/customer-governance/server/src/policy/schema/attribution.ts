import Joi from 'joi';
import { ATTRIBUTION_RULES, type AttributionPolicy } from '../policy';
import { count, listOf, shape } from './terms';

export const attribution = shape<AttributionPolicy>({
  rules: listOf(Joi.valid(...ATTRIBUTION_RULES)).required(),
  validDays: count(1, 3650).required(),
  regions: Joi.object()
    .pattern(/^\d{2}(\d{2}(\d{2})?)?$/, Joi.string().max(40))
    .required()
    .messages({
      'object.unknown': 'is not the beginning of a region code: two, four or six digits',
    }),
  handOut: Joi.valid('round-robin', 'fewest-leads').required(),
  leadReturnsAfterDays: count(1, 3650).required(),
  leavers: Joi.valid('superior', 'pool').required(),
  keepMonths: count(1, 120).required(),
});
