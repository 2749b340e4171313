import fc from 'fast-check';
import { copyIn, lineOf, type CopyConnection } from './postgres-copy';

type Query = Parameters<CopyConnection['query']>[0];

/** Reads a line as PostgreSQL reads the text format of COPY. */
function read(line: string): Array<string | null> {
  const meanings: Record<string, string> = { t: '\t', n: '\n', r: '\r' };
  return line
    .slice(0, -1)
    .split('\t')
    .map((cell) =>
      cell === '\\N'
        ? null
        : cell.replace(/\\(.)/gs, (_all, letter: string) => meanings[letter] ?? letter)
    );
}

describe('a row in the text format of COPY', () => {
  it('is read as it was written, whatever texts it has', () => {
    const text = fc.string({ unit: 'binary' }).map((value) => value.replace(/\0/g, ''));
    const special = fc.constantFrom('\\N', '\\', '\\.', '\t', '\n', '\r\n', '');
    const cells = fc.array(fc.oneof(text, special, fc.constant(null)), { minLength: 1 });
    fc.assert(
      fc.property(cells, (row) => {
        const line = lineOf(row);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(read(line)).toEqual(row);
      })
    );
  });

  it('has moments, bytes, numbers and booleans as the columns take them', () => {
    const at = new Date('2026-03-01T09:30:00.000Z');
    expect(read(lineOf([at, Buffer.from([1, 255]), 7, true]))).toEqual([
      '2026-03-01T09:30:00.000Z',
      '\\x01ff',
      '7',
      'true',
    ]);
  });
});

describe('a copy', () => {
  /** A server that answers a copy, or refuses it. */
  function serverOf(answer: (query: Query) => void) {
    const sent: string[] = [];
    const protocol = {
      query: (text: string) => sent.push(text),
      sendCopyFromChunk: (chunk: Buffer) => sent.push(chunk.toString()),
      endCopyFrom: () => sent.push('end'),
    };
    const connection: CopyConnection = {
      query(query) {
        query.submit(protocol);
        query.handleCopyInResponse(protocol);
        answer(query);
      },
    };
    return { connection, sent };
  }

  it('is over when the server is ready for the next query', async () => {
    const { connection, sent } = serverOf((query) => {
      query.handleCommandComplete({ text: 'COPY 2' });
      query.handleReadyForQuery();
    });
    expect(await copyIn(connection, '"t" ("a")', [['x'], ['y']])).toBe(2);
    expect(sent).toEqual(['COPY "t" ("a") FROM STDIN', 'x\ny\n', 'end']);
  });

  it('fails with what the server says', async () => {
    const refusal = Object.assign(new Error('there is one already'), { code: '23505' });
    const { connection } = serverOf((query) => query.handleError(refusal));
    await expect(copyIn(connection, '"t" ("a")', [['x']])).rejects.toBe(refusal);
  });
});
