import { textIn } from '../policy';
import { BYTE_ORDER_MARK, csvLine } from '../explorer/csv';
import type { MappedRule, MappedType, Revealer } from './data-map';
import { COLUMNS, WORDS, wordFor, type FileLanguage, type Words } from './words';

/**
 * The data map as a file for a spreadsheet, one line an attribute, in the reader's language. Types, attributes and rules
 * keep their codes: by these developers find them again.
 */
export function dataMapFile(types: readonly MappedType[], language: FileLanguage): string {
  const words = WORDS[language];
  const purposeNames = namesOfPurposes(types, language);
  const joined = (texts: readonly string[]): string => texts.join(words.separator);
  const yesOrNo = (so: boolean): string => (so ? words.yes : words.no);
  const lines = types.flatMap(({ uid, attributes }) =>
    attributes.map((attribute) => {
      const bases = new Set(attribute.purposes.map(({ legalBasis }) => legalBasis));
      return csvLine([
        uid,
        attribute.name,
        wordFor(words.category, attribute.category),
        wordFor(words.level, attribute.level),
        wordFor(words.kind, attribute.kind),
        yesOrNo(attribute.ambient),
        yesOrNo(attribute.controlled),
        joined(attribute.purposes.map(({ name }) => textIn(name, language))),
        joined([...bases].map((basis) => wordFor(words.legalBasis, basis))),
        joined(attribute.retention.map((rule) => ruleText(rule, words, purposeNames))),
        joined(attribute.revealedBy.map((revealer) => revealerText(revealer, words))),
      ]);
    })
  );
  return BYTE_ORDER_MARK + csvLine(COLUMNS.map((column) => words.columns[column])) + lines.join('');
}

/** By their codes: a rule may name a purpose that does not justify the attribute it stands at. */
const namesOfPurposes = (types: readonly MappedType[], language: FileLanguage) =>
  Object.fromEntries(
    types
      .flatMap(({ attributes }) => attributes)
      .flatMap(({ purposes }) => purposes)
      .map(({ code, name }) => [code, textIn(name, language)])
  );

/** `contact-lost: at most 24 months after the last contact (Ordinary customer)` */
function ruleText(
  { code, event, customerClass, purpose, atLeastMonths, atMostMonths }: MappedRule,
  words: Words,
  purposeNames: Readonly<Record<string, string>>
): string {
  const after = wordFor(words.event, event);
  const bounds = [
    ...(atLeastMonths === undefined ? [] : [words.atLeast(atLeastMonths, after)]),
    ...(atMostMonths === undefined
      ? []
      : [atMostMonths === 0 ? words.atOnce(after) : words.atMost(atMostMonths, after)]),
  ];
  return limited(words, words.rule(code, bounds), [
    ...(customerClass === 'all' ? [] : [wordFor(words.customerClass, customerClass)]),
    ...(purpose === undefined ? [] : [wordFor(purposeNames, purpose)]),
  ]);
}

const revealerText = ({ kind, name, conditions }: Revealer, words: Words): string =>
  limited(
    words,
    words.revealer[kind](name),
    conditions.map((condition) => wordFor(words.condition, condition))
  );

const limited = (words: Words, what: string, limits: readonly string[]): string =>
  limits.length === 0 ? what : words.limited(what, limits);
