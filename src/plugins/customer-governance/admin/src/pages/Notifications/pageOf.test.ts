import { pageOf, tabOf } from './pageOf';

it.each([
  ['step-pending', 'use', 'approvals'],
  ['reminder', 'destruction', 'approvals'],
  ['escalated', 'use', 'approvals'],
  ['approved', 'use', 'requests'],
  ['grant-revoked', 'use', 'requests'],
  ['approved', 'destruction', 'retention'],
  ['approved', 'retention-rule', 'retention'],
  ['audit-proposed', 'internal-audit', 'audits'],
  ['finding-overdue', 'audit-finding', 'audits'],
  ['anomaly-raised', 'anomaly', 'anomalies'],
  ['backup-failed', 'backup', 'backup'],
  ['hold-review', 'hold', 'retention'],
  ['destruction-overdue', 'due', 'retention'],
  ['plan-ended', 'collection-plan', 'collection'],
  ['step-pending', 'collection-plan', 'approvals'],
  ['notice-changed', 'notice', 'collection'],
  ['filing-returned', 'filing', 'filing'],
  ['key-epoch-overdue', 'key-epoch', 'overview'],
] as const)('%s of the kind %s leads to %s', (event, kind, page) => {
  expect(pageOf({ event, kind })).toBe(page);
});

it.each([
  ['approved', 'change', 'changes'],
  ['approved', 'retention-rule', 'rules'],
  ['step-pending', 'retention-rule', null],
  ['step-pending', 'change', null],
  ['anomaly-raised', 'anomaly', null],
  ['anomaly-report', 'anomaly', 'report'],
  ['hold-review', 'hold', 'holds'],
  ['notice-changed', 'notice', 'notices'],
  ['filing-returned', 'filing', 'own'],
  ['destruction-overdue', 'due', null],
] as const)('%s of the kind %s leads to the tab %s', (event, kind, tab) => {
  expect(tabOf({ event, kind })).toBe(tab);
});
