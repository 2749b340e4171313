import { errors } from '@strapi/utils';

/** What the body parsers throw: with the raw body for all who log the error. */
interface ParserError {
  status?: number;
  body?: unknown;
  name?: string;
}

interface Context {
  status?: number;
  body?: unknown;
}

/**
 * Takes what the client sent out of errors before Strapi logs them: a body that cannot be parsed is attached to the error
 * whole, and would stand in the log with every value in it. It stands directly after `strapi::errors`.
 *
 * And a refusal stays one: some of Strapi's controllers answer "Forbidden" and then stumble over what they did not get,
 * which would turn the answer into a fault of the server.
 */
export const quietErrors = () => async (ctx: Context, next: () => Promise<void>) => {
  try {
    await next();
  } catch (error) {
    if (error instanceof TypeError && isRefused(ctx)) return;
    throw withoutBody(error);
  }
};

/** Whether the answer is a refusal already, in Strapi's shape. */
function isRefused({ status, body }: Context): boolean {
  const { error } = (body ?? {}) as { error?: { status?: unknown } };
  return error?.status === status && status !== undefined && status >= 400 && status < 500;
}

function withoutBody(error: unknown): unknown {
  if (error === null || typeof error !== 'object') return error;
  const { status, body, name } = error as ParserError;
  // The words of a schema that nobody caught: it quotes keys and values of what it refuses.
  if (name === 'ZodError') {
    return new errors.ValidationError(
      'The body or query does not have the form that this address expects.'
    );
  }
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
