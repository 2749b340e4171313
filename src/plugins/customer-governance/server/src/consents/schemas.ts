import Joi from 'joi';
import { pagingKeys, type Paging } from '../paging';
import { CHANNELS, type Channel } from './channels';
import { RELATIONSHIPS } from './electronic';
import type { RecordedConsents } from './recording';

const documentId = Joi.string()
  .pattern(/^[\w-]{1,64}$/)
  .messages({ 'string.pattern.base': '{{#label}} must be a documentId' });

export const idSchema = Joi.object<{ documentId: string }>({ documentId: documentId.required() });
export const nothing = Joi.object<Record<string, never>>({});

export const marketableSchema = Joi.object<Paging & { channel: Channel }>({
  channel: Joi.valid(...CHANNELS).default('any'),
  ...pagingKeys,
});

export const recordSchema = Joi.object<RecordedConsents>({
  notice: documentId,
  noticeVersion: Joi.string().trim().max(40),
  evidenceKind: Joi.valid('signed-paper', 'electronic').required(),
  evidence: Joi.string().trim().max(255).required(),
  evidenceFile: documentId,
  reference: Joi.string().trim().max(80),
  givenAt: Joi.date().iso(),
  guardianContact: documentId,
  guardianRelationship: Joi.valid(...RELATIONSHIPS),
  answers: Joi.array()
    .items(
      Joi.object({
        purpose: Joi.string().max(60).required(),
        scope: Joi.valid('general', 'sensitive', 'sharing', 'marketing').required(),
        channel: Joi.valid(...CHANNELS),
        agreed: Joi.boolean().required(),
      })
    )
    .min(1)
    .max(20)
    .required(),
});
