import type { TableRow } from './table';

const DELIMITERS = [',', '\t', ';', '|'];
/** Excel's own line before the headings, which names the delimiter. */
const SEPARATOR_LINE = /^sep=(.)\n/i;
/** Characters of one row; whatever is longer is a quote that nobody closed. */
export const MAX_ROW_CHARS = 200_000;

/** The delimiter of a table by its first line: the one that stands there most often outside quotes. */
export function delimiterOf(beginning: string): string {
  const line = beginning.replace(/"(?:[^"]|"")*"/g, '').split('\n', 1)[0] ?? '';
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] as string;
}

interface Found {
  cells: string[];
  /** Where the next row begins. */
  next: number;
}

/**
 * Reads CSV (RFC 4180) in pieces. Written here because no library goes on behind a quote that nobody closes: such a row is
 * told as faulty, and the line after it is read as the next row.
 */
export function createCsvReader(delimiter: string, maxRowChars = MAX_ROW_CHARS) {
  let held = '';
  let number = 0;
  /** In the rest of a line that was too long to keep. */
  let skipping = false;
  /** Of the first quote from the row on that is being read; looked for once and not for each row. */
  let quote = -2;

  /** The row that begins at `start`; `null` when it does not end in `text`; 'quotes' when its quotes make no sense. */
  const rowAt = (text: string, start: number, last: boolean): Found | null | 'quotes' => {
    const lineEnd = text.indexOf('\n', start);
    if (quote !== -1 && quote < start) quote = text.indexOf('"', start);
    if (quote === -1 || (lineEnd !== -1 && quote > lineEnd)) {
      if (lineEnd === -1 && !last) return null;
      const end = lineEnd === -1 ? text.length : lineEnd;
      return { cells: text.slice(start, end).split(delimiter), next: end + 1 };
    }
    return quotedRow(text, start, delimiter, last);
  };

  const faulty = (fault: TableRow['fault']): TableRow => ({ number, cells: [], fault });

  /** The rows that are whole by now. */
  const take = (last: boolean): TableRow[] => {
    const rows: TableRow[] = [];
    let at = 0;
    quote = -2;
    if (skipping) {
      const end = held.indexOf('\n');
      if (end === -1) {
        held = '';
        return rows;
      }
      skipping = false;
      at = end + 1;
    }
    while (at < held.length) {
      const found = rowAt(held, at, last);
      const tooLong = found === null && held.length - at > maxRowChars;
      if (found === null && !tooLong) break;
      number += 1;
      if (found !== null && found !== 'quotes' && found.next - at <= maxRowChars + 1) {
        rows.push({ number, cells: found.cells });
        at = found.next;
        continue;
      }
      const end = held.indexOf('\n', at);
      const isOneLine = end === -1 || end - at > maxRowChars;
      rows.push(faulty(isOneLine && found !== 'quotes' ? 'row-too-long' : 'quotes'));
      if (end === -1) {
        skipping = !last;
        at = held.length;
      } else at = end + 1;
    }
    held = held.slice(at);
    return rows;
  };

  return {
    feed(text: string): TableRow[] {
      held += text;
      return take(false);
    },
    end: (): TableRow[] => take(true),
  };
}

function quotedRow(
  text: string,
  start: number,
  delimiter: string,
  last: boolean
): Found | null | 'quotes' {
  const cells: string[] = [];
  const incomplete = last ? 'quotes' : null;
  for (let at = start; ;) {
    if (text[at] !== '"') {
      const end = endOfPlain(text, at, delimiter);
      if (end === text.length && !last) return null;
      cells.push(text.slice(at, end));
      if (end === text.length || text[end] === '\n') return { cells, next: end + 1 };
      at = end + 1;
      continue;
    }
    let value = '';
    for (let from = at + 1; ;) {
      const close = text.indexOf('"', from);
      // The quote at the very end may be the first of two.
      if (close === -1 || (close + 1 === text.length && !last)) return incomplete;
      if (text[close + 1] === '"') {
        value += text.slice(from, close + 1);
        from = close + 2;
        continue;
      }
      value += text.slice(from, close);
      at = close + 1;
      break;
    }
    cells.push(value);
    if (at === text.length || text[at] === '\n') return { cells, next: at + 1 };
    if (text[at] !== delimiter) return 'quotes';
    at += 1;
  }
}

function endOfPlain(text: string, start: number, delimiter: string): number {
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === delimiter || character === '\n') return at;
  }
  return text.length;
}

/** The rows of a table in CSV, in constant memory. */
export async function* readCsv(text: AsyncIterable<string>): AsyncGenerator<TableRow[]> {
  let reader: ReturnType<typeof createCsvReader> | undefined;
  let beginning = '';
  const begin = (): TableRow[] => {
    const [line, separator] = SEPARATOR_LINE.exec(beginning) ?? [];
    const rest = line ? beginning.slice(line.length) : beginning;
    reader = createCsvReader(separator ?? delimiterOf(rest));
    return reader.feed(rest);
  };
  for await (const piece of text) {
    if (reader) {
      yield reader.feed(piece);
      continue;
    }
    beginning += piece;
    if (beginning.includes('\n') || beginning.length > MAX_ROW_CHARS) yield begin();
  }
  if (!reader) yield begin();
  if (reader) yield reader.end();
}
