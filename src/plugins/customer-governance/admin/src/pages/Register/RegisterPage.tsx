import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { CounterForm } from './CounterForm';
import { DisputeList } from './DisputeList';
import { LeadList } from './LeadList';
import { PoolTab } from './PoolTab';
import { VisitList } from './VisitList';

/** Visits and calls, and whose the customers are that come of them. */
export const RegisterPage = () => {
  const t = useTranslate();
  const assigns = usePermission('register.assign');
  return (
    <PageFrame title={t('register.title')} subtitle={t('register.subtitle')}>
      <TabbedPage
        label={t('register.title')}
        tabs={[
          { id: 'counter', label: t('register.counter'), content: <CounterForm /> },
          { id: 'visits', label: t('register.visits'), content: <VisitList /> },
          { id: 'leads', label: t('register.leads'), content: <LeadList /> },
          ...(assigns ? [{ id: 'pool', label: t('register.pool'), content: <PoolTab /> }] : []),
          { id: 'disputes', label: t('register.disputes'), content: <DisputeList /> },
        ]}
      />
    </PageFrame>
  );
};
