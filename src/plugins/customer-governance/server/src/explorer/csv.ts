/** What spreadsheets take for the beginning of a formula, also in full width. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠\t\r]/;

/** A line of CSV (RFC 4180). Text that a spreadsheet would run as a formula is made plain by an apostrophe. */
export const csvLine = (cells: ReadonlyArray<string | number | null>): string =>
  `${cells.map(cellOf).join(',')}\r\n`;

/** Without it Excel takes the file for one of an old Chinese or Western code page. */
export const BYTE_ORDER_MARK = '\uFEFF';

function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const plain = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
