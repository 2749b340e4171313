import type { NotificationView } from '../../api/types';
import type { GovernancePage } from '../../permissions';

const FOR_DECISION: NotificationView['event'][] = ['step-pending', 'reminder', 'escalated'];

/** Where that which a notification tells of is to be seen. */
export const pageOf = ({
  event,
  kind,
}: Pick<NotificationView, 'event' | 'kind'>): GovernancePage => {
  if (kind === 'anomaly') return 'anomalies';
  if (kind === 'backup') return 'backup';
  if (kind === 'verification' || kind === 'filing') return kind;
  if (kind === 'key-epoch') return 'overview';
  if (FOR_DECISION.includes(event)) return 'approvals';
  if (kind === 'collection-plan' || kind === 'notice') return 'collection';
  if (kind === 'merge') return 'duplicates';
  if (kind === 'attribution-dispute') return 'register';
  if (kind === 'internal-audit' || kind === 'audit-finding') return 'audits';
  const retention: NotificationView['kind'][] = ['destruction', 'due', 'hold', 'retention-rule'];
  return retention.includes(kind) ? 'retention' : 'requests';
};

/** The tab of that page, where it is not the first. */
export const tabOf = ({
  event,
  kind,
}: Pick<NotificationView, 'event' | 'kind'>):
  | 'changes'
  | 'notices'
  | 'own'
  | 'report'
  | 'holds'
  | 'rules'
  | 'orders'
  | 'tasks'
  | 'disputes'
  | null => {
  if (event === 'task-assigned' || event === 'task-reminder') return 'tasks';
  if (kind === 'destruction' && pageOf({ event, kind }) === 'retention') return 'orders';
  if (kind === 'hold') return 'holds';
  if (kind === 'notice') return 'notices';
  if (kind === 'filing') return 'own';
  if (kind === 'retention-rule' && pageOf({ event, kind }) === 'retention') return 'rules';
  if (kind === 'attribution-dispute' && pageOf({ event, kind }) === 'register') return 'disputes';
  if (event === 'anomaly-report') return 'report';
  return kind === 'change' && pageOf({ event, kind }) === 'requests' ? 'changes' : null;
};
