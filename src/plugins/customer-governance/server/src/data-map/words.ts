import type { ConditionName } from '../customers/conditions';
import type { Category, CustomerClass, LegalBasis, Level, RetentionEvent } from '../policy';
import type { KindId } from '../vault/kinds';
import type { Revealer } from './data-map';

/** The columns of the file, in their order. */
export const COLUMNS = [
  'type',
  'attribute',
  'category',
  'level',
  'kind',
  'ambient',
  'controlled',
  'purposes',
  'legalBases',
  'retention',
  'revealedBy',
] as const;

export type FileLanguage = 'en' | 'zh';

/** What the file says of a code of the product; the terms are those of the panel. */
export interface Words {
  columns: Record<(typeof COLUMNS)[number], string>;
  yes: string;
  no: string;
  category: Record<Category, string>;
  level: Record<Level, string>;
  kind: Record<KindId, string>;
  legalBasis: Record<LegalBasis, string>;
  event: Record<RetentionEvent, string>;
  customerClass: Record<CustomerClass, string>;
  /** Ours, and those that Strapi brings. */
  condition: Record<ConditionName | 'is-creator' | 'has-same-role-as-creator', string>;
  revealer: Record<Revealer['kind'], (name: string) => string>;
  atLeast(months: number, event: string): string;
  atMost(months: number, event: string): string;
  atOnce(event: string): string;
  rule(code: string, bounds: readonly string[]): string;
  limited(what: string, limits: readonly string[]): string;
  /** Between the texts of a cell. */
  separator: string;
}

const months = (count: number): string => (count === 1 ? 'one month' : `${count} months`);

export const WORDS: Record<FileLanguage, Words> = {
  en: {
    columns: {
      type: 'Record type',
      attribute: 'Attribute',
      category: 'Category',
      level: 'Level',
      kind: 'Kind of value',
      ambient: 'Shown in lists',
      controlled: 'Controlled change',
      purposes: 'Purposes',
      legalBases: 'Legal basis',
      retention: 'Retention',
      revealedBy: 'Clear values are revealed to',
    },
    yes: 'Yes',
    no: 'No',
    category: {
      identity: 'Identity',
      contact: 'Contact',
      'business-background': 'Business background',
      transactions: 'Transactions',
      interactions: 'Interactions',
      derived: 'Derived',
    },
    level: {
      public: 'Public',
      internal: 'Internal',
      personal: 'Personal',
      sensitive: 'Sensitive',
    },
    kind: {
      'person-name': "Person's name",
      mobile: 'Mobile number',
      landline: 'Landline number',
      email: 'E-mail address',
      'resident-id': 'Resident ID',
      passport: 'Passport',
      'bank-card': 'Bank card',
      address: 'Address',
      'birth-date': 'Date of birth',
      'instant-messenger': 'Instant messenger',
      'free-text': 'Free text',
    },
    legalBasis: {
      consent: 'Consent',
      contract: 'Contract',
      'legal-obligation': 'Legal obligation',
      'legitimate-public': 'Legitimately public',
    },
    event: {
      created: 'the creation',
      'last-contact': 'the last contact',
      'relation-ended': 'the end of the relation',
      'consent-withdrawn': 'the withdrawal of consent',
      'purpose-ended': 'the end of the last purpose',
      'erasure-requested': "the customer's request",
    },
    customerClass: {
      ordinary: 'Ordinary customer',
      key: 'Key customer',
      disputed: 'Customer in dispute',
    },
    condition: {
      own: 'own customers',
      team: 'customers of the team',
      department: 'customers of the department',
      'is-creator': 'records of their own making',
      'has-same-role-as-creator': 'records made by people of the same role',
    },
    revealer: {
      'admin-role': (name) => `Role ${name}`,
      'api-role': (name) => `API role ${name}`,
      'api-token': (name) => `API token ${name}`,
    },
    atLeast: (count, event) => `at least ${months(count)} after ${event}`,
    atMost: (count, event) => `at most ${months(count)} after ${event}`,
    atOnce: (event) => `at once after ${event}`,
    rule: (code, bounds) => `${code}: ${bounds.join(', ')}`,
    limited: (what, limits) => `${what} (${limits.join(', ')})`,
    separator: '; ',
  },
  zh: {
    columns: {
      type: '记录类型',
      attribute: '字段',
      category: '类别',
      level: '级别',
      kind: '信息种类',
      ambient: '列表中显示明文',
      controlled: '变更需审批',
      purposes: '用途',
      legalBases: '合法性基础',
      retention: '保存期限',
      revealedBy: '可查看明文者',
    },
    yes: '是',
    no: '否',
    category: {
      identity: '身份信息',
      contact: '联系信息',
      'business-background': '商业背景',
      transactions: '交易信息',
      interactions: '互动信息',
      derived: '衍生信息',
    },
    level: {
      public: '公开',
      internal: '内部',
      personal: '个人信息',
      sensitive: '敏感',
    },
    kind: {
      'person-name': '姓名',
      mobile: '手机号',
      landline: '固定电话',
      email: '电子邮箱',
      'resident-id': '居民身份证',
      passport: '护照',
      'bank-card': '银行卡',
      address: '地址',
      'birth-date': '出生日期',
      'instant-messenger': '即时通讯账号',
      'free-text': '自由文本',
    },
    legalBasis: {
      consent: '同意',
      contract: '合同',
      'legal-obligation': '法定义务',
      'legitimate-public': '合法公开',
    },
    event: {
      created: '建档',
      'last-contact': '最近联系',
      'relation-ended': '关系终止',
      'consent-withdrawn': '撤回同意',
      'purpose-ended': '最后目的实现',
      'erasure-requested': '客户提出删除请求',
    },
    customerClass: {
      ordinary: '普通客户',
      key: '重点客户',
      disputed: '争议客户',
    },
    condition: {
      own: '仅本人客户',
      team: '仅团队客户',
      department: '仅本部门客户',
      'is-creator': '仅本人创建的记录',
      'has-same-role-as-creator': '仅同角色人员创建的记录',
    },
    revealer: {
      'admin-role': (name) => `角色：${name}`,
      'api-role': (name) => `API 角色：${name}`,
      'api-token': (name) => `API 令牌：${name}`,
    },
    atLeast: (count, event) => `${event}后至少保存 ${count} 个月`,
    atMost: (count, event) => `${event}后最多保存 ${count} 个月`,
    atOnce: (event) => `${event}后立即到期`,
    rule: (code, bounds) => `${code}：${bounds.join('，')}`,
    limited: (what, limits) => `${what}（${limits.join('、')}）`,
    separator: '；',
  },
};

/** The word for a code; a code that the product does not know stays as it is, and where there is none nothing stands. */
export const wordFor = (words: Readonly<Record<string, string>>, code: string | null): string =>
  code === null ? '' : Object.hasOwn(words, code) ? (words[code] as string) : code;
