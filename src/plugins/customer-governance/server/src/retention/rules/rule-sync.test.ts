import type { RetentionRule } from '../../policy';
import { planRuleSync, ruleOf, type RuleRow } from './rule-sync';

const silent: RetentionRule = {
  code: 'silent',
  category: 'all',
  event: 'last-contact',
  atMostMonths: 24,
  customerClass: 'ordinary',
};
const contract: RetentionRule = {
  code: 'contract',
  category: 'transactions',
  purpose: 'contract-performance',
  event: 'relation-ended',
  atLeastMonths: 36,
  customerClass: 'all',
};

/** The rows that a database would hold after the plan. */
function after(rows: RuleRow[], wanted: RetentionRule[]): RuleRow[] {
  const plan = planRuleSync(wanted, rows);
  const next = rows
    .filter(({ id }) => !plan.remove.includes(id))
    .map((row) => {
      const update = plan.update.find(({ id }) => id === row.id);
      return update ? toRow(row.id, update.rule) : row;
    });
  return [...next, ...plan.create.map((rule, index) => toRow(100 + index, rule))];
}

const toRow = (
  id: number,
  { purpose, ...rule }: ReturnType<typeof planRuleSync>['create'][number]
): RuleRow => ({
  ...rule,
  id,
  purpose: purpose ? { id: 1, code: purpose } : null,
});

const panelRow: RuleRow = {
  id: 7,
  code: 'own',
  category: 'contact',
  event: 'created',
  atMostMonths: 6,
  customerClass: 'all',
  origin: 'panel',
};

describe('writing the policy’s rules down', () => {
  it('stores what is missing, and nothing the second time', () => {
    const rows = after([], [silent, contract]);
    expect(rows.map(ruleOf)).toEqual([silent, contract]);
    expect(planRuleSync([silent, contract], rows)).toEqual({
      create: [],
      update: [],
      remove: [],
      taken: [],
    });
  });

  it('changes what the policy changed and removes what it has no more', () => {
    const rows = after([], [silent, contract]);
    const changed = { ...silent, atMostMonths: 12 };
    expect(after(rows, [changed]).map(ruleOf)).toEqual([changed]);
  });

  it('leaves rules made in the panel alone', () => {
    expect(after([panelRow], [silent])).toContainEqual(panelRow);
    expect(after([panelRow], [])).toEqual([panelRow]);
  });

  it('takes a code over that a rule of the panel had, and says so', () => {
    const plan = planRuleSync([silent], [{ ...panelRow, code: 'silent' }]);
    expect(plan.taken).toEqual(['silent']);
    expect(plan.update.map(({ id }) => id)).toEqual([7]);
  });
});
