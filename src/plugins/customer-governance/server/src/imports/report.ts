import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { chunks } from '../database';
import { BYTE_ORDER_MARK, csvLine } from '../explorer/csv';
import { FULL_MASK } from '../vault/kinds';
import { policyOf } from '../policy';
import { translatorOf } from '../translations';
import type { ImportColumns } from './columns';
import { formatOf, type ImportFiles } from './file';
import { nameOfAttribute } from './headings';
import { openTable } from './reading/read-table';
import type { TableRow } from './reading/table';
import type { Rows, StoredRow } from './rows';
import type { RunRow } from './runs';
import { CUSTOMER } from './uids';

const PAGE = 1000;
const IDS_PER_QUERY = 500;

const WORDS = {
  en: {
    head: ['Row', 'Result', 'Attribute', 'Value (masked)', 'What', 'Reason'],
    filingNumber: 'Filing number',
    good: 'imported',
    ready: 'can be imported',
    faulty: 'faulty',
    refused: 'refused',
    duplicate: 'duplicate',
    removed: 'taken back',
    kept: 'kept',
    error: 'error',
    warning: 'to be looked at',
    normalised: 'brought into its form',
  },
  zh: {
    head: ['行号', '结果', '项目', '值（掩码）', '类别', '原因'],
    filingNumber: '档案编号',
    good: '已导入',
    ready: '可导入',
    faulty: '有错误',
    refused: '不予采集',
    duplicate: '重复',
    removed: '已撤销',
    kept: '保留',
    error: '错误',
    warning: '提醒',
    normalised: '已规范格式',
  },
} as const;
export type ReportLanguage = keyof typeof WORDS;

/** A customer that was imported may be filed by now. */
type NumberedRow = StoredRow & { filingNumber: string | null };

/** What became of the rows of a run, for whoever corrects them: with masks and never with values. */
export function createReport(
  strapi: Core.Strapi,
  { rows, files, columns }: { rows: Rows; files: ImportFiles; columns: ImportColumns }
) {
  /** By the customers that were imported, the numbers under which they are filed by now. */
  const filingNumbers = async (page: readonly StoredRow[]): Promise<Map<string, string>> => {
    const ids = page.flatMap(({ recordId }) => recordId ?? []);
    const numbers = new Map<string, string>();
    for (const part of chunks(ids, IDS_PER_QUERY)) {
      const found: Array<{ documentId: string; filingNumber: string }> = await strapi.db
        .query(CUSTOMER)
        .findMany({
          select: ['documentId', 'filingNumber'],
          where: { documentId: { $in: part }, filingNumber: { $notNull: true } },
        });
      for (const { documentId, filingNumber } of found) numbers.set(documentId, filingNumber);
    }
    return numbers;
  };

  /** The notable rows in the order of the file. */
  async function* notable(run: RunRow, phase: 'check' | 'run'): AsyncGenerator<NumberedRow> {
    for (let after = 0; ;) {
      const page = await rows.notable(run.id, phase, after, PAGE);
      const numbers = await filingNumbers(page);
      for (const row of page) {
        yield { ...row, filingNumber: numbers.get(row.recordId ?? '') ?? null };
      }
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last.row;
    }
  }

  /** The rows of the file, as long as there is one. */
  async function* rowsOf(run: RunRow): AsyncGenerator<TableRow> {
    if (run.fileState !== 'stored') return;
    const content = await files.open(run);
    try {
      const table = await openTable(content, formatOf(run), policyOf(strapi).get().imports);
      for await (const list of table.rows) yield* list;
    } finally {
      content.destroy();
    }
  }

  const maskOf = (row: TableRow | null, name: string | null, mapping: Array<string | null>) => {
    const column = name === null ? -1 : mapping.indexOf(name);
    const text = (row?.cells[column] ?? '').trim();
    if (!row || name === null || text === '') return '';
    const kind = columns.kinds()[name];
    if (!kind) return text.length > 0 ? FULL_MASK : '';
    const parsed = kind.parse(text);
    return parsed.ok ? kind.mask(parsed.value) : FULL_MASK;
  };

  async function* textOf(
    run: RunRow,
    phase: 'check' | 'run',
    language: ReportLanguage
  ): AsyncGenerator<string> {
    const words = WORDS[language];
    const translate = translatorOf(language === 'zh' ? 'zh-Hans' : 'en');
    const mapping = run.mapping ?? [];
    yield BYTE_ORDER_MARK + csvLine([...words.head, words.filingNumber]);
    const source = rowsOf(run);
    try {
      let current: TableRow | null = null;
      for await (const { row, state, notes, filingNumber } of notable(run, phase)) {
        while (!current || current.number < row) {
          const next = await source.next();
          if (next.done) break;
          current = next.value;
        }
        const own: TableRow | null = current?.number === row ? current : null;
        const result = state === 'good' && phase === 'check' ? words.ready : words[state];
        const told = notes.length > 0 ? notes : [null];
        yield told
          .map((note) =>
            csvLine([
              row,
              result,
              note?.attribute ? nameOfAttribute(note.attribute)[language] : '',
              maskOf(own, note?.attribute ?? null, mapping),
              note ? words[note.kind] : '',
              translate(note?.reason ?? ''),
              filingNumber ?? '',
            ])
          )
          .join('');
      }
    } finally {
      await source.return(undefined);
    }
  }

  return {
    /** A CSV file that is written while it is read, in memory never more than a page. */
    stream: (run: RunRow, phase: 'check' | 'run', language: ReportLanguage): Readable =>
      Readable.from(textOf(run, phase, language), { objectMode: false }),
  };
}

export type Report = ReturnType<typeof createReport>;
