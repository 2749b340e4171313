import { errors } from '@strapi/utils';

/** What the body parsers throw: with the raw body for all who log the error. */
interface ParserError {
  status?: number;
  body?: unknown;
}

/**
 * Takes the client's body out of errors before Strapi logs them: what cannot be parsed is attached to the error whole,
 * and would stand in the log with every value in it. It stands directly after `strapi::errors`.
 */
export const quietErrors = () => async (_ctx: unknown, next: () => Promise<void>) => {
  try {
    await next();
  } catch (error) {
    throw withoutBody(error);
  }
};

function withoutBody(error: unknown): unknown {
  if (error === null || typeof error !== 'object') return error;
  const { status, body } = error as ParserError;
  if (status === 413) {
    return new errors.PayloadTooLargeError('The body is too large. Send less at a time.');
  }
  if (body !== undefined && status !== undefined) {
    return new errors.ValidationError(
      'The body cannot be read. Send valid JSON, and say so in its Content-Type.'
    );
  }
  return error;
}
