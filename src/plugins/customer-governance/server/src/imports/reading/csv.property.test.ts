import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { createCsvReader, delimiterOf, readCsv } from './csv';
import type { TableRow } from './table';

async function* pieces(text: string, sizes: number[]): AsyncGenerator<string> {
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const size = sizes[turn % sizes.length] as number;
    yield text.slice(at, at + size);
    at += size;
  }
}
const read = async (text: string, sizes: number[] = [text.length || 1]): Promise<TableRow[]> => {
  const rows: TableRow[] = [];
  for await (const list of readCsv(pieces(text, sizes))) rows.push(...list);
  return rows;
};
const quoted = (cell: string): string =>
  /[",\n;|\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
const cell = fc.string({
  unit: fc.constantFrom('a', '张', '"', ',', '\n', ' ', ';', '1', '|', '\t', '𠀀'),
  maxLength: 8,
});
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1 });
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });

describe('reading CSV', () => {
  it('gives back every cell that was written, however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(table, sizes, async (rows, cut) => {
        const text = ['x,y,z', ...rows.map((row) => row.map(quoted).join(','))].join('\n');
        const found = await read(text, cut);
        expect(found.slice(1).map(({ cells }) => cells)).toEqual(rows);
      })
    );
  });

  it('agrees with csv-parse on every well-formed table', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const text = `h,i\n${rows.map((row) => row.map(quoted).join(',')).join('\n')}\n`;
        const theirs = parse(text, { relax_column_count: true, skip_empty_lines: false });
        expect((await read(text)).map(({ cells }) => cells)).toEqual(theirs);
      })
    );
  });

  it('reads any text to its end without failing, and the rows before a fault as they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cell), sizes, async (parts, cut) => {
        const text = `a,b\nc,d\n${parts.join('')}`;
        const found = await read(text, cut);
        expect(found.slice(0, 2).map(({ cells }) => cells)).toEqual([
          ['a', 'b'],
          ['c', 'd'],
        ]);
        expect(found.map(({ number }) => number)).toEqual(found.map((_row, at) => at + 1));
        expect(await read(text)).toEqual(found);
      })
    );
  });
});

describe('a row whose quotes make no sense', () => {
  it.each([
    ['an unclosed one at the end', 'a,b\n1,2\n3,"4\n', [['a', 'b'], ['1', '2'], 'quotes']],
    [
      'an unclosed one in the middle, before a row with quotes of its own',
      'a,b\n1,"2\n3,4\n5,"6"\n',
      [['a', 'b'], 'quotes', ['3', '4'], ['5', '6']],
    ],
    ['text behind the closing one', 'a,b\n"1"x,2\n3,4\n', [['a', 'b'], 'quotes', ['3', '4']]],
  ])('is told, and the rows after it are read: %s', async (_name, text, expected) => {
    const found = await read(text);
    expect(found.map(({ cells, fault }) => fault ?? cells)).toEqual(expected);
  });

  it('is given up after so many characters, not at the end of the file', () => {
    const reader = createCsvReader(',', 100);
    const rows = [...reader.feed(`1,"2\n${'3,4\n'.repeat(60)}`), ...reader.end()];
    expect(rows[0]).toEqual({ number: 1, cells: [], fault: 'quotes' });
    expect(rows).toHaveLength(61);
    expect(rows.at(-1)).toEqual({ number: 61, cells: ['3', '4'] });
  });

  it('does not take a quote within a plain cell for one', async () => {
    expect((await read('a,b\n1"2,3\n')).map(({ cells }) => cells)).toEqual([
      ['a', 'b'],
      ['1"2', '3'],
    ]);
  });

  it('is told of a line that is too long, of which nothing is kept', () => {
    const reader = createCsvReader(',', 100);
    const rows = [
      ...reader.feed('a'.repeat(80)),
      ...reader.feed('a'.repeat(80)),
      ...reader.feed('a'.repeat(80)),
      ...reader.feed('\n1,2\n'),
    ];
    expect(rows).toEqual([
      { number: 1, cells: [], fault: 'row-too-long' },
      { number: 2, cells: ['1', '2'] },
    ]);
  });
});

describe('the delimiter', () => {
  it.each([
    ['姓名,手机', ','],
    ['姓名\t手机', '\t'],
    ['姓名;手机', ';'],
    ['"a,b,c";d', ';'],
    ['one', ','],
  ])('of %s', (line, delimiter) => {
    expect(delimiterOf(`${line}\nx`)).toBe(delimiter);
  });

  it('is what the line "sep=" of Excel says, which is no row', async () => {
    const found = await read('sep=|\na,1|b\n');
    expect(found).toEqual([{ number: 1, cells: ['a,1', 'b'] }]);
  });
});
