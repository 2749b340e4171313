import { errors } from '@strapi/utils';
import type Joi from 'joi';

/** Joi's own message of a pattern quotes the value. */
const MESSAGES = {
  'string.pattern.base': '{{#label}} has characters or a form that it may not have',
};

/**
 * Checks input before any work; unknown keys are refused, and each problem names its path.
 * Joi's messages carry the labels and limits, never the value.
 */
export function validate<T>(schema: Joi.ObjectSchema<T>, input: unknown): T {
  const { value, error } = schema.validate(input ?? {}, {
    abortEarly: false,
    convert: true,
    messages: MESSAGES,
  });
  if (!error) return value;
  const problems = error.details.map((detail) => ({
    ...described(detail),
    name: 'ValidationError',
  }));
  throw new errors.ValidationError(problems.map((p) => p.message).join('; '), { errors: problems });
}

/** An unknown key is the client's own text; it is named only where it could be the name of an attribute. */
function described({ type, path, message }: Joi.ValidationErrorItem): {
  path: string[];
  message: string;
} {
  const names = path.map(String);
  if (type !== 'object.unknown' || /^[A-Za-z]{1,40}$/.test(names.at(-1) ?? '')) {
    return { path: names, message };
  }
  const known = [...names.slice(0, -1), '…'];
  return { path: known, message: `"${known.join('.')}" is not allowed` };
}

/** The same for the parameters of an address, among which Koa's router also puts its unnamed matches by number. */
export function validateParams<T>(schema: Joi.ObjectSchema<T>, params: Record<string, string>): T {
  return validate(
    schema,
    Object.fromEntries(Object.entries(params).filter(([name]) => !/^\d+$/.test(name)))
  );
}
