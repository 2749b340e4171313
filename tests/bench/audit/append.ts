import type { Core } from '@strapi/strapi';
import type { Options } from '../options';
import { createRandom } from '../random';
import { enough } from '../run';
import { summarise } from '../statistics';
import { ENTRIES, isPostgres, seconds, servicesOf, type Figure } from './log';

const PLAIN = 'bench_plain_entries';
const BUSINESS = 'bench_business';
/** Transactions in a block: as many as the product lets wait for a sequencing (`audit.sequence.rows`). */
const BLOCK = 1000;
const WARM_UP_PAIRS = 2;
const ID = '0123456789abcdef01234567';

type Tables = (table: string) => { insert(row: object): Promise<unknown> };

/**
 * Business transactions that leave an entry, and after each block its sequencing into the signed tree; against the same
 * transactions that insert the same row into a table of the same columns and indexes, without triggers and without a log.
 */
export async function measureAppend(
  strapi: Core.Strapi,
  options: Options
): Promise<{ figure: Figure; appendsPerSecond: number }> {
  const { audit, log } = servicesOf(strapi);
  await createTables(strapi);
  const order = createRandom(options.seed + 2);
  const row = await sampleRow(strapi);
  const transaction = (work: (tables: Tables) => Promise<unknown>) =>
    strapi.db.transaction(async ({ trx }) => {
      const tables = ((table: string) => trx(table)) as unknown as Tables;
      await tables(BUSINESS).insert({ customer: ID, amount: 1, note: 'An order of spare parts' });
      await work(tables);
    });
  const event = {
    action: 'record.update',
    recordType: 'plugin::customer-governance.customer',
    recordIds: [ID],
    attributes: ['companyName', 'position'],
  };
  const timed = async (
    work: (tables: Tables) => Promise<unknown>,
    after?: () => Promise<unknown>
  ) => {
    const before = process.cpuUsage();
    const from = performance.now();
    for (let at = 0; at < BLOCK; at++) await transaction(work);
    const written = seconds(from);
    await after?.();
    const { user, system } = process.cpuUsage(before);
    return { written, all: seconds(from), processor: user + system };
  };
  const sides = {
    governed: () =>
      timed(
        () => audit.append(event),
        () => log.sequence()
      ),
    plain: () => timed((tables) => tables(PLAIN).insert({ ...row })),
  };
  const pair = async () => {
    const governedFirst = order() < 0.5;
    const first = await sides[governedFirst ? 'governed' : 'plain']();
    const second = await sides[governedFirst ? 'plain' : 'governed']();
    return governedFirst ? { governed: first, plain: second } : { governed: second, plain: first };
  };

  for (let at = 0; at < WARM_UP_PAIRS; at++) await pair();
  const ratios: number[] = [];
  const unsequenced: number[] = [];
  const processor: number[] = [];
  const rates: number[] = [];
  while (!enough(ratios, options)) {
    const { governed, plain } = await pair();
    ratios.push(plain.all / governed.all);
    unsequenced.push(plain.all / governed.written);
    processor.push(plain.processor / governed.processor);
    rates.push(BLOCK / governed.written);
  }
  const appendsPerSecond = summarise(rates).median;
  return {
    appendsPerSecond,
    figure: {
      measure: 'audit_append',
      title:
        'transactions with an entry, sequenced and signed, to the same with a row of a plain table',
      ratio: summarise(ratios),
      target: 0.85,
      atLeast: true,
      more: {
        pairs: ratios.length,
        withoutSequencing: summarise(unsequenced).median,
        /** By the processor time of the application alone, which other work on the machine hardly touches. */
        byProcessor: summarise(processor).median,
        appendsPerSecond,
      },
    },
  };
}

/** The columns of an entry as it is stored, with no number of its own. */
async function sampleRow(strapi: Core.Strapi): Promise<Record<string, unknown>> {
  const { audit } = servicesOf(strapi);
  await audit.append({
    action: 'record.update',
    recordType: 'plugin::customer-governance.customer',
    recordIds: [ID],
    attributes: ['companyName', 'position'],
  });
  const { id: _, ...row } = await strapi.db.connection(ENTRIES).orderBy('id', 'desc').first();
  // PostgreSQL gives JSON columns as values.
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null && !(value instanceof Date)
        ? JSON.stringify(value)
        : value,
    ])
  );
}

async function createTables(strapi: Core.Strapi): Promise<void> {
  const { connection } = strapi.db;
  await connection.schema.createTable(BUSINESS, (table) => {
    table.increments('id');
    table.string('customer', 24).index();
    table.integer('amount');
    table.string('note');
  });
  if (isPostgres(strapi)) {
    await connection.raw(`CREATE TABLE ${PLAIN} (LIKE ${ENTRIES} INCLUDING ALL)`);
    return;
  }
  const made: Array<{ sql: string | null }> = await connection('sqlite_master')
    .where({ tbl_name: ENTRIES })
    .whereIn('type', ['table', 'index'])
    .orderByRaw("type = 'table' DESC")
    .select('sql');
  for (const { sql } of made) {
    if (!sql) continue;
    await connection.raw(
      sql
        .replace(/(create (?:unique )?index )[`"]?/i, '$1`bench_')
        .replace(/(`bench_\w+)"/, '$1`')
        .replaceAll(ENTRIES, PLAIN)
    );
  }
}
