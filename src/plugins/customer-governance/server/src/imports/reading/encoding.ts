import { TextDecoder } from 'node:util';
import { FileRefused } from './file-refused';

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';
export type FileFormat =
  { format: 'csv'; encoding: TextEncoding } | { format: 'xlsx'; encoding: null };

const MARKS: ReadonlyArray<[TextEncoding, readonly number[]]> = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Workbooks of before 2007, and those with a password. */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0];
const HEAD_BYTES = 4;

const NO_ENCODING =
  'The file is in neither UTF-8 nor GB18030, or it is damaged. Save it again as "CSV UTF-8".';
const NO_TABLE = 'The file is neither CSV nor an Excel workbook (.xlsx). Save the table as one.';
const OLD_WORKBOOK =
  'The file is a workbook of the old form (.xls), or one with a password. Save it as .xlsx without a password.';

/** Tells what a file is while it flows by: by all of its bytes, since its first rows may say nothing of its encoding. */
export function createFormatDetector() {
  let head = Buffer.alloc(0);
  let decided: TextEncoding | 'xlsx' | null = null;
  let begun = false;
  let hasZeros = false;
  const candidates = new Map<TextEncoding, TextDecoder>();

  const begin = () => {
    begun = true;
    if (startsWith(head, COMPOUND_FILE)) throw new FileRefused('old-workbook', OLD_WORKBOOK);
    if (startsWith(head, ZIP)) decided = 'xlsx';
    else decided = MARKS.find(([, mark]) => startsWith(head, mark))?.[0] ?? null;
    if (decided === 'xlsx') return;
    const possible: readonly TextEncoding[] = decided ? [decided] : ['utf-8', 'gb18030'];
    for (const encoding of possible) candidates.set(encoding, fatal(encoding));
  };
  const feed = (bytes: Buffer) => {
    hasZeros ||= candidates.has('utf-8') && bytes.includes(0);
    for (const [encoding, decoder] of candidates) {
      try {
        decoder.decode(bytes, { stream: true });
      } catch {
        candidates.delete(encoding);
      }
    }
    if (decided !== 'xlsx' && candidates.size === 0) {
      throw new FileRefused('encoding', NO_ENCODING);
    }
    if (hasZeros) throw new FileRefused('not-a-table', NO_TABLE);
  };

  return {
    /** @throws FileRefused as soon as it can be none of what is taken in. */
    look(bytes: Buffer): void {
      if (begun) {
        feed(bytes);
        return;
      }
      head = Buffer.concat([head, bytes]);
      if (head.length < HEAD_BYTES) return;
      begin();
      feed(head);
    },

    /** @throws FileRefused when the file is none of what is taken in. */
    end(): FileFormat {
      if (!begun) {
        if (head.length === 0) throw new FileRefused('empty', 'The file is empty.');
        begin();
        feed(head);
      }
      if (decided === 'xlsx') return { format: 'xlsx', encoding: null };
      for (const [encoding, decoder] of candidates) {
        try {
          decoder.decode();
          return { format: 'csv', encoding };
        } catch {
          // Cut off in the middle of a character, or of another encoding after all.
        }
      }
      throw new FileRefused('encoding', NO_ENCODING);
    },
  };
}

/** Bytes as text with line feeds alone at the ends of lines, without a byte order mark. @throws FileRefused */
export async function* textOf(
  content: AsyncIterable<Buffer>,
  encoding: TextEncoding
): AsyncGenerator<string> {
  const decoder = fatal(encoding);
  let carriageReturn = false;
  const inLines = (text: string, last: boolean): string => {
    let whole = carriageReturn ? `\r${text}` : text;
    // It may be the first half of a line's end.
    carriageReturn = !last && whole.endsWith('\r');
    if (carriageReturn) whole = whole.slice(0, -1);
    return whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole;
  };
  for await (const bytes of content) {
    const text = inLines(decode(decoder, bytes), false);
    if (text !== '') yield text;
  }
  const rest = inLines(decode(decoder), true);
  if (rest !== '') yield rest;
}

const fatal = (encoding: TextEncoding) => new TextDecoder(encoding, { fatal: true });

function decode(decoder: TextDecoder, bytes?: Buffer): string {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch {
    throw new FileRefused('encoding', NO_ENCODING);
  }
}

const startsWith = (bytes: Buffer, mark: readonly number[]): boolean =>
  bytes.length >= mark.length && mark.every((byte, index) => bytes[index] === byte);
