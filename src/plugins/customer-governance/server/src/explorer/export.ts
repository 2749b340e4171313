import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { canonicalEntry } from '../audit/encoding';
import { organisationOf } from '../organisation/organisation';
import { BYTE_ORDER_MARK, csvLine } from './csv';
import { explorerOf, type StoredRow } from './explorer';
import type { Place, Selection } from './selection';

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Entries that are in memory at a time. */
const PAGE = 1000;

const CSV_COLUMNS = [
  'leafIndex',
  'id',
  'at',
  'actorKind',
  'actorId',
  'actorName',
  'onBehalfOf',
  'action',
  'outcome',
  'recordType',
  'recordIds',
  'attributes',
  'purpose',
  'requestId',
  'basis',
  'channel',
  'address',
  'correlationId',
  'details',
] as const;

/** The entries in the order of their time, from the oldest to the newest that there was at the beginning. */
async function* pagesOf(strapi: Core.Strapi, by: Selection, until: Place): AsyncGenerator<Place[]> {
  let after: Place | null = null;
  for (;;) {
    const page: Place[] = await explorerOf(strapi).places(by, after, PAGE, 'oldest');
    const within = page.filter(
      ({ at, id }) => at < until.at || (at === until.at && id <= until.id)
    );
    if (within.length > 0) yield within;
    if (within.length < PAGE) return;
    after = within[within.length - 1];
  }
}

/**
 * Entries as a file that is written while it is read, in memory never more than a page. That it was taken stands in the log
 * before the first byte leaves, with what it was filtered by and how many entries it has.
 * @param filters names of the filters, for the log. @param recordId of which it is the history, if of any.
 */
export async function exportEntries(
  strapi: Core.Strapi,
  by: Selection,
  format: ExportFormat,
  filters: readonly string[],
  recordId?: string
): Promise<Readable> {
  const [until] = await explorerOf(strapi).places(by, null, 1);
  let count = 0;
  if (until) for await (const page of pagesOf(strapi, by, until)) count += page.length;
  await auditOf(strapi).append({
    action: 'log.export',
    ...(recordId ? await recordOf(strapi, recordId) : {}),
    details: { format, count, filters: filters.join('/') || 'none' },
  });
  return Readable.from(until ? textOf(strapi, by, until, format) : [head(format)], {
    objectMode: false,
  });
}

/** A record as the log knows it already; what was merely asked for does not get into the log. */
async function recordOf(strapi: Core.Strapi, recordId: string) {
  const [entry] = await explorerOf(strapi).page({ records: [recordId] }, null, 1);
  return entry?.recordType ? { recordType: entry.recordType, recordIds: [recordId] } : {};
}

async function* textOf(
  strapi: Core.Strapi,
  by: Selection,
  until: Place,
  format: ExportFormat
): AsyncGenerator<string> {
  yield head(format);
  for await (const places of pagesOf(strapi, by, until)) {
    const rows = await explorerOf(strapi).stored(places);
    if (format === 'ndjson') {
      yield rows.map((row) => `${canonicalEntry(row)}\n`).join('');
      continue;
    }
    const acting = rows.map((row) => ({ actorKind: row.actor_kind, actorId: row.actor_id }));
    const nameOf = await organisationOf(strapi).namesOfActors(acting);
    yield rows.map((row, index) => csvOf(row, nameOf(acting[index]))).join('');
  }
}

const head = (format: ExportFormat): string =>
  format === 'csv' ? BYTE_ORDER_MARK + csvLine(CSV_COLUMNS) : '';

/** A row of the file. The canonical encoding tells what it says, so that both formats agree. */
function csvOf(row: StoredRow, actorName: string | null): string {
  const entry = JSON.parse(canonicalEntry(row)) as Record<string, unknown>;
  const cells: Record<(typeof CSV_COLUMNS)[number], unknown> = {
    ...(entry as Record<(typeof CSV_COLUMNS)[number], unknown>),
    leafIndex: row.leafIndex,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName,
  };
  return csvLine(CSV_COLUMNS.map((name) => textOrNumber(cells[name])));
}

function textOrNumber(value: unknown): string | number | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.join(' ');
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
