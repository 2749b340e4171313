import Joi from 'joi';
import { pagingKeys, type Paging } from '../paging';
import { VISIT_KINDS, type VisitKind } from './models';
import type { Decision, Notes, VisitEntry } from './visits';

const documentId = Joi.string()
  .pattern(/^[a-z0-9]{1,60}$/i)
  .messages({ 'string.pattern.base': '{{#label}} must be a documentId' });
const text = (max: number) => Joi.string().trim().max(max).allow('', null).empty(['', null]);
const day = Joi.string()
  .empty(['', null])
  .custom((value: string, helpers) =>
    /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
      ? value
      : helpers.error('day.wrong')
  )
  .messages({ 'day.wrong': '{{#label}} must be a day: YYYY-MM-DD' });

/** What a visitor may leave at a counter; everything else is entered in the file. */
const DETAILS = [
  'kind',
  'plan',
  'name',
  'mobile',
  'landline',
  'email',
  'wechat',
  'companyName',
  'creditCode',
  'industry',
  'companySize',
  'position',
  'contactDepartment',
  'website',
  'address',
  'needs',
];

const notes = { outcome: text(1000), nextStep: text(1000), nextOn: day };

export const visitSchema = Joi.object<VisitEntry>({
  kind: Joi.valid(...VISIT_KINDS).required(),
  at: Joi.date().iso().required(),
  staff: documentId,
  region: Joi.string()
    .pattern(/^\d{6}$/)
    .allow('', null)
    .empty(['', null])
    .messages({
      'string.pattern.base': '{{#label}} must be a region code of six digits (GB/T 2260)',
    }),
  interest: text(1000),
  source: text(60),
  ...notes,
  customer: documentId,
  details: Joi.object(Object.fromEntries(DETAILS.map((name) => [name, text(4000)]))).min(1),
})
  .oxor('customer', 'details')
  .messages({ 'object.oxor': 'name a customer or give details, not both' });

const cleared = Joi.string().trim().max(1000).allow(null).empty('').default(null);

export const notesSchema = Joi.object<Notes>({
  outcome: cleared,
  nextStep: cleared,
  nextOn: day.default(null),
});

export const decisionSchema = Joi.object<Decision & { to?: string; why?: string }>({
  decision: Joi.valid('accept', 'choose', 'pool').required(),
  to: documentId.when('decision', {
    is: 'choose',
    then: Joi.required(),
    otherwise: Joi.forbidden(),
  }),
  why: Joi.string()
    .trim()
    .min(1)
    .max(500)
    .when('decision', { is: 'accept', then: Joi.forbidden(), otherwise: Joi.required() }),
});

export const visitIdSchema = Joi.object<{ id: number }>({
  id: Joi.number().integer().min(1).max(2_147_483_647).required(),
});

export const visitListSchema = Joi.object<Paging & { kind?: VisitKind; open?: boolean }>({
  kind: Joi.valid(...VISIT_KINDS),
  open: Joi.boolean(),
  ...pagingKeys,
});

export const pageSchema = Joi.object<Paging>(pagingKeys);

/** A random key of the client's: of a guessable one the digest of a visitor's number could be guessed, too. */
export const keySchema = Joi.object<{ key: string | null }>({
  key: Joi.string()
    .pattern(/^[\w-]{16,100}$/)
    .allow(null)
    .label('Idempotency-Key')
    .messages({
      'string.pattern.base': '{{#label}} must be 16 to 100 random letters and digits, as a UUID is',
    }),
});
