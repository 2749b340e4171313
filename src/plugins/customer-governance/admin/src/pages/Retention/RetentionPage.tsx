import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { useTranslate } from '../../hooks/useTranslate';
import { useRetentionTabs } from './tabs';

/** The end of a customer's data: what is due, what was ordered, what is proved to be gone. */
export const RetentionPage = () => {
  const t = useTranslate();
  const tabs = useRetentionTabs();
  return (
    <PageFrame title={t('retention.title')} subtitle={t('retention.subtitle')}>
      <TabbedPage label={t('retention.title')} tabs={tabs} />
    </PageFrame>
  );
};
