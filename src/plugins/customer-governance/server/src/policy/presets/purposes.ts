import type { PolicyPurpose } from '../policy';

const of = (type: string, attributes: readonly string[]): string[] =>
  attributes.map((attribute) => `${type}.${attribute}`);

// Every purpose justifies what COL-5 requires of every file: else a plan with that purpose alone could open none.
const FILE = of('customer', ['companyName', 'name', 'mobile', 'industry']);
const REACH = of('customer', ['position', 'contactDepartment', 'landline', 'email']);
const CONTACTS = of('contact', ['name', 'mobile', 'landline', 'email', 'position', 'role']);
/** Contracts and letters, and scans of what is sensitive. */
const FILES = ['attachment.content'];
const SENSITIVE_FILES = ['attachment.sensitiveContent'];
const MESSENGER = ['customer.wechat', 'contact.wechat'];

/** The purposes that both presets know, each with the least that it needs [COL-2]. */
export const purposes: readonly PolicyPurpose[] = [
  {
    code: 'contract-performance',
    name: { en: 'Contract performance', zh: '合同履行' },
    description: {
      en: 'To conclude a contract with the customer, deliver under it, invoice it and be paid.',
      zh: '与客户订立合同、履行交付、开具发票并结算款项。',
    },
    legalBasis: 'contract',
    attributes: [
      ...FILE,
      ...REACH,
      ...of('customer', ['creditCode', 'address', 'bankCard', 'needs', 'decisionChain']),
      ...CONTACTS,
      ...FILES,
    ],
  },
  {
    code: 'identity-verification',
    name: { en: 'Identity verification', zh: '身份核验' },
    description: {
      en: 'To make sure, where the law requires it, that the customer is who they say they are.',
      zh: '在法律法规要求的情形下核实客户身份。',
    },
    legalBasis: 'legal-obligation',
    attributes: [
      ...FILE,
      ...of('customer', ['creditCode', 'residentId', 'passport', 'birthDate', 'address']),
      ...FILES,
      ...SENSITIVE_FILES,
    ],
  },
  {
    code: 'customer-service',
    name: { en: 'Customer service', zh: '客户服务' },
    description: {
      en: 'To answer questions, take up complaints and follow up on what the customer asked for.',
      zh: '解答咨询、受理投诉并跟进客户提出的需求。',
    },
    legalBasis: 'consent',
    attributes: [
      ...FILE,
      ...REACH,
      ...of('customer', ['needs', 'notes']),
      ...CONTACTS,
      ...MESSENGER,
    ],
  },
  {
    code: 'after-sales',
    name: { en: 'After-sales service', zh: '售后服务' },
    description: {
      en: 'To repair, replace, recall and return what was sold.',
      zh: '对已售产品提供维修、更换、召回与退货服务。',
    },
    legalBasis: 'contract',
    attributes: [
      ...FILE,
      ...REACH,
      ...of('customer', ['address', 'notes']),
      ...CONTACTS,
      ...MESSENGER,
      ...FILES,
    ],
  },
  {
    code: 'marketing',
    name: { en: 'Marketing', zh: '市场营销' },
    description: {
      en: 'To tell the customer of products, offers and events that may interest them.',
      zh: '向客户介绍其可能感兴趣的产品、优惠与活动。',
    },
    legalBasis: 'consent',
    attributes: [
      ...FILE,
      ...REACH,
      ...of('customer', ['website', 'companySize', 'address', 'needs', 'decisionChain']),
      ...CONTACTS,
      ...MESSENGER,
    ],
  },
];
