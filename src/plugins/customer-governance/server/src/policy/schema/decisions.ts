import Joi from 'joi';
import {
  APPROVER_ROLES,
  CATEGORIES,
  LEVELS,
  RETENTION_EVENTS,
  type AccessPolicy,
  type ApprovalCondition,
  type ApprovalPolicy,
  type ApprovalRule,
  type AuditPolicy,
  type RetentionPolicy,
  type RetentionRule,
} from '../policy';
import { cron } from './cron';
import { attributePath, code, codedList, count, listOf, shape } from './terms';

/** Who may do what, who decides, and when it ends: access, approvals, retention, audit. */

export const access = shape<AccessPolicy>({
  ambient: listOf(attributePath).required(),
  maxTermDays: count(1, 3650).required(),
  defaultTermDays: count(1, 3650).required(),
  exportThreshold: count(0, 1_000_000).required(),
  listRevealMax: count(1, 1000).required(),
})
  .custom((value: AccessPolicy, helpers) =>
    value.defaultTermDays > value.maxTermDays ? helpers.error('term.order') : value
  )
  .messages({ 'term.order': 'has a defaultTermDays that is longer than its maxTermDays' });

const level = Joi.valid(...LEVELS);

const when = shape<ApprovalCondition>({
  kind: code.required(),
  // Telling the two forms apart first gives the reason for the form that was meant.
  sensitivity: Joi.alternatives().conditional(Joi.array(), {
    then: listOf(level).min(1),
    otherwise: level,
  }),
  keyCustomer: Joi.boolean(),
  ownership: Joi.valid('own', 'other'),
  records: Joi.object({ min: count(0, 1e9), max: count(0, 1e9) }).or('min', 'max'),
});

export const approvals = shape<ApprovalPolicy>({
  rules: codedList(
    shape<ApprovalRule>({
      code: code.required(),
      when: when.required(),
      steps: listOf(Joi.valid(...APPROVER_ROLES))
        .min(1)
        .required(),
    })
  ).required(),
  deadline: Joi.object({ workingDays: count(1, 250).required() }).required(),
  escalation: Joi.object({ workingDays: count(1, 250).required() }).required(),
});

const months = count(1, 1200);

export const retention = shape<RetentionPolicy>({
  rules: codedList(
    shape<RetentionRule>({
      code: code.required(),
      category: Joi.valid('all', ...CATEGORIES).required(),
      purpose: code,
      event: Joi.valid(...RETENTION_EVENTS).required(),
      atMostMonths: months,
      atLeastMonths: months,
      customerClass: Joi.valid('all', 'ordinary', 'key').required(),
    })
      .or('atMostMonths', 'atLeastMonths')
      .messages({ 'object.missing': 'must have atMostMonths, atLeastMonths or both' })
  ).required(),
  deletion: Joi.valid('by-order', 'by-permission').required(),
  proposalCron: cron.required(),
  destroyWithinDays: count(1, 366).required(),
});

export const audit = shape<AuditPolicy>({
  keepMonths: count(12, 1200)
    .required()
    .messages({ 'number.min': 'must be at least 12: the law wants a year of the log' }),
  reads: Joi.boolean().required(),
});
