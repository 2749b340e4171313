import crypto from 'node:crypto';
import type { Core } from '@strapi/strapi';
import {
  canonicalEntry,
  type StoredEntry,
} from '../../../src/plugins/customer-governance/server/src/audit/encoding';
import { summarise } from '../statistics';
import { ENTRIES, seconds, servicesOf, type Figure } from './log';

const SAMPLE = 50_000;
const RUNS = 5;

/** The whole log verified, rows, tree and checkpoints, against nothing but the SHA-256 of as many such bytes. */
export async function measureVerify(strapi: Core.Strapi): Promise<Figure> {
  const { log } = servicesOf(strapi);
  const bytes = await sampleBytes(strapi);
  const bare = () => {
    const from = performance.now();
    for (const entry of bytes) crypto.createHash('sha256').update(entry).digest();
    return bytes.length / seconds(from);
  };
  const verified = async () => {
    const from = performance.now();
    const { ok, entries } = await log.verify();
    if (!ok) throw new Error('audit_verify: the log that was measured is not whole.');
    return entries / seconds(from);
  };
  bare();
  await verified();
  const ratios: number[] = [];
  const rates: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const before = bare();
    const rate = await verified();
    rates.push(rate);
    ratios.push(rate / ((before + bare()) / 2));
  }
  return {
    measure: 'audit_verify',
    title: 'entries verified in a second, from the database, to SHA-256 of the same bytes alone',
    ratio: summarise(ratios),
    target: 0.4,
    atLeast: true,
    more: {
      entriesPerSecond: summarise(rates).median,
      bytesPerEntry: bytes.reduce((sum, { length }) => sum + length, 0) / bytes.length,
    },
  };
}

async function sampleBytes(strapi: Core.Strapi): Promise<Buffer[]> {
  const rows: StoredEntry[] = await strapi.db
    .connection(ENTRIES)
    .orderBy('id', 'desc')
    .limit(SAMPLE);
  return rows.map((row) => Buffer.from(canonicalEntry(row)));
}
