import { CATEGORIES, CUSTOMER_CLASSES, LEGAL_BASES, LEVELS, RETENTION_EVENTS } from '../policy';
import { kindIds } from '../vault/kinds';
import type { MappedAttribute, MappedRule, MappedType, Revealer } from './data-map';
import { dataMapFile } from './file';
import { WORDS } from './words';

const purposes: MappedAttribute['purposes'] = LEGAL_BASES.map((legalBasis) => ({
  code: `purpose-${legalBasis}`,
  name: { en: 'Customer service', zh: '客户服务' },
  legalBasis,
}));

const retention: MappedRule[] = RETENTION_EVENTS.flatMap((event) =>
  (['all', ...CUSTOMER_CLASSES] as const).map((customerClass) => ({
    code: 'our-rule',
    category: 'all',
    event,
    customerClass,
    purpose: 'purpose-consent',
    atLeastMonths: 1,
    atMostMonths: 24,
  }))
);

const revealedBy: Revealer[] = (['admin-role', 'api-role', 'api-token'] as const).map((kind) => ({
  kind,
  name: 'Sales',
  conditions: Object.keys(WORDS.en.condition),
}));

const attribute = (own: Partial<MappedAttribute>): MappedAttribute => ({
  name: 'mobile',
  category: 'contact',
  level: 'personal',
  kind: null,
  ambient: false,
  controlled: true,
  purposes: [],
  retention: [],
  revealedBy: [],
  ...own,
});

const typeOf = (...attributes: MappedAttribute[]): MappedType[] => [
  { uid: 'api::lead.lead', displayName: 'Lead', attributes },
];

/** With every code that there is. */
const everything = typeOf(
  ...CATEGORIES.map((category) => attribute({ category })),
  ...LEVELS.map((level) => attribute({ level })),
  ...kindIds.map((kind) => attribute({ kind })),
  attribute({ purposes, retention, revealedBy }),
  attribute({
    category: null,
    level: null,
    retention: [{ ...retention[0], atMostMonths: 0 } as MappedRule],
  })
);

const lineOf = (own: Partial<MappedAttribute>, language: 'en' | 'zh') =>
  dataMapFile(typeOf(attribute(own)), language).split('\r\n')[1];

it('a Chinese file is Chinese but for types, attributes, rules and names of roles', () => {
  const file = dataMapFile(everything, 'zh');
  const left = file
    .replace('\uFEFF', '')
    .replaceAll('api::lead.lead,mobile,', '')
    .replaceAll('our-rule：', '')
    .replaceAll('Sales', '')
    .replaceAll(/API (?=角色|令牌)/g, '');
  expect(left.match(/[a-z][\w -]*/gi)).toBeNull();
  expect(left).not.toMatch(/[;:()]/);
});

it('an English file has words, and no code', () => {
  const file = dataMapFile(everything, 'en');
  const left = file.replaceAll('api::lead.lead,mobile,', '').replaceAll('our-rule', '');
  const codes = [
    ...CATEGORIES,
    ...LEVELS,
    ...kindIds,
    ...LEGAL_BASES,
    ...RETENTION_EVENTS,
    ...CUSTOMER_CLASSES,
  ];
  const cells = left.split(/[,;()\r\n]+/).map((cell) => cell.trim());
  expect(cells.filter((cell) => (codes as string[]).includes(cell))).toEqual([]);
  expect(left).not.toMatch(/[a-z]-[a-z]|\p{Script=Han}|undefined/u);
});

it.each([
  [
    'en',
    'api::lead.lead,mobile,Contact,Personal,Mobile number,Yes,No,,,' +
      '"our-rule: at least one month after the end of the relation, at most 24 months after the end of the relation (Key customer)",' +
      'Role Sales (own customers)',
  ],
  [
    'zh',
    'api::lead.lead,mobile,联系信息,个人信息,手机号,是,否,,,' +
      'our-rule：关系终止后至少保存 1 个月，关系终止后最多保存 24 个月（重点客户）,角色：Sales（仅本人客户）',
  ],
] as const)('an attribute has a line of words in %s', (language, line) => {
  const { purpose: _, ...rule } = retention[0] as MappedRule;
  const one: Partial<MappedAttribute> = {
    kind: 'mobile',
    ambient: true,
    controlled: false,
    retention: [{ ...rule, event: 'relation-ended', customerClass: 'key' }],
    revealedBy: [{ kind: 'admin-role', name: 'Sales', conditions: ['own'] }],
  };
  expect(lineOf(one, language)).toBe(line);
});

it("a company's own codes stay as they are, and no text is a formula", () => {
  const own: Partial<MappedAttribute> = {
    name: '=1+1',
    revealedBy: [{ kind: 'admin-role', name: 'Sales', conditions: ['same-branch'] }],
  };
  expect(lineOf(own, 'zh')).toBe(
    "api::lead.lead,'=1+1,联系信息,个人信息,,否,是,,,,角色：Sales（same-branch）"
  );
  const elsewhere = [{ ...retention[0], customerClass: 'all', purpose: 'gone' } as MappedRule];
  expect(lineOf({ retention: elsewhere }, 'zh')).toMatch(/24 个月（gone）,$/);
});
