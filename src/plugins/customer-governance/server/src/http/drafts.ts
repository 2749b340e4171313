import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';

interface Context {
  path: string;
}

const ACTION =
  /^\/content-manager\/(?:collection|single)-types\/([^/]+)\/(?:[^/]+\/)?actions\/(?:publish|unpublish|discard)$/;

/**
 * Refuses to publish, unpublish or discard what has no drafts. Strapi asks only whether the caller may, and a super admin
 * may everything; then it looks for a method that the type has not.
 */
export const refuseDrafts =
  (_config: unknown, { strapi }: { strapi: Core.Strapi }) =>
  async (ctx: Context, next: () => Promise<void>) => {
    const uid = ACTION.exec(ctx.path)?.[1];
    const type = uid && (strapi.contentTypes as Record<string, unknown>)[decodeURIComponent(uid)];
    const options = (type as { options?: { draftAndPublish?: boolean } } | undefined)?.options;
    if (type && options?.draftAndPublish !== true) {
      throw new errors.ValidationError(
        'Records of this type have no drafts: they are there as soon as they are saved.'
      );
    }
    return next();
  };
