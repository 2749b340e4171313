import Joi from 'joi';
import {
  APPROVER_ROLES,
  CATEGORIES,
  CUSTOMER_CLASSES,
  LEVELS,
  RECIPIENTS,
  RETENTION_EVENTS,
  VISIBILITY_LEVELS,
  type AccessPolicy,
  type ApiVisibility,
  type ApprovalCondition,
  type ApprovalPolicy,
  type ApprovalRule,
  type AuditPolicy,
  type BackupPolicy,
  type InternalAuditPolicy,
  type NotificationPolicy,
  type ChangesPolicy,
  type DormancyPolicy,
  type DestructionPolicy,
  type PeoplePolicy,
  type RetentionPolicy,
  type RetentionRule,
} from '../policy';
import { cron } from './cron';
import { attributePath, code, codedList, count, listOf, shape } from './terms';

/** Who may do what, who decides, who is told, and when it ends: access, approvals, changes, retention, audit, notifications. */

const visibility = Joi.valid(...VISIBILITY_LEVELS);

export const access = shape<AccessPolicy>({
  ambient: listOf(attributePath).required(),
  maxTermDays: count(1, 3650).required(),
  defaultTermDays: count(1, 3650).required(),
  exportThreshold: count(0, 1_000_000).required(),
  listRevealMax: count(1, 1000).required(),
  apiVisibility: shape<ApiVisibility>({
    default: visibility.required(),
    roles: Joi.object()
      .pattern(Joi.string().pattern(/^[\w-]{1,60}$/), visibility)
      .required(),
    tokens: Joi.valid('all', 'none').required(),
  }).required(),
})
  .custom((value: AccessPolicy, helpers) =>
    value.defaultTermDays > value.maxTermDays ? helpers.error('term.order') : value
  )
  .messages({ 'term.order': 'has a defaultTermDays that is longer than its maxTermDays' });

const level = Joi.valid(...LEVELS);

/** One value or a list of them. Telling the two forms apart first gives the reason for the form that was meant. */
const oneOrMore = (item: Joi.Schema) =>
  Joi.alternatives().conditional(Joi.array(), { then: listOf(item).min(1), otherwise: item });

const when = shape<ApprovalCondition>({
  kind: code.required(),
  sensitivity: oneOrMore(level),
  keyCustomer: Joi.boolean(),
  ownership: Joi.valid('own', 'other'),
  records: Joi.object({ min: count(0, 1e9), max: count(0, 1e9) }).or('min', 'max'),
  recipient: oneOrMore(Joi.valid(...RECIPIENTS)),
  department: oneOrMore(Joi.string().max(60)),
});

const NAMED = /^(role|person):\S(.{0,58}\S)?$/u;

const approver = Joi.string()
  .custom((value: string, helpers) =>
    (APPROVER_ROLES as readonly string[]).includes(value) || NAMED.test(value)
      ? value
      : helpers.error('approver.unknown')
  )
  .messages({
    'approver.unknown': `must be one of ${APPROVER_ROLES.join(', ')}, 'role:' with the name of a role, or 'person:' with a staff number`,
  });

const steps = Joi.array()
  .items(
    Joi.alternatives().conditional(Joi.array(), {
      then: listOf(approver).min(2),
      otherwise: approver,
    })
  )
  .min(1)
  .custom((value: ApprovalRule['steps'], helpers) =>
    new Set(value.flat()).size < value.flat().length ? helpers.error('array.unique') : value
  )
  .messages({ 'array.unique': 'names the same approver twice' });

export const approvals = shape<ApprovalPolicy>({
  rules: codedList(
    shape<ApprovalRule>({
      code: code.required(),
      when: when.required(),
      steps: steps.required(),
    })
  ).required(),
  deadline: Joi.object({ workingDays: count(1, 250).required() }).required(),
  reminder: Joi.object({ workingHours: Joi.number().positive().max(2000).required() }).required(),
  escalation: Joi.object({ workingDays: count(1, 250).required() }).required(),
});

export const people = shape<PeoplePolicy>({
  ndaRequired: Joi.boolean().required(),
  trainingValidMonths: count(0, 120).required(),
});

export const changes = shape<ChangesPolicy>({
  controlled: listOf(attributePath).required(),
  lateAfter: Joi.object({ workingDays: count(1, 250).required() }).required(),
  // One change is no repetition.
  alert: Joi.object({
    changes: count(2, 1000).required(),
    days: count(1, 366).required(),
  }).required(),
});

const months = count(1, 1200);

export const retention = shape<RetentionPolicy>({
  rules: codedList(
    shape<RetentionRule>({
      code: code.required(),
      category: Joi.valid('all', ...CATEGORIES).required(),
      attributes: listOf(attributePath).min(1),
      purpose: code,
      event: Joi.valid(...RETENTION_EVENTS).required(),
      atMostMonths: count(0, 1200),
      atLeastMonths: months,
      customerClass: Joi.valid('all', ...CUSTOMER_CLASSES).required(),
    })
      .or('atMostMonths', 'atLeastMonths')
      .messages({ 'object.missing': 'must have atMostMonths, atLeastMonths or both' })
  ).required(),
  deletion: Joi.valid('by-order', 'by-permission').required(),
  proposalCron: cron.required(),
  destroyWithinDays: count(1, 366).required(),
  dormancy: shape<DormancyPolicy>({
    dormantAfterMonths: count(0, 1200).required(),
    invalidAfterMonths: count(0, 1200).required(),
  })
    .required()
    .custom((value: DormancyPolicy, helpers) =>
      value.invalidAfterMonths > 0 && value.invalidAfterMonths <= value.dormantAfterMonths
        ? helpers.error('dormancy.order')
        : value
    )
    .messages({
      'dormancy.order': 'has an invalidAfterMonths that is not longer than its dormantAfterMonths',
    }),
  destruction: shape<DestructionPolicy>({
    vacuum: Joi.valid('never', 'touched', 'full').required(),
    confirmWithinMinutes: count(5, 1440).required(),
    remindAfterWorkingDays: count(1, 60).required(),
    consentProof: Joi.valid('destroy', 'keep-proof').required(),
    consentProofMonths: months.required(),
  }).required(),
});

export const audit = shape<AuditPolicy>({
  keepMonths: count(12, 1200)
    .required()
    .messages({ 'number.min': 'must be at least 12: the law wants a year of the log' }),
  reads: Joi.boolean().required(),
  address: Joi.valid('none', 'masked', 'full').required(),
  values: Joi.valid('none', 'sealed').required(),
  sequence: shape<AuditPolicy['sequence']>({
    seconds: count(1, 3600).required(),
    rows: count(1, 100_000).required(),
  }).required(),
});

const dueDays = count(1, 3650).required();

export const internalAudits = shape<InternalAuditPolicy>({
  everyMonths: count(0, 120).required(),
  remindDays: count(0, 366).required(),
  dueDays: shape<InternalAuditPolicy['dueDays']>({
    minor: dueDays,
    major: dueDays,
    critical: dueDays,
  }).required(),
});

export const notifications = shape<NotificationPolicy>({
  email: Joi.boolean().required(),
  keepReadDays: count(1, 3650).required(),
});

export const backup = shape<BackupPolicy>({
  incrementalCron: cron.required(),
  fullCron: cron.required(),
  keepDays: count(1, 3650).required(),
  keepKeyArchives: count(1, 100).required(),
  overdueHours: count(1, 8760).required(),
  drillEveryMonths: count(0, 120).required(),
});
