import { errors } from '@strapi/utils';
import type Joi from 'joi';

/**
 * Checks input before any work; unknown keys are refused, and each problem names its path.
 * Joi's messages carry the labels and limits, never the value.
 */
export function validate<T>(schema: Joi.ObjectSchema<T>, input: unknown): T {
  const { value, error } = schema.validate(input ?? {}, { abortEarly: false, convert: true });
  if (!error) return value;
  const problems = error.details.map(({ message, path }) => ({
    path: path.map(String),
    message,
    name: 'ValidationError',
  }));
  throw new errors.ValidationError(problems.map((p) => p.message).join('; '), { errors: problems });
}
