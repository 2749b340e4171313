import yazl from 'yazl';

/** A cell as Excel keeps it: a text, a number, a day or moment by its serial, or a raw element. */
export type SheetCell = string | number | { date: number } | { raw: string } | null;

interface BookOptions {
  /** Texts stand in the cells themselves instead of the list that they share. */
  inline?: boolean;
  is1904?: boolean;
  /** Parts besides or in place of those that a workbook has. */
  parts?: Record<string, string | Buffer>;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const columnName = (index: number): string => {
  let name = '';
  for (let left = index + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  }
  return name;
};

/** A workbook of one sheet, in the form of Excel's own. */
export async function workbookOf(
  rows: SheetCell[][],
  { inline = false, is1904 = false, parts = {} }: BookOptions = {}
): Promise<Buffer> {
  const shared: string[] = [];
  const places = new Map<string, number>();
  const cell = (value: SheetCell, place: string): string => {
    if (value === null || value === '') return '';
    if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`;
    if (typeof value === 'object') {
      return 'raw' in value
        ? value.raw.replace('PLACE', place)
        : `<c r="${place}" s="1"><v>${value.date}</v></c>`;
    }
    if (inline) {
      return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
    }
    if (!places.has(value)) {
      places.set(value, shared.length);
      shared.push(value);
    }
    return `<c r="${place}" t="s"><v>${places.get(value)}</v></c>`;
  };
  const sheet = rows
    .map((row, at) => {
      const cells = row.map((value, column) => cell(value, `${columnName(column)}${at + 1}`));
      return `<row r="${at + 1}">${cells.join('')}</row>`;
    })
    .join('');
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const files: Record<string, string | Buffer> = {
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr date1904="${is1904 ? 1 : 0}"/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${main}">${shared.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
    ...parts,
  };
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
