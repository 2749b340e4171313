import type { Core } from '@strapi/strapi';
import { duplicatesOf } from '../customers/duplicates/duplicates';
import { fileNamed, type Duplicate } from '../customers/duplicates/telling';
import type { Finding } from '../customers/entry/finding';
import type { EarlierRows, RowClaim } from './duplicates';
import { warned, type Outcome } from './outcome';

const ATTRIBUTE = 'companyName';

/**
 * Warns of good rows whose company is alike one on file, or one in a row before. They stay good: people compare the two.
 * @param earlier by digest, the rows of earlier batches.
 * @returns with the rows, what they are alike by as far as no row before has it.
 */
export async function warnOfAlike(
  strapi: Core.Strapi,
  outcomes: readonly Outcome[],
  earlier: EarlierRows
): Promise<{ outcomes: Outcome[]; claims: RowClaim[] }> {
  const duplicates = duplicatesOf(strapi);
  const lists = outcomes.map(({ data }) => (data ? duplicates.nearClaimsExamined(data) : []));
  const filed = await duplicates.alikeMany(lists);
  const known = new Map(await earlier([...new Set(lists.flat().map(({ digest }) => digest))]));
  const claims: RowClaim[] = [];
  const settled = outcomes.map((outcome, index): Outcome => {
    const own = lists[index] ?? [];
    const findings: Finding[] = [];
    const files = filed[index] ?? [];
    if (files.length > 0) findings.push({ attribute: ATTRIBUTE, reason: likeFiles(files) });
    const rows = own.flatMap(({ digest }) => known.get(digest) ?? []);
    if (rows.length > 0)
      findings.push({ attribute: ATTRIBUTE, reason: likeRow(Math.min(...rows)) });
    for (const { digest } of own) {
      if (known.has(digest)) continue;
      known.set(digest, outcome.row);
      claims.push({ digest, row: outcome.row });
    }
    return findings.length > 0 ? warned(outcome, findings) : outcome;
  });
  return { outcomes: settled, claims };
}

/** What is told of files that are alike: how people find them, and nothing of the customers. */
export function likeFiles(files: readonly Duplicate[]): string {
  const named = files.map(fileNamed).join('; ');
  return files.length === 1
    ? `looks like a company that is on file already (${named}). Compare the two before you import it`
    : `looks like companies that are on file already (${named}). Compare them before you import it`;
}

const likeRow = (row: number): string =>
  `looks like the company in row ${row} of the file. Compare the two before you import them`;
