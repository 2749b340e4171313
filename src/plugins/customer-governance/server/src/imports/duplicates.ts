import type { Core } from '@strapi/strapi';
import { duplicatesOf } from '../customers/duplicates/duplicates';
import { insertRows } from '../bulk-insert';
import { chunks, tablesOf } from '../database';
import { IMPORT_CLAIMS } from './models';
import type { Outcome } from './outcome';

export interface RowClaim {
  digest: string;
  row: number;
}

/** By digest, the rows of earlier batches that have them. */
export type EarlierRows = (digests: readonly string[]) => Promise<ReadonlyMap<string, number>>;

const IDS_PER_QUERY = 500;

/**
 * Finds the customers that a file itself has twice: the first good row of them stays, the others are told which one it is.
 * @param earlier by digest, the rows of earlier batches, as far as they are not in the database as customers.
 */
export async function findWithinFile(
  strapi: Core.Strapi,
  outcomes: readonly Outcome[],
  earlier: EarlierRows
): Promise<{ outcomes: Outcome[]; claims: RowClaim[] }> {
  const duplicates = duplicatesOf(strapi);
  const claimsBy = new Map<number, ReadonlyArray<{ digest: string }>>();
  for (const { row, data } of outcomes) {
    if (!data) continue;
    claimsBy.set(row, duplicates.claimsExamined(data));
  }
  const digests = [...claimsBy.values()].flat().map(({ digest }) => digest);
  const known = new Map(await earlier(digests));
  const claims: RowClaim[] = [];
  const settled = outcomes.map((outcome): Outcome => {
    const own = claimsBy.get(outcome.row) ?? [];
    const first = own.flatMap(({ digest }) => known.get(digest) ?? [])[0];
    if (first !== undefined) return twice(outcome.row, first);
    for (const { digest } of own) {
      known.set(digest, outcome.row);
      claims.push({ digest, row: outcome.row });
    }
    return outcome;
  });
  return { outcomes: settled, claims };
}

/** The claims of the rows of a dry run, in a table of their own until it is over. */
export function createRowClaims(strapi: Core.Strapi) {
  return {
    async earlier(run: number, digests: readonly string[]): Promise<Map<string, number>> {
      const found = new Map<string, number>();
      for (const part of chunks(digests, IDS_PER_QUERY)) {
        const query = (await tablesOf(strapi))(IMPORT_CLAIMS);
        const rows: Array<{ digest: string; row_number: number }> = await query
          .select('digest', 'row_number')
          .where({ run })
          .whereIn('digest', part);
        for (const row of rows) found.set(row.digest, Number(row.row_number));
      }
      return found;
    },

    async insert(run: number, claims: readonly RowClaim[]): Promise<void> {
      await insertRows(
        strapi,
        IMPORT_CLAIMS,
        ['run', 'digest', 'row_number'],
        claims.map(({ digest, row }) => [run, digest, row])
      );
    },

    async forget(run: number): Promise<void> {
      await (await tablesOf(strapi))(IMPORT_CLAIMS).where({ run }).delete();
    },
  };
}

const twice = (row: number, first: number): Outcome => ({
  row,
  state: 'duplicate',
  notes: [
    {
      attribute: null,
      kind: 'duplicate',
      reason: `This is the same customer as in row ${first} of the file.`,
    },
  ],
  data: null,
});
