import type { AttributionPolicy, AttributionRule, LocalText } from '../policy';

/** Somebody who could own a customer. */
export interface Candidate {
  staffId: number;
  name: string;
}

/** What the rules know of a customer and of the visit that it came by. */
export interface AttributionFacts {
  /** Who looks after the customer, when still in the company. */
  owner: Candidate | null;
  /** The first registration before this one that still counts. */
  first: (Candidate & { day: string }) | null;
  /** Whose turn it is in the department of the region. */
  region: (Candidate & { code: string }) | null;
  /** Who took the visit or call. */
  registrar: Candidate | null;
  /** Whose turn it is in the department that took it. */
  turn: Candidate | null;
}

/** Whom a rule proposes, and the day, name or code by which it does. */
export interface Proposal {
  rule: AttributionRule;
  staffId: number;
  by: string | null;
}

/** The first of the policy's rules that knows somebody; `null` when none does. */
export function propose(
  rules: AttributionPolicy['rules'],
  facts: AttributionFacts
): Proposal | null {
  const found: Record<AttributionRule, [Candidate | null, string | null]> = {
    'existing-relation': [facts.owner, null],
    'first-registration': [facts.first, facts.first?.day ?? null],
    region: [facts.region, facts.region?.code ?? null],
    registrar: [facts.registrar, null],
    'hand-out': [facts.turn, null],
  };
  for (const rule of rules) {
    const [candidate, by] = found[rule];
    if (candidate) return { rule, staffId: candidate.staffId, by };
  }
  return null;
}

/** The code of the department of a region: of the longest beginning that the policy names. */
export function departmentOfRegion(
  regions: AttributionPolicy['regions'],
  region: string | null
): string | null {
  if (region === null) return null;
  const fitting = Object.keys(regions)
    .filter((beginning) => region.startsWith(beginning))
    .sort((one, other) => other.length - one.length);
  return fitting[0] === undefined ? null : (regions[fitting[0]] ?? null);
}

type Words = Exclude<LocalText, string>;

/** The reason of a proposal in words. @param name of whom it proposes, as far as the reader may know. */
export function inWords(
  { rule, by }: Pick<Proposal, 'rule' | 'by'>,
  name: string,
  validDays: number
): Words {
  switch (rule) {
    case 'existing-relation':
      return { en: `${name} looks after this customer already.`, zh: `该客户已由${name}负责。` };
    case 'first-registration':
      return {
        en: `${name} registered this customer first, on ${by}; a registration counts for ${validDays} days.`,
        zh: `${name}于${by}首先登记了该客户，登记在${validDays}天内有效。`,
      };
    case 'region':
      return {
        en: `The region ${by} belongs to the department of ${name}, whose turn it is.`,
        zh: `地区${by}属于${name}所在部门，按顺序轮到${name}。`,
      };
    case 'registrar':
      return {
        en: `${name} took the visit or call, and nobody else has an earlier claim.`,
        zh: `${name}接待了来访或来电，且没有更早的登记。`,
      };
    case 'hand-out':
      return {
        en: `It is ${name}'s turn in the department that took the visit or call.`,
        zh: `接待部门按顺序轮到${name}。`,
      };
  }
}
