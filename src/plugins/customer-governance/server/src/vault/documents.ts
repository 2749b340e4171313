import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { vaultOf } from './vault';
import { assertNoProblems, type AttributeProblem } from './sealing';

/**
 * Before Strapi's own validation, whose messages quote what they refuse: a protected attribute that is not text never
 * gets so far. And a record is entered once, so it cannot be cloned.
 */
export function useVaultDocuments(strapi: Core.Strapi): void {
  strapi.documents.use(async (context, next) => {
    const attributes = vaultOf(strapi).protectedAttributes(context.uid);
    if (Object.keys(attributes).length === 0) return next();
    if (context.action === 'clone') {
      throw new errors.PolicyError(
        'A governed record cannot be cloned: its values stay sealed under its own key. Enter the other record by itself.'
      );
    }
    if (context.action === 'create' || context.action === 'update') {
      const data = (context.params as { data?: Record<string, unknown> }).data ?? {};
      const problems: AttributeProblem[] = Object.keys(attributes)
        .filter(
          (name) =>
            data[name] !== undefined && data[name] !== null && typeof data[name] !== 'string'
        )
        .map((name) => ({
          path: [name],
          message: `${name}: must be text`,
          name: 'ValidationError',
        }));
      assertNoProblems(problems);
    }
    return next();
  });
}
