import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { containsMask, type Kind } from './kinds';
import { assertNoProblems, type AttributeProblem } from './sealing';
import { vaultOf } from './vault';
import { forbidden } from '../refusal';

/** The width of the column: no mask is longer. */
const MAX_MASK_LENGTH = 255;

/**
 * Before Strapi's own validation, whose answers quote what they refuse: a protected value that is wrong never gets so
 * far, and what Strapi then says of other attributes loses its quotations. And a record is entered once, so it cannot
 * be cloned.
 */
export function useVaultDocuments(strapi: Core.Strapi): void {
  strapi.documents.use(async (context, next) => {
    const attributes = vaultOf(strapi).protectedAttributes(context.uid);
    if (Object.keys(attributes).length === 0) return next();
    if (context.action === 'clone') {
      throw forbidden(
        'A governed record cannot be cloned: its values stay sealed under its own key. Enter the other record by itself.'
      );
    }
    if (context.action !== 'create' && context.action !== 'update') return next();
    const data = (context.params as { data?: Record<string, unknown> }).data ?? {};
    assertNoProblems(problemsOf(attributes, data));
    try {
      return await next();
    } catch (error) {
      throw withoutQuotations(error);
    }
  });
}

/** What is wrong with the values by themselves; whether a mask is the stored one is seen when the record is written. */
function problemsOf(
  attributes: Record<string, Kind>,
  data: Record<string, unknown>
): AttributeProblem[] {
  return Object.entries(attributes).flatMap(([attribute, kind]) => {
    const value = data[attribute];
    const message =
      value === null || value === undefined || value === '' ? null : fault(kind, value);
    return message
      ? [
          {
            path: [attribute],
            message: `${attribute}: ${message}`,
            name: 'ValidationError' as const,
          },
        ]
      : [];
  });
}

function fault(kind: Kind, value: unknown): string | null {
  if (typeof value !== 'string') return 'must be text';
  if (containsMask(value)) {
    return value.length > MAX_MASK_LENGTH ? 'is longer than any mask. Enter the whole value' : null;
  }
  const parsed = kind.parse(value);
  return parsed.ok ? null : parsed.message;
}

/** Strapi's validation errors carry the value that they refuse, in `details` and sometimes in the sentence. */
function withoutQuotations(error: unknown): unknown {
  if (!(error instanceof errors.ValidationError)) return error;
  const details = error.details as {
    errors?: Array<{ path: string[]; message: string; name: string; duplicate?: object }>;
  };
  const plain = (text: string) => text.replace(/,? but the final value was:[\s\S]*$/, '');
  return new errors.ValidationError(plain(error.message), {
    ...details,
    errors: (details.errors ?? []).map(({ path, message, name, duplicate }) => ({
      path,
      message: plain(message),
      name,
      ...(duplicate ? { duplicate } : {}),
    })),
  });
}
