import { useNotificationCounts } from '../../hooks/useNotificationCounts';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { CertificateList } from './CertificateList';
import { DueList } from './DueList';
import { HoldList } from './HoldList';
import { OverviewTab } from './OverviewTab';
import { MyTasks } from './Orders/MyTasks';
import { OrderList } from './Orders/OrderList';
import { RuleList } from './RuleList';

interface RetentionTab {
  /** Stands in the address. */
  id: string;
  label: string;
  content: React.ReactNode;
}

/**
 * The tabs in the order of the matter: what is coming, what it follows from, what is done about it, what is proved. What
 * one is to destroy by hand is for everybody who is responsible for it.
 */
export const useRetentionTabs = (): RetentionTab[] => {
  const t = useTranslate();
  const mayRead = usePermission('retention.read');
  const { tasks } = useNotificationCounts();
  const mine = { id: 'tasks', label: t('task.mine'), content: <MyTasks /> };
  if (!mayRead) return [mine];
  return [
    { id: 'overview', label: t('retention.overview'), content: <OverviewTab /> },
    { id: 'due', label: t('retention.due'), content: <DueList /> },
    { id: 'holds', label: t('hold.holds'), content: <HoldList /> },
    { id: 'rules', label: t('retention.rules'), content: <RuleList /> },
    { id: 'orders', label: t('retention.orders'), content: <OrderList /> },
    ...(tasks > 0 ? [mine] : []),
    { id: 'certificates', label: t('retention.certificates'), content: <CertificateList /> },
  ];
};
