import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATEGORIES, CUSTOMER_CLASSES, LEGAL_BASES, LEVELS, RETENTION_EVENTS } from '../policy';
import { kindIds } from '../vault/kinds';
import { WORDS, wordFor, type FileLanguage } from './words';

type Messages = Readonly<Record<string, string>>;

/** The panel is built apart and cannot be imported; what it says can be read. */
const panelIn = (locale: string): Messages =>
  JSON.parse(
    readFileSync(join(__dirname, `../../../admin/src/translations/${locale}.json`), 'utf8')
  ) as Messages;

const ours = (id: string): string => `customer-governance.${id}`;

const codesAfter = (panel: Messages, prefix: string): string[] =>
  Object.keys(panel)
    .filter((id) => id.startsWith(prefix))
    .map((id) => id.slice(prefix.length));

const LANGUAGES: Array<[FileLanguage, string]> = [
  ['en', 'en'],
  ['zh', 'zh-Hans'],
];

describe.each(LANGUAGES)('the words of the file in %s', (language, locale) => {
  const words = WORDS[language];
  const panel = panelIn(locale);

  it.each([
    ['category', CATEGORIES, ours('category.'), words.category],
    ['level', LEVELS, ours('level.'), words.level],
    ['kind of value', kindIds, ours('kind.'), words.kind],
    ['legal basis', LEGAL_BASES, '', words.legalBasis],
    ['event', RETENTION_EVENTS, ours('retention.event.'), words.event],
    ['class of customers', CUSTOMER_CLASSES, ours('retention.class.'), words.customerClass],
    [
      'condition',
      codesAfter(panel, ours('condition.')),
      ours('condition.'),
      words.condition as Messages,
    ],
  ] as Array<[string, readonly string[], string, Messages]>)(
    'name every %s as the panel does',
    (_, codes, prefix, found) => {
      expect(codes).not.toHaveLength(0);
      expect(found).toEqual(Object.fromEntries(codes.map((code) => [code, panel[prefix + code]])));
    }
  );

  it('head the columns as the panel does', () => {
    // Level and kind have no heading of their own there.
    const { legalBases, level: _level, kind: _kind, type, ...columns } = words.columns;
    for (const [column, word] of Object.entries(columns))
      expect([column, word]).toEqual([column, panel[ours(`dataMap.${column}`)]]);
    expect(type).toBe(panel[ours('audit.recordType')]);
    expect(legalBases).toBe(
      panel['content-manager.content-types.plugin::customer-governance.purpose.legalBasis']
    );
  });

  it.each(['admin-role', 'api-role', 'api-token'] as const)(
    'name a revealer that is an %s as the panel does',
    (kind) => {
      const panelText = panel[ours(`dataMap.revealer.${kind}`)];
      expect(words.revealer[kind]('Sales')).toBe(panelText?.replace('{name}', 'Sales'));
    }
  );

  it('put the bounds of a rule as the panel does', () => {
    const panelText = (id: string): string | undefined =>
      panel[ours(`rule.${id}`)]?.replace('{months}', '6').replace('{event}', words.event.created);
    expect(words.atLeast(6, words.event.created)).toBe(panelText('atLeast'));
    expect(words.atMost(6, words.event.created)).toBe(panelText('atMost'));
    expect(words.atOnce(words.event.created)).toBe(panelText('atOnce'));
  });
});

it("a company's own code stays as it is, even where JavaScript knows the word", () => {
  expect(wordFor(WORDS.zh.condition, 'same-branch')).toBe('same-branch');
  expect(wordFor(WORDS.zh.condition, 'constructor')).toBe('constructor');
  expect(wordFor(WORDS.zh.kind, null)).toBe('');
});
