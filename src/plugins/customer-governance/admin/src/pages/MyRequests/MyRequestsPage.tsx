import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { useTranslate } from '../../hooks/useTranslate';
import { GrantList } from './GrantList';
import { RequestList } from './RequestList';

/** The user's own requests and the grants that came of them; with the right to revoke, also the grants of others. */
export const MyRequestsPage = () => {
  const t = useTranslate();
  return (
    <PageFrame title={t('requests.title')} subtitle={t('requests.subtitle')}>
      <TabbedPage
        label={t('requests.title')}
        tabs={[
          { id: 'requests', label: t('requests.requests'), content: <RequestList /> },
          { id: 'grants', label: t('requests.grants'), content: <GrantList /> },
        ]}
      />
    </PageFrame>
  );
};
