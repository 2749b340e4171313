import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { GrantList } from './GrantList';
import { RequestList } from './RequestList';

/** The user's own requests and the grants that came of them; with the right to revoke, also those of others. */
export const MyRequestsPage = () => {
  const t = useTranslate();
  const canRequest = usePermission('access.request');
  const grants = { id: 'grants', label: t('requests.grants'), content: <GrantList /> };
  const requests = { id: 'requests', label: t('requests.requests'), content: <RequestList /> };

  return (
    <PageFrame title={t('requests.title')} subtitle={t('requests.subtitle')}>
      <TabbedPage label={t('requests.title')} tabs={canRequest ? [requests, grants] : [grants]} />
    </PageFrame>
  );
};
