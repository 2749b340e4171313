import type { Cell } from './bulk-insert';

/** What is used of the protocol of `pg`. */
interface Protocol {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** A query as `pg` carries it out: it is told each answer of the server. After an error nothing more comes. */
interface Submittable {
  submit(connection: Protocol): void;
  handleCopyInResponse(connection: Protocol): void;
  handleCommandComplete(message: { text: string }): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
}

/** A connection of `pg`. */
export interface CopyConnection {
  query(query: Submittable): unknown;
}

/** Characters of a piece that is sent at a time. */
const PIECE = 1 << 16;

/**
 * Writes rows by COPY, of which PostgreSQL makes less than of any insert. On the given connection alone, as one query among
 * its others: in a transaction it belongs to it.
 * @param target a table and its columns, as a statement has them.
 * @returns how many rows were written.
 */
export function copyIn(
  connection: CopyConnection,
  target: string,
  rows: ReadonlyArray<readonly Cell[]>
): Promise<number> {
  return new Promise((resolve, reject) => {
    let count = 0;
    connection.query({
      submit: (protocol) => protocol.query(`COPY ${target} FROM STDIN`),
      handleCopyInResponse(protocol) {
        for (const piece of piecesOf(rows)) protocol.sendCopyFromChunk(Buffer.from(piece));
        protocol.endCopyFrom();
      },
      handleCommandComplete({ text }) {
        count = Number(/^COPY (\d+)$/.exec(text)?.[1] ?? 0);
      },
      // Only now may the connection be used for something else.
      handleReadyForQuery: () => resolve(count),
      handleError: reject,
    });
  });
}

function* piecesOf(rows: ReadonlyArray<readonly Cell[]>): Generator<string> {
  let piece = '';
  for (const row of rows) {
    piece += lineOf(row);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};
const SPECIAL = /[\\\t\n\r]/;
const EACH_SPECIAL = /[\\\t\n\r]/g;

/** A row in the text format of COPY. */
export function lineOf(row: readonly Cell[]): string {
  let line = '';
  for (let at = 0; at < row.length; at += 1) line += (at === 0 ? '' : '\t') + textOf(row[at]);
  return `${line}\n`;
}

function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '\\N';
  if (typeof cell === 'string') {
    return SPECIAL.test(cell)
      ? cell.replace(EACH_SPECIAL, (character) => ESCAPED[character] as string)
      : cell;
  }
  if (cell instanceof Date) return cell.toISOString();
  if (Buffer.isBuffer(cell)) return `\\\\x${cell.toString('hex')}`;
  return String(cell);
}
