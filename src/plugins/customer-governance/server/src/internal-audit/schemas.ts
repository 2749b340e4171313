import Joi from 'joi';
import { pagingKeys, type Paging } from '../paging';
import { SEVERITIES } from '../policy';
import type { AuditFilter, AuditPlan } from './audits';
import type { Assignment, NewFinding, Remediation } from './findings';
import {
  AUDIT_KINDS,
  AUDIT_STATES,
  CHAPTERS,
  EVIDENCE_KINDS,
  type Evidence,
  type Scope,
} from './models';
import type { Team } from './plan';

/** What the routes of internal audits take; unknown keys are refused. */

const documentId = Joi.string()
  .pattern(/^[a-z0-9]{1,60}$/i)
  .messages({ 'string.pattern.base': '{{#label}} must be a documentId' });

const isDay = (text: string) => {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};

const day = Joi.string()
  .pattern(/^2\d{3}-\d{2}-\d{2}$/)
  .custom((text: string, helpers) => (isDay(text) ? text : helpers.error('string.pattern.base')))
  .messages({ 'string.pattern.base': '{{#label}} must be a day written YYYY-MM-DD' });

const text = (max: number) => Joi.string().trim().min(1).max(max);
const codes = (max: number) =>
  Joi.array()
    .items(
      Joi.string()
        .max(120)
        .pattern(/^[\w.:-]+$/)
    )
    .max(max)
    .unique();

const scope = Joi.object<Scope>({
  departments: codes(50).required(),
  types: codes(50).required(),
  chapters: Joi.array()
    .items(Joi.string().valid(...CHAPTERS))
    .min(1)
    .unique()
    .required(),
});

const team = {
  lead: documentId.required(),
  auditors: Joi.array().items(documentId).max(20).unique().required(),
};

const assignment = { responsible: documentId.required(), dueOn: day.required() };

const evidence = Joi.object<Evidence>({
  kind: Joi.string()
    .valid(...EVIDENCE_KINDS)
    .required(),
  reference: Joi.when('kind', {
    is: 'link',
    then: Joi.string()
      .trim()
      .max(1000)
      .uri({ scheme: ['http', 'https'] })
      .messages({
        'string.uriCustomScheme': '{{#label}} must be the address of a page, https://…',
        'string.uri': '{{#label}} must be the address of a page, https://…',
      }),
    otherwise: documentId,
  }).required(),
});

export const schemas = {
  id: Joi.object<{ documentId: string }>({ documentId: documentId.required() }),
  nothing: Joi.object<Record<string, never>>({}),
  list: Joi.object<Paging & AuditFilter>({
    state: Joi.string().valid(...AUDIT_STATES),
    kind: Joi.string().valid(...AUDIT_KINDS),
    ...pagingKeys,
  }),
  mine: Joi.object<Paging & { unclosed: boolean }>({
    unclosed: Joi.boolean().default(false),
    ...pagingKeys,
  }),
  people: Joi.object<{ text: string }>({ text: text(60).required() }),
  plan: Joi.object<AuditPlan>({
    kind: Joi.string()
      .valid(...AUDIT_KINDS)
      .required(),
    title: text(200).allow(null).default(null),
    reason: text(2000).allow(null).default(null),
    scope: scope.required(),
    periodFrom: day.required(),
    periodTo: day.required(),
    plannedOn: day.required(),
    ...team,
  }),
  team: Joi.object<Team>(team),
  report: Joi.object<{ conclusion: string }>({ conclusion: text(10_000).required() }),
  cancel: Joi.object<{ reason: string }>({ reason: text(2000).required() }),
  finding: Joi.object<NewFinding>({
    severity: Joi.string()
      .valid(...SEVERITIES)
      .required(),
    chapter: Joi.string()
      .valid(...CHAPTERS)
      .required(),
    description: text(5000).required(),
    ...assignment,
  }),
  assignment: Joi.object<Assignment>(assignment),
  remediation: Joi.object<Remediation>({
    remediation: text(5000).required(),
    evidence: Joi.array().items(evidence).max(20).default([]),
  }),
  recheck: Joi.object<{ passed: boolean; note: string }>({
    passed: Joi.boolean().required(),
    note: text(2000).required(),
  }),
};
