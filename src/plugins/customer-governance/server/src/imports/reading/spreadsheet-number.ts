import type { CellFault } from './table';

/** Digits that a spreadsheet keeps of a number. */
const EXACT_DIGITS = 15;
const DAY_MS = 24 * 60 * 60 * 1000;
/** 1970-01-01 as a spreadsheet counts days. */
const EPOCH_DAY = 25569;
/** Workbooks of early Macs count from 1904. */
const DAYS_TO_1904 = 1462;
/** Excel takes 1900 for a leap year, so days before that March are one less. */
const FIRST_TRUE_DAY = 61;

const SCIENTIFIC = /^([+-]?)(\d)(?:\.(\d+))?E\+?(\d{1,3})$/i;

/** The formats that a workbook has without saying so, of which these are dates. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58);

/** Whether numbers of this format are days or moments. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltInDate(id);
  const bare = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0] as string;
  return /[ymdhs]/i.test(bare) && !/^general$/i.test(bare);
}

/** A day of a spreadsheet as `2026-03-01` or `2026-03-01T09:30:00`, in no zone; `null` where it is none. */
export function dateOf(serial: number, is1904: boolean): string | null {
  const days = is1904 ? serial + DAYS_TO_1904 : serial < FIRST_TRUE_DAY ? serial + 1 : serial;
  if (!(serial >= 1 && days < 2_958_466)) return null;
  const text = new Date(Math.round((days - EPOCH_DAY) * DAY_MS)).toISOString();
  return Number.isInteger(serial) ? text.slice(0, 10) : text.slice(0, 19);
}

/** A number as somebody would have typed it, so that a mobile number in it is one again. */
export function numberText(raw: string): { text: string; fault?: CellFault } {
  const value = Number(raw);
  if (!Number.isFinite(value)) return { text: raw };
  if (!Number.isInteger(value)) return { text: String(value) };
  const text = BigInt(value).toString();
  return text.replace('-', '').length > EXACT_DIGITS ? { text, fault: 'digits-lost' } : { text };
}

/** Digits that a spreadsheet has written in powers of ten: read back, or lost. `null` where it is no such text. */
export function fromScientific(text: string): string | 'digits-lost' | null {
  const match = SCIENTIFIC.exec(text.trim());
  if (!match) return null;
  const [, sign = '', first = '', fraction = '', exponent = ''] = match;
  const power = Number(exponent);
  // What it shows are rounded digits; only where all of them are there is the number whole.
  return fraction.length === power ? `${sign}${first}${fraction}` : 'digits-lost';
}
