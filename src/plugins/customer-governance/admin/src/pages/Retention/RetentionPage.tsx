import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { useTranslate } from '../../hooks/useTranslate';
import { CertificateList } from './CertificateList';
import { DueList } from './DueList';
import { OrderList } from './OrderList';

/** The end of a customer's data: what is due, what was ordered, what is proved to be gone. */
export const RetentionPage = () => {
  const t = useTranslate();
  return (
    <PageFrame title={t('retention.title')} subtitle={t('retention.subtitle')}>
      <TabbedPage
        label={t('retention.title')}
        tabs={[
          { id: 'due', label: t('retention.due'), content: <DueList /> },
          { id: 'orders', label: t('retention.orders'), content: <OrderList /> },
          {
            id: 'certificates',
            label: t('retention.certificates'),
            content: <CertificateList />,
          },
        ]}
      />
    </PageFrame>
  );
};
