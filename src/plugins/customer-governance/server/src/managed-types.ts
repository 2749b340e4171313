import type { Core } from '@strapi/strapi';
import { currentOperation } from './operation';
import { forbidden } from './refusal';

/**
 * Types whose rows only the product itself writes (a grant comes of an approval, a certificate of an execution). Every
 * other path, `strapi.db.query` included, is refused.
 */
export function refuseForeignWrites(strapi: Core.Strapi, types: string[], reason: string): void {
  const refuse = () => {
    if (currentOperation()) return;
    throw forbidden(reason);
  };
  strapi.db.lifecycles.subscribe({
    models: types,
    beforeCreate: refuse,
    beforeCreateMany: refuse,
    beforeUpdate: refuse,
    beforeUpdateMany: refuse,
    beforeDelete: refuse,
    beforeDeleteMany: refuse,
  });
}
