import type { Core } from '@strapi/strapi';
import { CUSTOMER, lawfulFor, type PurposeRef } from './lawfulness';

const NOW = new Date('2030-05-01T00:00:00Z');
const purpose = (legalBasis: string): PurposeRef => ({
  id: 1,
  documentId: 'purpose',
  code: 'customer-service',
  name: 'Customer service',
  legalBasis,
  attributes: ['customer.mobile', 'customer.residentId'],
});

/** Of the customers `a`, `b`…, each with one consent of the scope that is given for it, those that may be used. */
const lawful = async (
  scopes: Record<string, string>,
  attribute: string,
  { legalBasis = 'consent', sensitiveConsent = 'separate', purposeCode = 'customer-service' } = {}
): Promise<string[]> => {
  const services: Record<string, unknown> = {
    policy: {
      get: () => ({ collection: { sensitiveConsent } }),
      classificationOf: (_uid: string, name: string) => ({
        level: name === 'residentId' ? 'sensitive' : 'personal',
      }),
    },
    consents: {
      activeFor: async () =>
        new Map(Object.entries(scopes).map(([id, scope]) => [id, [{ purposeCode, scope }]])),
    },
  };
  const strapi = { plugin: () => ({ service: (name: string) => services[name] }) };
  const ids = [...Object.keys(scopes), 'without'];
  const found = await lawfulFor(
    strapi as unknown as Core.Strapi,
    CUSTOMER,
    ids,
    [attribute],
    purpose(legalBasis),
    NOW
  );
  return [...found];
};
const EACH = { g: 'general', s: 'sensitive', m: 'marketing', x: 'sharing' };

describe('whether a record may be used for a purpose', () => {
  it('takes a consent to our own use, and never one to sharing alone', async () => {
    expect(await lawful(EACH, 'mobile')).toEqual(['g', 's', 'm']);
  });

  it('takes the separate consent alone for sensitive attributes, whatever the legal basis', async () => {
    expect(await lawful(EACH, 'residentId')).toEqual(['s']);
    expect(await lawful(EACH, 'residentId', { legalBasis: 'contract' })).toEqual(['s']);
  });

  it('lets the general consent cover sensitive attributes where the policy says so, but not one to marketing', async () => {
    expect(await lawful(EACH, 'residentId', { sensitiveConsent: 'general' })).toEqual(['g', 's']);
  });

  it('asks for no consent where the purpose rests on something else and nothing is sensitive', async () => {
    expect(await lawful({ x: 'sharing' }, 'mobile', { legalBasis: 'contract' })).toEqual([
      'x',
      'without',
    ]);
  });

  it('takes no consent to another purpose', async () => {
    expect(await lawful(EACH, 'mobile', { purposeCode: 'marketing' })).toEqual([]);
  });
});
