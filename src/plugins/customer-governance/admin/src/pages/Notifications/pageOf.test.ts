import { pageOf } from './pageOf';

it.each([
  ['step-pending', 'use', 'approvals'],
  ['reminder', 'destruction', 'approvals'],
  ['escalated', 'use', 'approvals'],
  ['approved', 'use', 'requests'],
  ['grant-revoked', 'use', 'requests'],
  ['approved', 'destruction', 'retention'],
  ['audit-proposed', 'internal-audit', 'audits'],
  ['finding-overdue', 'audit-finding', 'audits'],
] as const)('%s of the kind %s leads to %s', (event, kind, page) => {
  expect(pageOf({ event, kind })).toBe(page);
});
