import type { NotificationView } from '../../api/types';
import type { GovernancePage } from '../../permissions';

const FOR_DECISION: NotificationView['event'][] = ['step-pending', 'reminder', 'escalated'];

/** Where that which a notification tells of is to be seen. */
export const pageOf = ({
  event,
  kind,
}: Pick<NotificationView, 'event' | 'kind'>): GovernancePage => {
  if (FOR_DECISION.includes(event)) return 'approvals';
  if (kind === 'internal-audit' || kind === 'audit-finding') return 'audits';
  return kind === 'destruction' ? 'retention' : 'requests';
};
