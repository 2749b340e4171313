import { addMonths, attributePathOf, dueDate, type RetentionRule } from '../../policy';
import type { AttributeSubjects } from '../destruction/attribute-subjects';
import type { Day } from '../due/due-date';
import type { DueDates } from '../due/due-dates';
import type { FactsReader } from '../due/facts-reader';

interface BeforeAfter {
  before: number;
  after: number;
}

/** What other rules would do to the due dates of all customers. */
export interface RuleEffect {
  customers: number;
  /** Due earlier than now, or due at all. */
  earlier: number;
  /** Due later than now, or not any more. */
  later: number;
  /** Due today or before. */
  overdue: BeforeAfter;
  /** Without a due date. */
  undated: BeforeAfter;
  /** By month, from that of today on; in it, what is not due yet. */
  months: Array<{ month: string } & BeforeAfter>;
  /** Due beyond the last of these months. */
  beyond: BeforeAfter;
  /** By attribute that a rule speaks of: of how many customers it is due today or before. */
  attributes: Array<{ attribute: string } & BeforeAfter>;
}

const MONTHS = 24;
const SIDES = ['before', 'after'] as const;

/** Tells what a change of the rules would do, reckoned over all customers. It writes nothing. */
export function createRuleEffects({
  reader,
  dueDates,
  subjects,
}: {
  reader: FactsReader;
  dueDates: DueDates;
  subjects: AttributeSubjects;
}) {
  return async (
    before: readonly RetentionRule[],
    after: readonly RetentionRule[],
    now: Date
  ): Promise<RuleEffect> => {
    const today = dueDates.dayAt(now);
    const limited = subjects.limitedBy([...before, ...after]);
    const effect = nothing(today);
    effect.attributes = limited.map(({ attribute }) => ({
      attribute: attributePathOf(attribute),
      ...none(),
    }));
    const months = new Map(effect.months.map((entry) => [entry.month, entry]));
    const placeOf = (dueOn: Day | null): BeforeAfter => {
      if (dueOn === null) return effect.undated;
      if (dueOn <= today) return effect.overdue;
      return months.get(dueOn.slice(0, 7)) ?? effect.beyond;
    };
    const filled = limited.map(({ column }) => column);
    for await (const rows of reader.pages({ now, dayAt: dueDates.dayAt, filled })) {
      effect.customers += rows.length;
      for (const row of rows) {
        const dues = { before: dueDate(before, row.facts), after: dueDate(after, row.facts) };
        const [was, is] = [dues.before.dueOn, dues.after.dueOn];
        for (const side of SIDES) placeOf(dues[side].dueOn)[side] += 1;
        if (is !== was) {
          const earlier = was === null || (is !== null && is < was);
          effect[earlier ? 'earlier' : 'later'] += 1;
        }
        for (const [index, subject] of limited.entries()) {
          const entry = effect.attributes[index];
          if (!row.filled[index] || !entry) continue;
          const due = (rules: readonly RetentionRule[]) =>
            (dueDate(rules, row.facts, subject).dueOn ?? '9999') <= today;
          if (due(before)) entry.before += 1;
          if (due(after)) entry.after += 1;
        }
      }
    }
    return effect;
  };
}

export type RuleEffects = ReturnType<typeof createRuleEffects>;

const none = (): BeforeAfter => ({ before: 0, after: 0 });

const nothing = (today: Day): RuleEffect => ({
  customers: 0,
  earlier: 0,
  later: 0,
  overdue: none(),
  undated: none(),
  months: Array.from({ length: MONTHS }, (_, index) => ({
    month: addMonths(`${today.slice(0, 7)}-01`, index).slice(0, 7),
    ...none(),
  })),
  beyond: none(),
  attributes: [],
});
