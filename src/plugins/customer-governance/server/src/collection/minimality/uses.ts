import type { Core } from '@strapi/strapi';
import { AUDIT_TABLE } from '../../audit/audit';
import { fromJson, inTransaction, tablesOf } from '../../database';
import { LEAVES } from '../../transparency/models';
import { vaultOf } from '../../vault/vault';
import { USES, USES_READ } from './models';

/** What the log calls a use of a value: somebody had it before their eyes, or found a record by it. */
const USING = ['record.view', 'record.reveal', 'record.lookup'];
/** Entries that are in memory at a time. */
const PAGE = 5000;
const THE_ROW = 1;

interface EntryRow {
  leaf: number;
  at: Date | number | string;
  record_type: string | null;
  attributes: string[] | string | null;
}

/**
 * Reads on in the log from where the last run ended, and notes for each protected attribute when it was last of use. A page
 * and how far it went are written together, so that an interrupted run goes on and counts nothing twice.
 * @returns how many entries were read.
 */
export async function noteUses(strapi: Core.Strapi): Promise<number> {
  let read = 0;
  for (;;) {
    const count = await inTransaction(strapi, () => readPage(strapi));
    read += count;
    if (count < PAGE) return read;
  }
}

async function readPage(strapi: Core.Strapi): Promise<number> {
  const tables = await tablesOf(strapi);
  const place = await tables(USES_READ).where({ id: THE_ROW }).first('next_leaf');
  const from = Number(place?.next_leaf ?? 0);
  const leaves = (await tables(`${LEAVES} as leaf`)
    .join(`${AUDIT_TABLE} as entry`, 'entry.id', 'leaf.entry_id')
    .where('leaf.id', '>=', from)
    .orderBy('leaf.id')
    .limit(PAGE)
    .select(
      'leaf.id as leaf',
      'entry.at',
      'entry.record_type',
      'entry.attributes',
      'entry.action',
      'entry.outcome'
    )) as Array<EntryRow & { action: string; outcome: string }>;
  const last = new Map<string, { type: string; attribute: string; at: Date }>();
  for (const { at, action, outcome, record_type: type, attributes } of leaves) {
    if (!USING.includes(action) || outcome !== 'done' || !type || !attributes) continue;
    for (const attribute of fromJson(attributes)) {
      const moment = new Date(at);
      const before = last.get(`${type}.${attribute}`);
      if (!before || before.at < moment)
        last.set(`${type}.${attribute}`, { type, attribute, at: moment });
    }
  }
  const governed = vaultOf(strapi).governed();
  for (const { type, attribute, at } of last.values()) {
    if (!Object.hasOwn(governed.get(type) ?? {}, attribute)) continue;
    await tables(USES)
      .insert({ record_type: type, attribute, last_used_at: at })
      .onConflict(['record_type', 'attribute'])
      .merge(['last_used_at']);
  }
  const end = leaves.at(-1);
  if (end) {
    await tables(USES_READ)
      .insert({ id: THE_ROW, next_leaf: end.leaf + 1 })
      .onConflict('id')
      .merge(['next_leaf']);
  }
  return leaves.length;
}

/** Counts how many records have each protected attribute: one pass over each table. */
export async function countFilled(strapi: Core.Strapi, now: Date): Promise<void> {
  for (const [type, attributes] of vaultOf(strapi).governed()) {
    const { tableName, attributes: columns } = strapi.db.metadata.get(type) as unknown as {
      tableName: string;
      attributes: Record<string, { columnName?: string }>;
    };
    const names = Object.keys(attributes);
    const tables = await tablesOf(strapi);
    const query = tables(tableName);
    names.forEach((name, at) => query.count({ [`n${at}`]: columns[name]?.columnName ?? name }));
    const [counts] = (await query) as Array<Record<string, string | number>>;
    for (const [at, attribute] of names.entries()) {
      await tables(USES)
        .insert({
          record_type: type,
          attribute,
          records: Number(counts?.[`n${at}`] ?? 0),
          counted_at: now,
        })
        .onConflict(['record_type', 'attribute'])
        .merge(['records', 'counted_at']);
    }
  }
}
