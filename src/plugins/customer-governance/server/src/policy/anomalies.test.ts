import { loadPolicy } from './load';
import type { AnomalyRule } from './policy';
import { PolicyError } from './policy-error';

const rulesOf = (rules: object[], preset = 'process'): readonly AnomalyRule[] =>
  loadPolicy({ preset, anomalies: { rules } }).anomalies.rules;

function problemsOf(rule: object): readonly string[] {
  try {
    rulesOf([rule]);
  } catch (error) {
    if (error instanceof PolicyError) return error.problems;
    throw error;
  }
  return [];
}

const common = { code: 'mine', severity: 'low', suspendGrants: false };

describe('the rules of anomalies', () => {
  it.each(['strict', 'process'])('of the preset %s are one of each kind', (preset) => {
    const kinds = rulesOf([], preset).map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(6);
    expect(kinds).toHaveLength(6);
  });

  it('are changed figure by figure, and taken away, by their code', () => {
    const rules = rulesOf([
      { code: 'bulk-reveal', records: 7 },
      { code: 'leaver', omit: true },
    ]);
    expect(rules.find(({ code }) => code === 'bulk-reveal')).toMatchObject({
      kind: 'bulk-reveal',
      records: 7,
      minutes: 60,
    });
    expect(rules.some(({ kind }) => kind === 'leaver')).toBe(false);
  });

  it.each([
    [{ kind: 'odd-hours' }, 'anomalies.rules[mine].minimum: is missing'],
    [{ kind: 'odd-hours', minimum: 0 }, 'anomalies.rules[mine].minimum: must be greater'],
    [
      { kind: 'odd-hours', minimum: 3, minutes: 5 },
      'anomalies.rules[mine].minutes: is a figure of rules of the kind missed-lookups or bulk-reveal only',
    ],
    [{ kind: 'bulk-reveal', records: '5', minutes: 5 }, 'records: must be a number'],
    [{ kind: 'sleepy', minimum: 3 }, 'anomalies.rules[mine].kind: must be one of'],
    [{ kind: 'odd-hours', minimum: 3, severity: 'grave' }, 'severity: must be one of'],
    [{ kind: 'odd-hours', minimum: 3, loud: true }, 'loud: is not a setting of the policy'],
  ])('%j is refused with the reason', (rule, reason) => {
    expect(problemsOf({ ...common, ...rule }).join('\n')).toContain(reason);
  });

  it('need every figure of their kind', () => {
    expect(problemsOf({ ...common, kind: 'views-above-median' }).length).toBe(3);
  });
});
