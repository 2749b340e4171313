import Joi from 'joi';
import {
  FILING_SEPARATORS,
  type FilingCheck,
  type FilingNumberPart,
  type FilingNumberRule,
  type FilingPolicy,
} from '../policy';
import { code, codedList, count, localText, shape } from './terms';

/** Room for a sequence that outgrows its digits is left in the column. */
const MAX_LENGTH = 50;

/** What stands in a number is typed, printed and read out: letters and digits. */
const sign = Joi.string()
  .max(20)
  .pattern(/^[A-Za-z0-9]+$/)
  .messages({ 'string.pattern.base': 'must be letters and digits' });

const part = Joi.alternatives().conditional('.kind', {
  switch: [
    { is: 'text', then: partOf('text', { text: sign.required() }) },
    {
      is: 'region',
      then: partOf('region', { digits: Joi.valid(2, 4, 6).required(), otherwise: sign }),
    },
    {
      is: 'industry',
      then: partOf('industry', {
        codes: Joi.object().pattern(Joi.string().max(80), sign).min(1).required(),
        otherwise: sign,
      }),
    },
    { is: 'class', then: partOf('class', { key: sign.required(), ordinary: sign.required() }) },
    { is: 'year', then: partOf('year', { digits: Joi.valid(2, 4).required() }) },
    {
      is: 'sequence',
      then: partOf('sequence', {
        digits: count(1, 12).required(),
        restart: Joi.valid('never', 'year').required(),
      }),
    },
  ],
  otherwise: Joi.object({
    kind: Joi.valid('text', 'region', 'industry', 'class', 'year', 'sequence').required(),
  }).unknown(),
});

function partOf(kind: FilingNumberPart['kind'], keys: Joi.SchemaMap): Joi.ObjectSchema {
  return Joi.object({ kind: Joi.valid(kind).required(), ...keys });
}

/** Two numbers are the same only if year and sequence are: codes of one part are of one length. */
function sound(rule: FilingNumberRule, helpers: Joi.CustomHelpers): unknown {
  const { parts } = rule;
  const sequences = parts.filter(({ kind }) => kind === 'sequence');
  const [sequence] = sequences;
  if (sequences.length !== 1 || sequence?.kind !== 'sequence') {
    return helpers.error('filing.sequence');
  }
  if (sequence.restart === 'year' && !parts.some(({ kind }) => kind === 'year')) {
    return helpers.error('filing.year');
  }
  if (parts.some((one) => new Set(codesOf(one).map(({ length }) => length)).size > 1)) {
    return helpers.error('filing.lengths');
  }
  const length = parts.map(lengthOf).reduce((sum, one) => sum + one + rule.separator.length, 0);
  return length > MAX_LENGTH ? helpers.error('filing.long') : rule;
}

const lengthOf = (one: FilingNumberPart): number =>
  one.kind === 'text'
    ? one.text.length
    : 'digits' in one
      ? one.digits
      : (codesOf(one)[0] ?? '').length;

function codesOf(one: FilingNumberPart): string[] {
  switch (one.kind) {
    case 'region':
      return one.otherwise === undefined ? [] : ['0'.repeat(one.digits), one.otherwise];
    case 'industry':
      return [...Object.values(one.codes), ...(one.otherwise === undefined ? [] : [one.otherwise])];
    case 'class':
      return [one.key, one.ordinary];
    default:
      return [];
  }
}

const number = shape<FilingNumberRule>({
  parts: Joi.array().items(part).min(1).max(12).required(),
  separator: Joi.valid(...FILING_SEPARATORS).required(),
})
  .custom(sound)
  .messages({
    'filing.sequence': 'must have exactly one part of the kind sequence',
    'filing.year':
      'has a sequence that begins anew in each year, and so needs a part of the kind year',
    'filing.long': `makes numbers of more than ${MAX_LENGTH} characters`,
    'filing.lengths': 'has a part whose codes, otherwise included, are not of one length',
  });

export const filing = shape<FilingPolicy>({
  required: Joi.boolean().required(),
  reviewer: Joi.valid('not-enterer', 'not-enterer-nor-owner').required(),
  checklist: codedList(
    shape<FilingCheck>({ code: code.required(), name: localText(200).required() })
  )
    .max(30)
    .required(),
  number: number.required(),
  unfiledUse: Joi.valid('team', 'all').required(),
});
