import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { AUDIT_TABLE } from '../audit/audit';
import { tablesOf } from '../database';
import { PLUGIN } from '../domain';
import { rememberExport } from '../last-export';
import { writeBundle, type BundleResult } from './bundle';
import { LEAVES } from './models';
import type { Signer } from './signer';
import type { Store } from './store';
import { databaseSource } from './verification';

export interface ExportOptions {
  directory: string;
  /** Entries written in this time; with them the others of their tiles. All of them, when both are left out. */
  from?: Date;
  to?: Date;
  progress?: (leaves: number, size: number) => void;
}

/** Writes the log into a directory that can be verified offline. @see writeBundle */
export async function exportLog(
  strapi: Core.Strapi,
  store: Store,
  signer: Signer,
  { directory, from, to, progress }: ExportOptions
): Promise<BundleResult> {
  await rememberExport(strapi, directory);
  const source = await databaseSource(strapi, store, signer);
  const leaves = from || to ? await leavesBetween(strapi, from, to) : undefined;
  return writeBundle(source, { directory, leaves, progress, script: scriptOf(strapi) });
}

/** The first and the last leaf of the entries that were written in a time. */
async function leavesBetween(
  strapi: Core.Strapi,
  from?: Date,
  to?: Date
): Promise<{ first: number; last: number }> {
  const query = (await tablesOf(strapi))(`${LEAVES} as leaf`).join(
    `${AUDIT_TABLE} as entry`,
    'entry.id',
    'leaf.entry_id'
  );
  if (from) query.where('entry.at', '>=', from);
  if (to) query.where('entry.at', '<=', to);
  const [row] = (await query.min({ first: 'leaf.id' }).max({ last: 'leaf.id' })) as Array<{
    first: number | string | null;
    last: number | string | null;
  }>;
  if (row.first === null || row.last === null) {
    throw new Error('No entry that has a place in the tree was written in this time.');
  }
  return { first: Number(row.first), last: Number(row.last) };
}

/** The build puts the script beside the plugin's own code. */
function scriptOf(strapi: Core.Strapi): string {
  const plugins = strapi.config.get('enabledPlugins') as Record<string, { pathToPlugin: string }>;
  return path.join(plugins[PLUGIN].pathToPlugin, 'dist/verifier/verify.mjs');
}
