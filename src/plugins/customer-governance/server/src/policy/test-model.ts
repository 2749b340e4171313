import { ATTACHMENT, CONTACT, CUSTOMER, readClassification } from './attribute-path';
import type { ModelAttribute, PolicyModel } from './consistency';
import type { ClassificationCode } from './policy';
import { classification } from './presets/classification';

/** An application with the product's own types and a lead of the project's, for the tests of this folder. */
export function testModel(): {
  types: Record<string, Record<string, ModelAttribute>>;
  requestKinds: string[];
} {
  return {
    types: {
      [CUSTOMER]: {
        id: { protected: false },
        documentId: { protected: false },
        ...inClear(CUSTOMER),
        name: sealed('identity/personal'),
        mobile: sealed('contact/personal'),
        landline: sealed('contact/personal'),
        email: sealed('contact/personal'),
        wechat: sealed('contact/personal'),
        address: sealed('contact/personal'),
        birthDate: sealed('identity/personal'),
        residentId: sealed('identity/sensitive'),
        passport: sealed('identity/sensitive'),
        bankCard: sealed('transactions/sensitive'),
        notes: sealed('interactions/personal'),
      },
      [CONTACT]: {
        ...inClear(CONTACT),
        name: sealed('identity/personal'),
        mobile: sealed('contact/personal'),
        landline: sealed('contact/personal'),
        email: sealed('contact/personal'),
        wechat: sealed('contact/personal'),
      },
      [ATTACHMENT]: {
        ...inClear(ATTACHMENT),
        content: sealed('interactions/personal'),
        sensitiveContent: sealed('interactions/personal'),
      },
      'api::lead.lead': {
        topic: { protected: false },
        mobile: sealed('contact/personal'),
      },
      'api::page.page': { title: { protected: false } },
    },
    requestKinds: [
      'use',
      'change',
      'destruction',
      'collection-plan',
      'retention-rule',
      'attribution-dispute',
      'merge',
    ],
  } satisfies PolicyModel;
}

/** What a project adds to a preset for the lead. */
export const LEAD_CLASSIFICATION = { 'api::lead.lead': { topic: 'business-background/internal' } };

export function sealed(code: ClassificationCode): ModelAttribute {
  return { protected: true, kindClassification: readClassification(code) };
}

function inClear(uid: string): Record<string, ModelAttribute> {
  const names = Object.keys(classification[uid]);
  return Object.fromEntries(names.map((name) => [name, { protected: false }]));
}
