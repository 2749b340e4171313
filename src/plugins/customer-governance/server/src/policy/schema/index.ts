import Joi from 'joi';
import type { PolicyDocument } from '../policy';
import { anomalies } from './anomalies';
import { calendar } from './calendar';
import {
  access,
  approvals,
  audit,
  backup,
  changes,
  internalAudits,
  notifications,
  people,
  retention,
} from './decisions';
import { attachments } from './attachments';
import { attribution } from './attribution';
import { duplicates } from './duplicates';
import { filing } from './filing';
import { imports } from './imports';
import { classification, collection, keys, purposes } from './information';
import { shape } from './terms';
import { verification } from './verification';
import { webForms } from './web-forms';

const document = shape<PolicyDocument>({
  preset: Joi.valid('strict', 'process').required(),
  version: Joi.string().max(60).required(),
  classification: classification.required(),
  purposes: purposes.required(),
  collection: collection.required(),
  duplicates: duplicates.required(),
  filing: filing.required(),
  verification: verification.required(),
  access: access.required(),
  approvals: approvals.required(),
  people: people.required(),
  changes: changes.required(),
  retention: retention.required(),
  audit: audit.required(),
  internalAudits: internalAudits.required(),
  notifications: notifications.required(),
  calendar: calendar.required(),
  keys: keys.required(),
  backup: backup.required(),
  attachments: attachments.required(),
  imports: imports.required(),
  webForms: webForms.required(),
  attribution: attribution.required(),
  anomalies: anomalies.required(),
}).messages({
  'object.unknown': 'is not a setting of the policy',
  'object.base': 'must be an object',
  'any.required': 'is missing',
});

/**
 * Everything that is wrong with a policy document by itself, each as `path: reason`. What only the running application
 * can tell (does the attribute exist?) is `checkPolicy`'s.
 */
export function schemaProblems(candidate: unknown): string[] {
  const { error } = document.validate(candidate, {
    abortEarly: false,
    // A figure that arrives as a text is a mistake in the configuration: better told than guessed.
    convert: false,
    errors: { label: false },
  });
  return (error?.details ?? []).map(
    ({ path, message }) => `${renderPath(path, candidate) || 'policy'}: ${message}`
  );
}

/** Entries with a code are named by it, since the project's list and the preset's have become one. */
function renderPath(path: readonly (string | number)[], root: unknown): string {
  let value = root;
  let text = '';
  for (const key of path) {
    value = (value as Record<string | number, unknown>)?.[key];
    if (typeof key === 'number') {
      const code = (value as { code?: unknown } | undefined)?.code;
      text += `[${typeof code === 'string' && code ? code : key}]`;
    } else if (/^[A-Za-z_]\w*$/.test(key)) {
      text += text ? `.${key}` : key;
    } else {
      text += `['${key}']`;
    }
  }
  return text;
}
