import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { useTranslate } from '../../hooks/useTranslate';
import { MinimalityTab } from './MinimalityTab';
import { PlanList } from './PlanList';

/** What may be collected: plans with their approval, and what of it nobody needs. */
export const CollectionPage = () => {
  const t = useTranslate();
  return (
    <PageFrame title={t('collection.title')} subtitle={t('collection.subtitle')}>
      <TabbedPage
        label={t('collection.title')}
        tabs={[
          { id: 'plans', label: t('collection.plans'), content: <PlanList /> },
          { id: 'minimality', label: t('collection.minimality'), content: <MinimalityTab /> },
        ]}
      />
    </PageFrame>
  );
};
