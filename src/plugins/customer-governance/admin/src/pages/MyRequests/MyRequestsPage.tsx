import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { ChangeList } from './ChangeList';
import { GrantList } from './GrantList';
import { RequestList } from './RequestList';

/** The user's own requests and changes, and the grants that came of them; with the right to revoke, also the grants of others. */
export const MyRequestsPage = () => {
  const t = useTranslate();
  const canRequest = usePermission('access.request');
  const canPropose = usePermission('changes.request');
  const mayRevoke = usePermission('access.revoke');
  return (
    <PageFrame title={t('requests.title')} subtitle={t('requests.subtitle')}>
      <TabbedPage
        label={t('requests.title')}
        tabs={[
          ...(canRequest
            ? [
                { id: 'requests', label: t('requests.requests'), content: <RequestList /> },
                { id: 'grants', label: t('requests.grants'), content: <GrantList mine /> },
              ]
            : []),
          ...(canPropose
            ? [{ id: 'changes', label: t('requests.changes'), content: <ChangeList /> }]
            : []),
          ...(mayRevoke
            ? [{ id: 'all-grants', label: t('requests.allGrants'), content: <GrantList /> }]
            : []),
        ]}
      />
    </PageFrame>
  );
};
