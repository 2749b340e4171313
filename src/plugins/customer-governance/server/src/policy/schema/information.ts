import Joi from 'joi';
import {
  CATEGORIES,
  LEGAL_BASES,
  LEVELS,
  type AssessmentPolicy,
  type CollectionPolicy,
  type ConsentPolicy,
  type EntryDeadline,
  type KeyPolicy,
  type PolicyPurpose,
  type StandardsPolicy,
} from '../policy';
import {
  attributeName,
  attributePath,
  code,
  codedList,
  count,
  listOf,
  localText,
  shape,
  uid,
} from './terms';

/** What is known of customers, and how it may be got: classification, purposes, collection, keys. */

const classificationCode = Joi.valid(
  ...CATEGORIES.flatMap((category) => LEVELS.map((level) => `${category}/${level}`))
).messages({
  'any.only':
    `must be 'category/level', the category one of ${CATEGORIES.join(', ')}, ` +
    `the level one of ${LEVELS.join(', ')}`,
});

export const classification = Joi.object()
  .pattern(uid, Joi.object().pattern(attributeName, classificationCode))
  .messages({
    'object.unknown':
      "is neither the uid of a content type ('api::lead.lead') nor the name of an attribute",
  });

export const purposes = codedList(
  shape<PolicyPurpose>({
    code: code.required(),
    name: localText(120).required(),
    description: localText(4000).required(),
    legalBasis: Joi.valid(...LEGAL_BASES).required(),
    attributes: listOf(attributePath).min(1).required(),
  })
);

const entryDeadline = shape<EntryDeadline>({
  hours: Joi.number().positive().max(8760),
  workingHours: Joi.number().positive().max(2000),
})
  .xor('hours', 'workingHours')
  .messages({
    'object.xor': 'must have one of hours and workingHours, not both',
    'object.missing': 'must have one of hours and workingHours',
  });

const strictness = Joi.valid('reject', 'warn');

export const collection = shape<CollectionPolicy>({
  barredSources: listOf(code).required(),
  indirectSourceNeedsPartner: Joi.boolean().required(),
  required: Joi.object({
    person: listOf(attributeName).required(),
    company: listOf(attributeName).required(),
  }).required(),
  recommended: listOf(attributeName).required(),
  standards: shape<StandardsPolicy>({
    creditCodeCheck: strictness.required(),
    industry: strictness.required(),
    address: strictness.required(),
  }).required(),
  assessment: shape<AssessmentPolicy>({
    requiredFor: Joi.valid('sensitive', 'none').required(),
    keepMonths: count(36, 1200).required(),
  }).required(),
  minimalityMonths: count(1, 120).required(),
  entryDeadline: entryDeadline.required(),
  sensitiveConsent: Joi.valid('separate', 'general').required(),
  guardianUnderAge: count(0, 21).required(),
  consent: shape<ConsentPolicy>({
    askAgain: Joi.valid('changed-notice', 'never').required(),
    graceDays: count(0, 3650).required(),
    confirmationAddress: Joi.valid('none', 'masked').required(),
  }).required(),
});

export const keys = shape<KeyPolicy>({
  rotateAfterDays: count(1, 3650).required(),
  epochDays: count(1, 366).required(),
});
