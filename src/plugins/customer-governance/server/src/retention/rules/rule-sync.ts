import type { RetentionRule } from '../../policy';

/** A rule as it is stored. */
export interface RuleRow {
  id: number;
  code: string;
  category: string;
  attributes?: string[] | null;
  purpose?: { id: number; code: string } | null;
  event: RetentionRule['event'];
  atMostMonths?: number | null;
  atLeastMonths?: number | null;
  customerClass: RetentionRule['customerClass'];
  origin: 'policy' | 'panel';
}

/** What of a rule is written down; the purpose by its code. */
export interface StoredRule {
  code: string;
  category: string;
  attributes: string[] | null;
  purpose: string | null;
  event: RetentionRule['event'];
  atMostMonths: number | null;
  atLeastMonths: number | null;
  customerClass: RetentionRule['customerClass'];
  origin: RuleRow['origin'];
}

export interface RuleSync {
  create: StoredRule[];
  update: Array<{ id: number; rule: StoredRule }>;
  /** Ids of rules that the policy has no more. */
  remove: number[];
  /** Codes of rules made in the panel that the policy now has itself. */
  taken: string[];
}

/** A stored rule as the policy's reckoning takes it. */
export function ruleOf(row: RuleRow): RetentionRule {
  return {
    code: row.code,
    category: row.category as RetentionRule['category'],
    event: row.event,
    customerClass: row.customerClass,
    ...(row.attributes ? { attributes: row.attributes } : {}),
    ...(row.purpose ? { purpose: row.purpose.code } : {}),
    ...(typeof row.atMostMonths === 'number' ? { atMostMonths: row.atMostMonths } : {}),
    ...(typeof row.atLeastMonths === 'number' ? { atLeastMonths: row.atLeastMonths } : {}),
  };
}

/** What must be written so that the stored rules of the policy are those of the policy. */
export function planRuleSync(wanted: readonly RetentionRule[], rows: readonly RuleRow[]): RuleSync {
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const codes = new Set(wanted.map(({ code }) => code));
  const plan: RuleSync = {
    create: [],
    update: [],
    remove: rows
      .filter((row) => row.origin === 'policy' && !codes.has(row.code))
      .map(({ id }) => id),
    taken: [],
  };
  for (const rule of wanted.map((one) => columnsOf(one, 'policy'))) {
    const row = byCode.get(rule.code);
    if (!row) plan.create.push(rule);
    else if (differs(rule, row)) plan.update.push({ id: row.id, rule });
    if (row?.origin === 'panel') plan.taken.push(rule.code);
  }
  return plan;
}

/** A rule as its row holds it. */
export function columnsOf(rule: RetentionRule, origin: RuleRow['origin']): StoredRule {
  return {
    code: rule.code,
    category: rule.category,
    attributes: rule.attributes ? [...rule.attributes] : null,
    purpose: rule.purpose ?? null,
    event: rule.event,
    atMostMonths: rule.atMostMonths ?? null,
    atLeastMonths: rule.atLeastMonths ?? null,
    customerClass: rule.customerClass,
    origin,
  };
}

function differs(rule: StoredRule, row: RuleRow): boolean {
  return (
    row.origin !== 'policy' ||
    row.category !== rule.category ||
    JSON.stringify(row.attributes ?? null) !== JSON.stringify(rule.attributes) ||
    (row.purpose?.code ?? null) !== rule.purpose ||
    row.event !== rule.event ||
    (row.atMostMonths ?? null) !== rule.atMostMonths ||
    (row.atLeastMonths ?? null) !== rule.atLeastMonths ||
    row.customerClass !== rule.customerClass
  );
}
