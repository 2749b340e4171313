import Joi from 'joi';
import {
  ANOMALY_KINDS,
  ANOMALY_SEVERITIES,
  type AnomalyKind,
  type AnomalyPolicy,
  type AnomalyRule,
} from '../policy';
import { code, codedList, count, shape } from './terms';

/** What is looked for in the log. */

type Own<Kind extends AnomalyKind> = Omit<
  Extract<AnomalyRule, { kind: Kind }>,
  'code' | 'kind' | 'severity' | 'suspendGrants'
>;
type Figures = { [Kind in AnomalyKind]: { [Key in keyof Own<Kind>]-?: Joi.Schema } };

const figures: Figures = {
  'views-above-median': {
    factor: Joi.number().min(1).max(1000),
    minimumPerHour: count(1, 1_000_000),
    days: count(1, 366),
  },
  'odd-hours': { minimum: count(1, 1_000_000) },
  'missed-lookups': { count: count(2, 1_000_000), minutes: count(1, 1440) },
  'bulk-reveal': { records: count(2, 1_000_000), minutes: count(1, 1440) },
  'repeated-changes': {
    of: Joi.valid('all', 'repeated'),
    changes: count(1, 1000),
    days: count(1, 366),
  },
  leaver: { recordsPerDay: count(0, 1_000_000), days: count(1, 366) },
};

/** A figure stands in the rules of the kinds that have it, and in no others. */
function figure(name: string): Joi.Schema {
  const kinds = ANOMALY_KINDS.filter((kind) => Object.hasOwn(figures[kind], name));
  return Joi.any().when('kind', {
    switch: kinds.map((is) => ({
      is,
      then: (figures[is] as Record<string, Joi.Schema>)[name].required(),
    })),
    otherwise: Joi.forbidden().messages({
      'any.unknown': `is a figure of rules of the kind ${kinds.join(' or ')} only`,
    }),
  });
}

const names = [...new Set(ANOMALY_KINDS.flatMap((kind) => Object.keys(figures[kind])))];

export const anomalies = shape<AnomalyPolicy>({
  rules: codedList(
    Joi.object({
      code: code.required(),
      kind: Joi.valid(...ANOMALY_KINDS).required(),
      severity: Joi.valid(...ANOMALY_SEVERITIES).required(),
      suspendGrants: Joi.boolean().required(),
      ...Object.fromEntries(names.map((name) => [name, figure(name)])),
    })
  ).required(),
});
