import type { Core } from '@strapi/strapi';
import policy, { PolicyError, type PolicyService } from '.';
import { CUSTOMER, textIn } from './attribute-path';
import { LEAD_CLASSIFICATION, testModel } from './test-model';

/** As much of an application as the domain asks for. */
function application(own?: unknown): { strapi: Core.Strapi; service: PolicyService } {
  const get = (path: string): unknown =>
    path === 'plugin::customer-governance' ? { policy: own } : undefined;
  const strapi = { config: { get } } as unknown as Core.Strapi;
  return { strapi, service: policy.services?.policy({ strapi }) as PolicyService };
}

it('an application whose policy cannot be used does not register', () => {
  const { strapi } = application({ audit: { keepMonths: 1 } });
  expect(() => policy.register?.({ strapi })).toThrow(PolicyError);
});

it('an application without a policy of its own runs under the preset process', () => {
  const { strapi, service } = application();
  expect(() => policy.register?.({ strapi })).not.toThrow();
  expect(service.get().preset).toBe('process');
});

it('two applications in one process keep to their own policies', () => {
  const one = application({ preset: 'strict' });
  const other = application({ preset: 'process' });
  expect(one.service.get().preset).toBe('strict');
  expect(other.service.get().preset).toBe('process');
});

describe('the classification of an attribute', () => {
  it("is the policy's, or else that of its kind once the model is bound", () => {
    const { service } = application({
      classification: { ...LEAD_CLASSIFICATION, [CUSTOMER]: { email: 'contact/sensitive' } },
    });
    expect(service.classificationOf(CUSTOMER, 'mobile')).toBeUndefined();
    service.bind(testModel());
    expect(service.classificationOf(CUSTOMER, 'mobile')).toEqual({
      category: 'contact',
      level: 'personal',
    });
    expect(service.classificationOf(CUSTOMER, 'email')?.level).toBe('sensitive');
    expect(service.classificationOf('api::lead.lead', 'topic')?.level).toBe('internal');
    expect(service.classificationOf('api::ghost.ghost', 'topic')).toBeUndefined();
    expect(service.classificationOf(CUSTOMER, 'toString')).toBeUndefined();
  });

  it('is not bound to a model that the policy contradicts', () => {
    const { service } = application({ classification: LEAD_CLASSIFICATION });
    const model = testModel();
    model.types['api::lead.lead'].budget = { protected: false };
    expect(() => service.bind(model)).toThrow("classification['api::lead.lead'].budget");
    expect(service.classificationOf(CUSTOMER, 'mobile')).toBeUndefined();
  });
});

it('the service knows the controlled attributes of a type, named short or in full', () => {
  const paths = ['customer.mobile', 'api::lead.lead.mobile', `${CUSTOMER}.bankCard`];
  const { service } = application({ changes: { controlled: paths } });
  expect([...service.controlledOf(CUSTOMER)]).toEqual(['mobile', 'bankCard']);
  expect([...service.controlledOf('api::lead.lead')]).toEqual(['mobile']);
  expect([...service.controlledOf('api::page.page')]).toEqual([]);
});

it('the service knows purposes by code, and chains by facts', () => {
  const { service } = application();
  expect(service.purpose('marketing')?.legalBasis).toBe('consent');
  expect(service.purpose('astrology')).toBeUndefined();
  const facts = { kind: 'use', sensitivity: 'sensitive', keyCustomer: true } as const;
  const asked = {
    ...facts,
    ownership: 'own',
    records: 1,
    recipient: 'self',
    departments: [],
  } as const;
  expect(service.chainFor(asked)).toEqual([['department-head'], ['leadership']]);
});

it('a text is given in the language asked for, as far as the policy has it', () => {
  const text = { en: 'Marketing', zh: '市场营销' };
  expect(textIn(text, 'zh-Hans')).toBe('市场营销');
  expect(textIn(text, 'de')).toBe('Marketing');
  expect(textIn('Werbung', 'zh-Hans')).toBe('Werbung');
});
