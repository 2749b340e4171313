import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { MarketableTab } from './MarketableTab';
import { MinimalityTab } from './MinimalityTab';
import { NoticeList } from './NoticeList';
import { PlanList } from './PlanList';
import { TimelinessTab } from './TimelinessTab';
import { WebFormList } from './WebForms/WebFormList';

/** What may be collected: plans with their approval, notices with who has yet to answer, and what of it nobody needs. */
export const CollectionPage = () => {
  const t = useTranslate();
  const mayReadPlans = usePermission('plans.read');
  const mayReadNotices = usePermission('notices.read');
  const mayReadForms = usePermission('web-forms.read');
  return (
    <PageFrame title={t('collection.title')} subtitle={t('collection.subtitle')}>
      <TabbedPage
        label={t('collection.title')}
        tabs={[
          ...(mayReadPlans
            ? [
                { id: 'plans', label: t('collection.plans'), content: <PlanList /> },
                { id: 'timeliness', label: t('timeliness.title'), content: <TimelinessTab /> },
                { id: 'minimality', label: t('collection.minimality'), content: <MinimalityTab /> },
              ]
            : []),
          ...(mayReadNotices
            ? [
                { id: 'notices', label: t('collection.notices'), content: <NoticeList /> },
                { id: 'marketable', label: t('collection.marketable'), content: <MarketableTab /> },
              ]
            : []),
          ...(mayReadForms
            ? [{ id: 'web-forms', label: t('webForms.title'), content: <WebFormList /> }]
            : []),
        ]}
      />
    </PageFrame>
  );
};
