/** What spreadsheets take for the beginning of a formula, also in full width; and what looks as if it had been made plain. */
const FORMULA = /^'*\s*[=+\-@＝＋－＠\t\r]/;

/** Text that a spreadsheet would run as a formula, made plain by an apostrophe, which an import takes away again. */
export const defused = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** A line of CSV (RFC 4180), its texts defused. */
export const csvLine = (cells: ReadonlyArray<string | number | null>): string =>
  `${cells.map(cellOf).join(',')}\r\n`;

/** Without it Excel takes the file for one of an old Chinese or Western code page. */
export const BYTE_ORDER_MARK = '\uFEFF';

function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const plain = defused(value);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
