import type { Attribute } from '../customers/entry/attribute';
import type { Finding } from '../customers/entry/finding';
import { meaningOf } from './headings';
import { fromScientific } from './reading/spreadsheet-number';
import type { CellFault, TableRow } from './reading/table';

/** What is known of an attribute that a column fills. */
export interface Target {
  name: string;
  attribute: Attribute;
  /** Kind of the protected value, where it is one. */
  kind: string | null;
}

/** What a column of the file fills; `null` for one that is left out. */
export type Columns = ReadonlyArray<Target | null>;

export interface Converted {
  data: Record<string, unknown>;
  findings: Finding[];
  /** By attribute, the text as it stood in the file. */
  given: ReadonlyMap<string, string>;
}

const DIGITS = new Set(['mobile', 'landline', 'resident-id', 'bank-card', 'passport']);
/** Texts that a spreadsheet would run carry an apostrophe in what we export, and lose it again here. */
const DEFUSED = /^'(?='*\s*[=+\-@＝＋－＠\t\r])/;
const WHOLE_WITH_POINT = /^\d+\.0+$/;
const YES = new Set(['true', '1', 'yes', 'y', '是', '有', '√', '对']);
const NO = new Set(['false', '0', 'no', 'n', '否', '无', '×', '错']);
const DAY = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/;
const COMPACT_DAY = /^(\d{4})(\d{2})(\d{2})$/;
const MOMENT =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[\sT]+(\d{1,2})[:时](\d{1,2})分?(?::(\d{1,2})(?:\.\d+)?)?$/;
const ZONED = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/;

const LOST =
  'Excel has made a number of it and dropped its last digits. Format the column as text and enter it again';
const CELL_FAULTS: Readonly<Record<CellFault, string>> = {
  'digits-lost': LOST,
  'cell-error': 'is an error of the spreadsheet. Correct the formula or enter the value',
};

/**
 * Makes an entry of a row: texts as they stand, and of everything else what its attribute takes. What cannot be read is
 * left to the gate, whose reason says what is expected.
 * @param moment reads a wall-clock time of the company's zone.
 */
export function convert(
  row: TableRow,
  columns: Columns,
  moment: (day: string, time: string) => string
): Converted {
  const data: Record<string, unknown> = {};
  const findings: Finding[] = [];
  const given = new Map<string, string>();
  columns.forEach((target, column) => {
    const text = (row.cells[column] ?? '').trim();
    if (!target || text === '') return;
    const { name } = target;
    const fault = row.cellFaults?.get(column);
    if (fault && (fault === 'cell-error' || target.kind !== null || target.name === 'creditCode')) {
      findings.push({ attribute: name, reason: CELL_FAULTS[fault] });
      return;
    }
    const plain = text.replace(DEFUSED, '');
    const value = valueOf(target, plain, moment);
    if (value === LOST_DIGITS) {
      findings.push({ attribute: name, reason: LOST });
      return;
    }
    given.set(name, plain);
    data[name] = value;
  });
  return { data, findings, given };
}

const LOST_DIGITS = Symbol('digits lost');

function valueOf(
  { name, attribute, kind }: Target,
  text: string,
  moment: (day: string, time: string) => string
): unknown {
  if (kind === 'birth-date') return dayOf(text) ?? text;
  if ((kind !== null && DIGITS.has(kind)) || name === 'creditCode') return digitsOf(text);
  if (kind !== null) return text;
  switch (attribute.type) {
    case 'enumeration':
      return meaningOf(name, text);
    case 'boolean':
      return YES.has(text.toLowerCase()) ? true : NO.has(text.toLowerCase()) ? false : text;
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'date':
      return dayOf(text) ?? text;
    case 'datetime':
      return momentOf(text, moment) ?? text;
    default:
      return text;
  }
}

function digitsOf(text: string): string | typeof LOST_DIGITS {
  if (WHOLE_WITH_POINT.test(text)) return text.slice(0, text.indexOf('.'));
  const read = fromScientific(text);
  return read === 'digits-lost' ? LOST_DIGITS : (read ?? text);
}

function dayOf(text: string): string | null {
  const match = DAY.exec(text) ?? COMPACT_DAY.exec(text) ?? MOMENT.exec(text);
  if (!match) return null;
  const [, year, month = '', day = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function momentOf(text: string, moment: (day: string, time: string) => string): string | null {
  if (ZONED.test(text)) return text;
  const day = dayOf(text);
  if (!day || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) return null;
  const [hours = '0', minutes = '0', seconds = '0'] = MOMENT.exec(text)?.slice(4) ?? [];
  const two = (part: string | undefined) => (part ?? '0').padStart(2, '0');
  const time = `${two(hours)}:${two(minutes)}:${two(seconds)}`;
  return /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(time) ? moment(day, time) : null;
}
