import { textIn } from '../policy';
import { BYTE_ORDER_MARK, csvLine } from '../explorer/csv';
import type { MappedRule, MappedType, Revealer } from './data-map';

const COLUMNS = [
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

/** The data map as a file for a spreadsheet, one line an attribute. @param language of the names of purposes. */
export function dataMapFile(types: readonly MappedType[], language: string): string {
  const lines = types.flatMap(({ uid, attributes }) =>
    attributes.map((attribute) =>
      csvLine([
        uid,
        attribute.name,
        attribute.category,
        attribute.level,
        attribute.kind,
        attribute.ambient ? 'yes' : 'no',
        attribute.controlled ? 'yes' : 'no',
        joined(attribute.purposes.map(({ name }) => textIn(name, language))),
        joined([...new Set(attribute.purposes.map(({ legalBasis }) => legalBasis))]),
        joined(attribute.retention.map(ruleText)),
        joined(attribute.revealedBy.map(revealerText)),
      ])
    )
  );
  return BYTE_ORDER_MARK + csvLine(COLUMNS) + lines.join('');
}

const joined = (texts: readonly string[]): string => texts.join('; ');

/** `contact-lost: at most 24 months after last-contact (ordinary)` */
function ruleText({ code, event, customerClass, purpose, ...months }: MappedRule): string {
  const bounds = [
    ...(months.atLeastMonths === undefined ? [] : [`at least ${months.atLeastMonths} months`]),
    ...(months.atMostMonths === undefined ? [] : [`at most ${months.atMostMonths} months`]),
  ].join(', ');
  const limits = [customerClass === 'all' ? [] : customerClass, purpose ?? []].flat();
  return `${code}: ${bounds} after ${event}${limits.length > 0 ? ` (${limits.join(', ')})` : ''}`;
}

const revealerText = ({ kind, name, conditions }: Revealer): string =>
  `${name} [${[kind, ...conditions].join(', ')}]`;
