import type {
  ApiVisibility,
  ApprovalRule,
  AuditPolicy,
  BackupPolicy,
  CalendarPolicy,
  ChangesPolicy,
  CollectionPolicy,
  DuplicatePolicy,
  NotificationPolicy,
  RetentionRule,
  VerificationPolicy,
} from '../policy';

/** What the handbooks agree on, so that each preset shows only where it differs. */

/** The five required and the recommended attributes of COL-5; for a person, the name is also the main contact's. */
export const entryStandards: Pick<CollectionPolicy, 'required' | 'recommended' | 'standards'> = {
  // A wrong check character is nearly always a slip; trades and places are taken as people write them.
  standards: { creditCodeCheck: 'reject', industry: 'warn', address: 'warn' },
  required: {
    person: ['name', 'mobile', 'source', 'industry'],
    company: ['companyName', 'name', 'mobile', 'source', 'industry'],
  },
  recommended: [
    'address',
    'website',
    'companySize',
    'position',
    'email',
    'contactDepartment',
    'decisionChain',
    'needs',
    'firstContactMethod',
    'plannedFollowUp',
  ],
};

/** Bought, swapped and unknown sources are refused [COL-3]. */
export const barredSources = ['bought', 'swapped', 'unknown'];

/** Full company name, credit code, and a contact's name with the mobile; names that are alike are only told [COL-7]. */
export const duplicates: Omit<DuplicatePolicy, 'lookupsPerHour'> = {
  keys: ['company-name', 'credit-code', 'contact'],
  near: ['company-core', 'company-pinyin'],
};

/** Who the customer is and how it is reached; every quarter, and a few by somebody who has no part in it [COL-8]. */
export const verification: Omit<VerificationPolicy, 'sample'> = {
  facts: ['customer.name', 'customer.mobile', 'customer.companyName', 'customer.creditCode'],
  everyMonths: 3,
  methods: ['call', 'e-mail', 'document'],
};

export const ambient = ['customer.name', 'customer.mobile', 'contact.name', 'contact.mobile'];

/** USE-2, HLD-5, HLD-6 and END-1. */
export const approvalRules: readonly ApprovalRule[] = [
  { code: 'use', when: { kind: 'use' }, steps: ['department-head'] },
  {
    code: 'use-key-customer',
    when: { kind: 'use', keyCustomer: true },
    steps: ['leadership'],
  },
  {
    code: 'use-sensitive',
    when: { kind: 'use', sensitivity: 'sensitive' },
    steps: ['leadership'],
  },
  // What is to leave the company goes through everybody's hands, and is filed.
  {
    code: 'use-outside',
    when: { kind: 'use', recipient: 'third-party' },
    steps: ['superior', 'department-head', 'legal', 'leadership', 'information-department'],
  },
  { code: 'change', when: { kind: 'change' }, steps: ['department-head'] },
  { code: 'merge', when: { kind: 'merge' }, steps: ['department-head'] },
  {
    code: 'merge-key-customer',
    when: { kind: 'merge', keyCustomer: true },
    steps: ['leadership'],
  },
  { code: 'destruction', when: { kind: 'destruction' }, steps: ['leadership'] },
  { code: 'collection-plan', when: { kind: 'collection-plan' }, steps: ['department-head'] },
  {
    code: 'collection-plan-sensitive',
    when: { kind: 'collection-plan', sensitivity: 'sensitive' },
    steps: ['legal', 'leadership'],
  },
  {
    code: 'attribution-dispute',
    when: { kind: 'attribution-dispute' },
    steps: ['superior'],
  },
  { code: 'retention-rule', when: { kind: 'retention-rule' }, steps: ['legal', 'leadership'] },
];

/** Who withdraws the last consent, and who asks for it, is forgotten at once, but for what a statute keeps [HLD-5]. */
export const retentionOnRequest: readonly RetentionRule[] = [
  {
    code: 'consent-withdrawn',
    category: 'all',
    event: 'consent-withdrawn',
    atMostMonths: 0,
    customerClass: 'all',
  },
  {
    code: 'erasure-requested',
    category: 'all',
    event: 'erasure-requested',
    atMostMonths: 0,
    customerClass: 'all',
  },
];

/** Whom a contract is with, where orders are confirmed, and where money goes [HLD-6]. */
export const changes: ChangesPolicy = {
  controlled: ['customer.companyName', 'customer.mobile', 'customer.bankCard'],
  lateAfter: { workingDays: 1 },
  alert: { changes: 2, days: 30 },
};

export const calendar: CalendarPolicy = {
  country: 'CN',
  timezone: 'Asia/Shanghai',
  workingHours: [
    ['09:00', '12:00'],
    ['13:00', '18:00'],
  ],
  extraHolidays: [],
  extraWorkingDays: [],
};

/** People see their own customers; a token serves an application, which has none of its own [USE-1]. */
export const apiVisibility: ApiVisibility = { default: 'own', roles: {}, tokens: 'all' };

/** Mail leaves the house: a company switches it on when its mail server is set up. */
export const notifications: NotificationPolicy = { email: false, keepReadDays: 90 };

/** What PRO-1 leaves open: the network that somebody came from is enough to see an odd one, and two seconds are soon. */
export const audit: Omit<AuditPolicy, 'keepMonths'> = {
  reads: true,
  address: 'masked',
  values: 'sealed',
  sequence: { seconds: 2, rows: 1000 },
};

/** What changed, every night but one; all of it in that one. A day and a half without a backup is too long [HLD-4]. */
export const backup: Omit<BackupPolicy, 'keepDays'> = {
  incrementalCron: '10 1 * * 1-6',
  fullCron: '10 1 * * 0',
  keepKeyArchives: 3,
  overdueHours: 36,
  drillEveryMonths: 3,
};
