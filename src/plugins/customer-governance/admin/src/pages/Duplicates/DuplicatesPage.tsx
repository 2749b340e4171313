import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { useTranslate } from '../../hooks/useTranslate';
import { MergeList } from './MergeList';
import { SuspicionList } from './SuspicionList';

/** Files that may be of one customer, and the requests to merge them. */
export const DuplicatesPage = () => {
  const t = useTranslate();
  return (
    <PageFrame title={t('duplicates.title')} subtitle={t('duplicates.subtitle')}>
      <TabbedPage
        label={t('duplicates.title')}
        tabs={[
          { id: 'suspected', label: t('duplicates.suspected'), content: <SuspicionList /> },
          { id: 'merges', label: t('duplicates.merges'), content: <MergeList /> },
        ]}
      />
    </PageFrame>
  );
};
