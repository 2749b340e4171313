import type { Core } from '@strapi/strapi';
import { consentsService } from './consents';

/** Customers who all withdrew a consent, each with one more in force, of the scope that is given for it. */
const service = (scopes: Record<string, string>) => {
  const rows = Object.entries(scopes).map(([documentId, scope]) => ({
    customer: { documentId },
    purpose: { code: 'customer-service', attributes: [] },
    scope,
  }));
  const strapi = {
    db: { query: () => ({ findMany: async () => rows }) },
    plugin: () => ({
      service: () => ({ get: () => ({ collection: { sensitiveConsent: 'separate' } }) }),
    }),
  };
  return consentsService({ strapi: strapi as unknown as Core.Strapi });
};

describe('customers whose information is not used any more', () => {
  it('are those who withdrew and left no consent to our own use; one to sharing is none', async () => {
    const consents = service({ general: 'general', sharing: 'sharing', marketing: 'marketing' });
    const stopped = await consents.stopped(['general', 'sharing', 'marketing']);
    expect([...stopped]).toEqual(['sharing']);
  });
});
