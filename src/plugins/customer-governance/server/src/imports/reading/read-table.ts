import { readCsv } from './csv';
import { textOf, type FileFormat } from './encoding';
import { FileRefused } from './file-refused';
import { isBlank, type TableLimits, type TableRow } from './table';
import { readWorkbook } from './workbook';

/** A workbook is in memory as it came, packed, while it is read. */
export const MAX_WORKBOOK_BYTES = 64 * 1024 * 1024;

const NO_HEADINGS =
  'The file has no row of headings. Put the names of the columns, such as 姓名 or Mobile, into its first row.';

/** A table of which the headings are read. */
export interface OpenTable {
  headings: string[];
  /** What is below the headings, blank rows left out, in lists of no certain length. */
  rows: AsyncIterable<TableRow[]>;
}

/**
 * Reads the headings of a file and gives its rows one after the other, none of them twice and none of a table with too
 * many columns or rows. @throws FileRefused, also while the rows are read.
 */
export async function openTable(
  content: AsyncIterable<Buffer>,
  file: FileFormat,
  limits: TableLimits
): Promise<OpenTable> {
  const lists =
    file.format === 'csv'
      ? readCsv(textOf(content, file.encoding))
      : readWorkbook(await whole(content), limits);
  const filled = filledRows(lists);
  const first = await filled.next();
  const [heading, ...rest] = first.done ? [] : first.value;
  if (heading?.fault === 'too-many-cells') throw tooManyColumns(limits.maxColumns);
  if (!heading || heading.fault) throw new FileRefused('header', NO_HEADINGS);
  const headings = withoutEnd(heading.cells.map((cell) => cell.trim()));
  if (headings.length > limits.maxColumns) throw tooManyColumns(limits.maxColumns);
  return { headings, rows: counted(rest, filled, headings.length, limits) };
}

async function* filledRows(lists: AsyncIterable<TableRow[]>): AsyncGenerator<TableRow[]> {
  for await (const rows of lists) {
    const filled = rows.filter((row) => !isBlank(row));
    if (filled.length > 0) yield filled;
  }
}

async function* counted(
  first: TableRow[],
  lists: AsyncIterable<TableRow[]>,
  columns: number,
  { maxRows }: TableLimits
): AsyncGenerator<TableRow[]> {
  let count = 0;
  const take = (rows: TableRow[]): TableRow[] => {
    count += rows.length;
    if (count > maxRows) {
      throw new FileRefused(
        'rows',
        `The file has more than ${maxRows} rows. Divide it and import the parts one after the other.`
      );
    }
    return rows.map((row) => withinColumns(row, columns));
  };
  if (first.length > 0) yield take(first);
  for await (const rows of lists) yield take(rows);
}

/** A value without a heading belongs to nothing, and shifted cells look just so. */
function withinColumns(row: TableRow, columns: number): TableRow {
  if (row.fault || row.cells.length <= columns) return row;
  const beyond = row.cells.slice(columns).some((cell) => cell.trim() !== '');
  return beyond
    ? { number: row.number, cells: [], fault: 'too-many-cells' }
    : { ...row, cells: row.cells.slice(0, columns) };
}

const tooManyColumns = (max: number) =>
  new FileRefused(
    'columns',
    `The table has more than ${max} columns. Delete those that are not to be imported.`
  );

function withoutEnd(cells: string[]): string[] {
  let end = cells.length;
  while (end > 0 && cells[end - 1] === '') end -= 1;
  return cells.slice(0, end);
}

async function whole(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of content) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > MAX_WORKBOOK_BYTES) {
      throw new FileRefused(
        'size',
        'The workbook is too large to be read as one. Save the table as CSV, or divide it.'
      );
    }
  }
  return Buffer.concat(pieces, bytes);
}
