import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { useTranslate } from '../../hooks/useTranslate';
import { ApprovalList } from './ApprovalList';

/** What waits for the user's decision, and what the user has decided. */
export const ApprovalsPage = () => {
  const t = useTranslate();
  return (
    <PageFrame title={t('approvals.title')} subtitle={t('approvals.subtitle')}>
      <TabbedPage
        label={t('approvals.title')}
        tabs={[
          {
            id: 'pending',
            label: t('approvals.pending'),
            content: <ApprovalList state="pending" />,
          },
          {
            id: 'decided',
            label: t('approvals.decided'),
            content: <ApprovalList state="decided" />,
          },
        ]}
      />
    </PageFrame>
  );
};
