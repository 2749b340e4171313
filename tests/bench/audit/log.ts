import type { Core } from '@strapi/strapi';
import type { Summary } from '../statistics';

/** What is measured of the log of an application that is otherwise at rest. */
export interface Figure {
  measure: string;
  title: string;
  /** Of the measured ratios. */
  ratio: Summary;
  target: number;
  /** Whether the target is the least or the most that the ratio may be. */
  atLeast: boolean;
  /** Further figures, by their names. */
  more: Record<string, number>;
}

/** A place in time of the explorer. */
export interface Place {
  at: number;
  id: number;
}

/** As much of the product's services as is measured. */
export interface Services {
  audit: { append(events: object | object[]): Promise<void> };
  log: {
    sequence(): Promise<{ sequenced: number; treeSize: number }>;
    verify(options?: object): Promise<{ ok: boolean; size: number; entries: number }>;
  };
  explorer: { page(by: object, after: Place | null, limit: number): Promise<unknown[]> };
}

export const servicesOf = (strapi: Core.Strapi): Services => {
  const plugin = strapi.plugin('customer-governance');
  return {
    audit: plugin.service('audit') as Services['audit'],
    log: plugin.service('transparency') as Services['log'],
    explorer: plugin.service('explorer') as Services['explorer'],
  };
};

export const ENTRIES = 'governance_audit_entries';

export const isPostgres = (strapi: Core.Strapi) => strapi.db.dialect.client === 'postgres';

/** What the database would do by itself sooner or later, at no moment of a measurement. */
export async function tidy(strapi: Core.Strapi): Promise<void> {
  await strapi.db.connection.raw(
    isPostgres(strapi) ? 'VACUUM ANALYZE' : 'PRAGMA wal_checkpoint(TRUNCATE)'
  );
}

export const seconds = (from: number) => (performance.now() - from) / 1000;
