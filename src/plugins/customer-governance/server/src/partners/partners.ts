import type { Core } from '@strapi/strapi';
import { chunks } from '../database';
import { fact } from '../customers/entry/facts';
import { PLUGIN } from '../domain';
import { resolveType } from '../policy/attribute-path';
import { dayOf, type PartnerFacts } from './standing';

export const PARTNER = resolveType('partner');

const NAMES_PER_QUERY = 500;

interface PartnerRow extends Record<keyof PartnerFacts, unknown> {
  id: number;
  name: string;
  state: PartnerFacts['state'];
}

const day = (value: unknown): string | null =>
  value === null || value === undefined || value === '' ? null : dayOf(value);

/** The companies from which customers come, and whether they may [COL-3]. */
export function partnersService({ strapi }: { strapi: Core.Strapi }) {
  return {
    /** What decides whether customers may come from a partner; looked up once in a batch. */
    factsOf: (id: number): Promise<PartnerFacts | null> =>
      fact(`partner ${id}`, async () => {
        const row = (await strapi.db
          .query(PARTNER)
          .findOne({ where: { id } })) as PartnerRow | null;
        return (
          row && {
            state: row.state,
            qualifiedUntil: day(row.qualifiedUntil),
            ndaSignedOn: day(row.ndaSignedOn),
            ndaValidUntil: day(row.ndaValidUntil),
          }
        );
      }),

    /** The row ids of partners by their names, which is how files of other systems know them. */
    async idsByName(names: readonly string[]): Promise<Map<string, number>> {
      const ids = new Map<string, number>();
      for (const part of chunks([...new Set(names)], NAMES_PER_QUERY)) {
        const rows = (await strapi.db.query(PARTNER).findMany({
          select: ['id', 'name'],
          where: { name: { $in: part } },
        })) as PartnerRow[];
        for (const { id, name } of rows) ids.set(name, id);
      }
      return ids;
    },
  };
}

export type PartnersService = ReturnType<typeof partnersService>;

export const partnersOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('partners') as PartnersService;
