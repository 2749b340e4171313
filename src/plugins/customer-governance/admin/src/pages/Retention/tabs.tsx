import { useTranslate } from '../../hooks/useTranslate';
import { CertificateList } from './CertificateList';
import { DueList } from './DueList';
import { HoldList } from './HoldList';
import { OrderList } from './OrderList';
import { OverviewTab } from './OverviewTab';

interface RetentionTab {
  /** Stands in the address. */
  id: string;
  label: string;
  content: React.ReactNode;
}

/** The tabs in the order of the matter: what is coming, what it follows from, what is done about it, what is proved. */
export const useRetentionTabs = (): RetentionTab[] => {
  const t = useTranslate();
  return [
    { id: 'overview', label: t('retention.overview'), content: <OverviewTab /> },
    { id: 'due', label: t('retention.due'), content: <DueList /> },
    { id: 'holds', label: t('hold.holds'), content: <HoldList /> },
    { id: 'orders', label: t('retention.orders'), content: <OrderList /> },
    { id: 'certificates', label: t('retention.certificates'), content: <CertificateList /> },
  ];
};
