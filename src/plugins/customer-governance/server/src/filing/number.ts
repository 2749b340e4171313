import type { FilingNumberPart, FilingNumberRule } from '../policy';

/** What of a customer its number may tell. */
export interface NumberFacts {
  /** Division code of GB/T 2260. */
  region: string | null;
  industry: string | null;
  keyCustomer: boolean;
}

/** An attribute that the rule needs and the customer does not have, so that it cannot be numbered yet. */
export interface MissingForNumber {
  attribute: 'region' | 'industry';
  reason: string;
}

const REGION = /^[1-9]\d{5}$/;

const sequenceOf = ({ parts }: FilingNumberRule) =>
  parts.find(
    (part): part is Extract<FilingNumberPart, { kind: 'sequence' }> => part.kind === 'sequence'
  );

/** What a sequence counts: all filings, or those of one year. @param year in the policy's time zone. */
export const scopeOf = (rule: FilingNumberRule, year: number): string =>
  sequenceOf(rule)?.restart === 'year' ? `year-${year}` : 'all';

/** What keeps a customer from a number under the rule. */
export function missingForNumber(rule: FilingNumberRule, facts: NumberFacts): MissingForNumber[] {
  return rule.parts.flatMap((part): MissingForNumber[] => {
    if (part.kind !== 'region' && part.kind !== 'industry') return [];
    if (codeOf(part, facts) !== null) return [];
    const reason =
      part.kind === 'region'
        ? 'the filing number tells the region. Enter the code of the division'
        : 'the filing number tells the industry. Choose one that the policy has a code for';
    return [{ attribute: part.kind, reason }];
  });
}

/**
 * The filing number by the policy's rule.
 * @param year of the filing, in the policy's time zone. @param sequence 1 for the first.
 * @throws Error for a customer that cannot be numbered: ask `missingForNumber` first.
 */
export function filingNumber(
  rule: FilingNumberRule,
  facts: NumberFacts,
  year: number,
  sequence: number
): string {
  return rule.parts
    .map((part) => {
      const text = rendered(part, facts, year, sequence);
      if (text === null) throw new Error(`The number's rule needs the ${part.kind}.`);
      return text;
    })
    .join(rule.separator);
}

/** What numbers look like, for people: `KH-2026-#####`. */
export const numberPattern = (rule: FilingNumberRule, facts: NumberFacts, year: number): string =>
  rule.parts
    .map((part) =>
      part.kind === 'sequence'
        ? '#'.repeat(part.digits)
        : (rendered(part, facts, year, 1) ?? '?'.repeat('digits' in part ? part.digits : 1))
    )
    .join(rule.separator);

function rendered(
  part: FilingNumberPart,
  facts: NumberFacts,
  year: number,
  sequence: number
): string | null {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'class':
      return facts.keyCustomer ? part.key : part.ordinary;
    case 'year':
      return String(year).padStart(4, '0').slice(-part.digits);
    case 'sequence':
      return String(sequence).padStart(part.digits, '0');
    default:
      return codeOf(part, facts);
  }
}

function codeOf(
  part: Extract<FilingNumberPart, { kind: 'region' | 'industry' }>,
  facts: NumberFacts
): string | null {
  const otherwise = part.otherwise ?? null;
  if (part.kind === 'region') {
    const region = facts.region ?? '';
    return REGION.test(region) ? region.slice(0, part.digits) : otherwise;
  }
  const industry = facts.industry ?? '';
  return Object.hasOwn(part.codes, industry) ? (part.codes[industry] ?? otherwise) : otherwise;
}
