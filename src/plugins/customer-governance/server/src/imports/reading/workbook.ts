import { FileRefused } from './file-refused';
import { damaged, openParts, type PackageParts } from './package-parts';
import { dateOf, isDateFormat, numberText } from './spreadsheet-number';
import type { CellFault, TableLimits, TableRow } from './table';
import { readXml, xmlEvents, type XmlEvent } from './xml';

/** Texts that a workbook shares among its cells stay in memory while it is read. */
const MAX_SHARED_CHARS = 48 * 1024 * 1024;
const MAX_SHARED_STRINGS = 4_000_000;
const MAX_SMALL_PART = 16 * 1024 * 1024;
/** Of a cell, in Excel. */
const MAX_CELL_CHARS = 32_767;

const TOO_MANY_TEXTS =
  'The workbook has more texts than can be read at a time. Save the table as CSV, or divide it.';

interface Book {
  sheet: string;
  is1904: boolean;
  /** By the style of a cell, whether its numbers are dates. */
  dates: boolean[];
  shared: string[];
}

/** The rows of a workbook's first sheet that is to be seen. */
export async function* readWorkbook(
  file: Buffer,
  { maxColumns }: Pick<TableLimits, 'maxColumns'>
): AsyncGenerator<TableRow[]> {
  const parts = await openParts(file);
  const book: Book = {
    ...(await bookOf(parts)),
    dates: await datesOf(parts),
    shared: await sharedOf(parts),
  };
  const sheet = createSheetReader(book, maxColumns);
  for await (const events of xmlEvents(parts.read(book.sheet))) {
    const rows = events.flatMap((event) => sheet.take(event) ?? []);
    if (rows.length > 0) yield rows;
  }
}

async function bookOf(parts: PackageParts): Promise<Pick<Book, 'sheet' | 'is1904'>> {
  let relation: string | undefined;
  let is1904 = false;
  await readXml(parts.read('xl/workbook.xml', MAX_SMALL_PART), (event) => {
    if (event.kind !== 'open') return;
    const { name, attributes } = event;
    if (name === 'workbookPr') is1904 = isTrue(attributes.date1904);
    if (name === 'sheet' && !relation && (attributes.state ?? 'visible') === 'visible') {
      relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
    }
  });
  let target: string | undefined;
  await readXml(parts.read('xl/_rels/workbook.xml.rels', MAX_SMALL_PART), (event) => {
    if (
      event.kind === 'open' &&
      event.name === 'Relationship' &&
      event.attributes.Id === relation
    ) {
      target = event.attributes.Target;
    }
  });
  if (!relation || !target) throw damaged();
  const sheet = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  if (!parts.has(sheet)) throw damaged();
  return { sheet, is1904 };
}

async function datesOf(parts: PackageParts): Promise<boolean[]> {
  const dates: boolean[] = [];
  if (!parts.has('xl/styles.xml')) return dates;
  const codes = new Map<number, string>();
  let inCells = false;
  await readXml(parts.read('xl/styles.xml', MAX_SMALL_PART), (event) => {
    if (event.kind === 'text') return;
    if (event.name === 'cellXfs') inCells = event.kind === 'open';
    if (event.kind !== 'open') return;
    const { numFmtId, formatCode } = event.attributes;
    if (event.name === 'numFmt') codes.set(Number(numFmtId), formatCode ?? '');
    if (event.name === 'xf' && inCells) {
      dates.push(isDateFormat(Number(numFmtId ?? 0), codes.get(Number(numFmtId))));
    }
  });
  return dates;
}

async function sharedOf(parts: PackageParts): Promise<string[]> {
  const shared: string[] = [];
  if (!parts.has('xl/sharedStrings.xml')) return shared;
  let chars = 0;
  let text = '';
  let inText = false;
  let inReading = false;
  await readXml(parts.read('xl/sharedStrings.xml'), (event) => {
    if (event.kind === 'text') {
      if (inText && !inReading) text += event.text;
      return;
    }
    if (event.name === 't') inText = event.kind === 'open';
    // How a Chinese or Japanese text is to be read aloud, not part of it.
    if (event.name === 'rPh') inReading = event.kind === 'open';
    if (event.name !== 'si') return;
    if (event.kind === 'close') {
      chars += text.length;
      if (chars > MAX_SHARED_CHARS || shared.length >= MAX_SHARED_STRINGS) {
        throw new FileRefused('unpacked-size', TOO_MANY_TEXTS);
      }
      shared.push(text);
    }
    text = '';
  });
  return shared;
}

/** Makes rows of what it meets in a sheet. */
function createSheetReader({ is1904, dates, shared }: Book, maxColumns: number) {
  let row: { number: number; cells: string[]; faults: Map<number, CellFault>; wide: boolean } = {
    number: 0,
    cells: [],
    faults: new Map(),
    wide: false,
  };
  let column = -1;
  let type = 'n';
  let style = 0;
  let value: string | null = null;
  let inValue = false;
  let inReading = false;

  const meaning = (raw: string): { text: string; fault?: CellFault } => {
    switch (type) {
      case 's':
        return { text: shared[Number(raw)] ?? '' };
      case 'b':
        return { text: raw === '1' ? 'true' : 'false' };
      case 'e':
        return { text: raw, fault: 'cell-error' };
      case 'n': {
        const date = dates[style] ? dateOf(Number(raw), is1904) : null;
        return date ? { text: date } : numberText(raw);
      }
      default:
        return { text: raw };
    }
  };
  const endCell = () => {
    if (value === null || value === '') return;
    const { text, fault } = meaning(value);
    if (text === '') return;
    if (column >= maxColumns) {
      row.wide = true;
      return;
    }
    while (row.cells.length < column) row.cells.push('');
    row.cells[column] = text;
    if (fault) row.faults.set(column, fault);
  };

  return {
    /** @returns the row that ends with the event. */
    take(event: XmlEvent): TableRow | null {
      if (event.kind === 'text') {
        if (inValue && !inReading && (value?.length ?? 0) <= MAX_CELL_CHARS) {
          value = (value ?? '') + event.text;
        }
        return null;
      }
      const { name, kind } = event;
      if (kind === 'open') {
        const { attributes } = event;
        if (name === 'row') {
          const number = Number(attributes.r ?? row.number + 1);
          row = { number, cells: [], faults: new Map(), wide: false };
          column = -1;
        } else if (name === 'c') {
          column = attributes.r ? columnOf(attributes.r) : column + 1;
          type = attributes.t ?? 'n';
          style = Number(attributes.s ?? 0);
          value = null;
        } else if (name === 'rPh') inReading = true;
        else if (name === 'v' || (name === 't' && type === 'inlineStr')) inValue = true;
        return null;
      }
      if (name === 'v' || name === 't') inValue = false;
      if (name === 'rPh') inReading = false;
      if (name === 'c') endCell();
      if (name !== 'row') return null;
      const { number, cells, faults, wide } = row;
      return {
        number,
        cells,
        ...(wide ? { fault: 'too-many-cells' as const } : {}),
        ...(faults.size > 0 ? { cellFaults: faults } : {}),
      };
    },
  };
}

/** `AB12` is column 27, the first being 0. */
function columnOf(place: string): number {
  let column = 0;
  for (const character of place) {
    const digit = character.charCodeAt(0) - 64;
    if (digit < 1 || digit > 26) break;
    column = column * 26 + digit;
  }
  return column - 1;
}

const isTrue = (text: string | undefined): boolean => text === '1' || text === 'true';
