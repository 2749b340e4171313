import { ANOMALY_KINDS } from '../../api/vocabulary';
import en from '../../translations/en.json';
import { logPath, sentenceOf, valuesOf } from './evidence';

it.each(ANOMALY_KINDS)('there is a sentence for %s', (kind) => {
  expect(en).toHaveProperty([
    `customer-governance.anomalies.evidence.${sentenceOf({ kind, figures: {} })}`,
  ]);
});

it('changes of what was changed before have a sentence of their own', () => {
  expect(sentenceOf({ kind: 'repeated-changes', figures: { of: 'repeated' } })).toBe(
    'repeated-again'
  );
});

it('a figure that the rule does not have is none', () => {
  expect(valuesOf({ observed: 12, expected: 3, figures: { days: 30 } })).toEqual({
    observed: 12,
    expected: 3,
    days: 30,
    minutes: 0,
  });
});

it('leads to the log of the person in the days of the alert, without the one that begins where it ends', () => {
  const at = (day: number) => new Date(2031, 2, day).toISOString();
  const person = { kind: 'admin', id: '7', name: null, department: null };
  expect(logPath({ person, from: at(12), to: at(13) })).toMatch(
    /\/audit\?actor=admin%3A7&from=2031-03-12&to=2031-03-12$/
  );
});
