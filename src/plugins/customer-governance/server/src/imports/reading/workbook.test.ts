import fc from 'fast-check';
import { workbookOf, type SheetCell } from '../../../../../../../tests/support/workbook';
import { openTable } from './read-table';
import { fromScientific } from './spreadsheet-number';
import type { TableRow } from './table';

const LIMITS = { maxColumns: 20, maxRows: 1000 };
const XLSX = { format: 'xlsx', encoding: null } as const;

async function* one(bytes: Buffer) {
  yield bytes;
}
const read = async (book: Buffer) => {
  const { headings, rows } = await openTable(one(book), XLSX, LIMITS);
  const found: TableRow[] = [];
  for await (const list of rows) found.push(...list);
  return { headings, rows: found };
};
const readRows = async (rows: SheetCell[][], options = {}) =>
  (await read(await workbookOf(rows, options))).rows;
const faultOf = async (book: Promise<Buffer> | Buffer): Promise<unknown> => {
  try {
    return await read(await book);
  } catch (error) {
    return (error as { fault?: string }).fault;
  }
};
const SHEET = 'xl/worksheets/sheet1.xml';
const sheetOf = (inside: string) => `<worksheet><sheetData>${inside}</sheetData></worksheet>`;

describe('reading a workbook', () => {
  it('gives back every text, shared or not', async () => {
    const text = fc.string({
      unit: fc.constantFrom('王', 'a', '<', '&', '"', ' ', '1'),
      maxLength: 6,
    });
    const rows = fc.array(fc.array(text, { minLength: 3, maxLength: 3 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rows, fc.boolean(), async (given, inline) => {
        const found = await readRows([['a', 'b', 'c'], ...given], { inline });
        const filled = given.filter((row) => row.some((cell) => cell.trim() !== ''));
        const padded = found.map(({ cells }) => [...cells, '', '', ''].slice(0, 3));
        expect(padded).toEqual(filled);
      }),
      { numRuns: 40 }
    );
  });

  it('takes mobile numbers and days that Excel made numbers of for what they were', async () => {
    const [row] = await readRows([
      ['手机', '日期', '时间', '数'],
      [13800138000, { date: 46082 }, { date: 46082.396_527_8 }, 1.5],
    ]);
    expect(row).toEqual({
      number: 2,
      cells: ['13800138000', '2026-03-01', '2026-03-01T09:31:00', '1.5'],
    });
  });

  it('counts days from 1904 where the workbook does', async () => {
    const [row] = await readRows([['日期'], [{ date: 44620 }]], { is1904: true });
    expect(row?.cells).toEqual(['2026-03-01']);
  });

  it('tells a number whose last digits Excel has dropped, and a cell that is an error', async () => {
    const [row] = await readRows([
      ['身份证', '名', '错'],
      [110105194912310000, 'x', { raw: '<c r="PLACE" t="e"><v>#REF!</v></c>' }],
    ]);
    expect(row?.cellFaults).toEqual(
      new Map([
        [0, 'digits-lost'],
        [2, 'cell-error'],
      ])
    );
  });

  it('takes the result of a formula, and leaves out how a text is read aloud', async () => {
    const [row] = await readRows([
      ['a', 'b'],
      [
        { raw: '<c r="PLACE" t="str"><f>A1&amp;"x"</f><v>ax</v></c>' },
        { raw: '<c r="PLACE" t="inlineStr"><is><t>王</t><rPh><t>wang</t></rPh></is></c>' },
      ],
    ]);
    expect(row?.cells).toEqual(['ax', '王']);
  });

  it('keeps the numbers of the rows, blank ones counted', async () => {
    const found = await readRows([['a'], ['1'], [''], ['2']]);
    expect(found.map(({ number }) => number)).toEqual([2, 4]);
  });

  it.each([
    [
      'more columns than are allowed',
      workbookOf([Array.from({ length: 10_000 }, (_x, at) => `c${at}`)]),
      'columns',
    ],
    ['no headings', workbookOf([]), 'header'],
    [
      'more rows than are allowed',
      workbookOf([['a'], ...Array.from({ length: 1001 }, () => ['1'])]),
      'rows',
    ],
    [
      'a ZIP file without a workbook',
      workbookOf([], { parts: { 'xl/workbook.xml': 'x' } }),
      'workbook',
    ],
    ['bytes that are no ZIP file', Buffer.from('PK\u0003\u0004 and nothing more'), 'workbook'],
    [
      'a declaration of entities',
      workbookOf([], { parts: { [SHEET]: `<!DOCTYPE a [<!ENTITY b "b">]>${sheetOf('')}` } }),
      'workbook',
    ],
    [
      'an entity that nobody has declared',
      workbookOf([], { parts: { [SHEET]: sheetOf('<row r="1"><c t="str"><v>&b;</v></c></row>') } }),
      'workbook',
    ],
    [
      'a part that unpacks without end',
      workbookOf([['a'], ['1']], { parts: { [SHEET]: sheetOf('<row/>'.repeat(4_000_000)) } }),
      'unpacked-size',
    ],
  ])('refuses %s', async (_name, book, fault) => {
    expect(await faultOf(book)).toBe(fault);
  });

  it('tells a row with cells beyond the headings', async () => {
    const found = await readRows([['a'], ['1', '2'], ['3']]);
    expect(found).toEqual([
      { number: 2, cells: [], fault: 'too-many-cells' },
      { number: 3, cells: ['3'] },
    ]);
  });
});

describe('a number in powers of ten', () => {
  it.each([
    ['1.3800138000E+10', '13800138000'],
    ['1.38001E+10', 'digits-lost'],
    ['1.38E10', 'digits-lost'],
    ['138', null],
    ['E+10', null],
  ])('%s', (text, meaning) => {
    expect(fromScientific(text)).toBe(meaning);
  });
});
