import { errors } from '@strapi/utils';

interface Context {
  path: string;
  query: unknown;
  request: { body?: unknown };
}

const MAX_DEPTH = 20;
/** With the `u` flag a surrogate matches only where its other half is missing. */
const UNCLEAN = /\0|\p{Surrogate}/u;

/**
 * Refuses what no text column can hold: a NUL, which PostgreSQL answers with an error of its own, and half of a
 * surrogate pair, which is not Unicode; and bodies that are lists or plain text, which no route takes. Refused here once, for every
 * route that there is or will be.
 */
export const cleanInput = () => async (ctx: Context, next: () => Promise<void>) => {
  const { body } = ctx.request;
  if (Array.isArray(body) || (typeof body === 'string' && body !== '')) {
    throw new errors.ValidationError(
      'The body must be an object. Send one record or request at a time.'
    );
  }
  for (const [where, value] of [
    ['the address', safeDecode(ctx.path)],
    ['the query', ctx.query],
    ['the body', ctx.request.body],
  ] as const) {
    const path = findUnclean(value, []);
    if (path) {
      const place = path.length > 0 ? `${path.join('.')} in ${where}` : where;
      throw new errors.ValidationError(
        `${place} contains characters that no text has (NUL or half a surrogate pair), or is nested too deeply. Remove them and send it again.`
      );
    }
  }
  const range = findHalfRange(ctx.query, 0);
  if (range) {
    throw new errors.ValidationError(
      `$between needs two values, a lower and an upper one: ${range}.`
    );
  }
  try {
    return await next();
  } catch (error) {
    throw isInputFault(error)
      ? new errors.ValidationError(
          'A value or operator in the query or body does not fit the attribute that it is for. Compare it with the type of the attribute.'
        )
      : error;
  }
};

/**
 * What PostgreSQL says of values that are out of range or malformed (SQLSTATE class 22) and of operators that a column
 * has not (42883): the client's doing, which Strapi would answer as a fault of the server.
 */
function isInputFault(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^(22[0-9A-Z]{3}|42883)$/.test(code);
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Not a valid encoding at all: as unclean as it gets.
    return '\0';
  }
}

/** The attribute of a `$between` without its two ends, over which Strapi would stumble; `null` when there is none. */
function findHalfRange(value: unknown, depth: number): string | null {
  if (value === null || typeof value !== 'object' || depth > MAX_DEPTH) return null;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$between') return Array.isArray(inner) && inner.length === 2 ? null : 'filters';
    const found = findHalfRange(inner, depth + 1);
    if (found) return found === 'filters' && /^\w+$/.test(key) ? key.slice(0, 60) : found;
  }
  return null;
}

/** Where in `value` unclean text stands, or `null`. */
export function findUnclean(value: unknown, path: string[]): string[] | null {
  if (typeof value === 'string') {
    return UNCLEAN.test(value) ? path : null;
  }
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return null;
  if (path.length > MAX_DEPTH) return path;
  for (const [key, inner] of Object.entries(value)) {
    const found = findUnclean(key, path) ?? findUnclean(inner, [...path, key.slice(0, 60)]);
    if (found) return found;
  }
  return null;
}
