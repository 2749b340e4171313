import { apiPath } from '../../api/paths';
import type { ApprovalItem } from '../../api/types';
import { CardList } from '../../components/CardList';
import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { usePages } from '../../hooks/usePages';
import { useTranslate } from '../../hooks/useTranslate';
import { ApprovalCard } from './ApprovalCard';

interface ApprovalListProps {
  state: 'pending' | 'decided';
}

const ApprovalList = ({ state }: ApprovalListProps) => {
  const t = useTranslate();
  const pages = usePages<ApprovalItem>(apiPath('/approvals', { state }));
  return (
    <CardList
      label={t(`approvals.${state}`)}
      pages={pages}
      empty={t(`approvals.${state}Empty`)}
      idOf={({ stepId }) => stepId}
    >
      {(item) => <ApprovalCard item={item} onDecided={pages.reload} />}
    </CardList>
  );
};

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
