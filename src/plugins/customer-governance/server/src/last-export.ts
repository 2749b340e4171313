import type { Core } from '@strapi/strapi';
import { PLUGIN } from './domain';

const KEPT = { type: 'plugin', name: PLUGIN, key: 'last-export' };

/** Remembers the directory that the last export went to, which is searched after a destruction. */
export async function rememberExport(strapi: Core.Strapi, directory: string): Promise<void> {
  await strapi.store.set({ ...KEPT, value: { directory } });
}

/** The directory of the last export, or `null` when there has been none. */
export async function lastExport(strapi: Core.Strapi): Promise<string | null> {
  const kept = (await strapi.store.get(KEPT)) as { directory?: string } | null;
  return kept?.directory ?? null;
}
