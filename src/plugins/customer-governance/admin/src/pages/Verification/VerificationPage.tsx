import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { AccuracyTab } from './AccuracyTab';
import { SampleList } from './SampleList';
import { TaskList } from './TaskList';

/** Whether what is on file is so: what waits to be verified, the sample of the quarter, and the accuracy figure. */
export const VerificationPage = () => {
  const t = useTranslate();
  const mayRecord = usePermission('verification.record');
  const maySample = usePermission('verification.sample');
  return (
    <PageFrame title={t('verification.title')} subtitle={t('verification.subtitle')}>
      <TabbedPage
        label={t('verification.title')}
        tabs={[
          ...(mayRecord
            ? [{ id: 'tasks', label: t('verification.tasks'), content: <TaskList /> }]
            : []),
          ...(maySample
            ? [
                { id: 'sample', label: t('verification.sample'), content: <SampleList /> },
                { id: 'accuracy', label: t('verification.accuracy'), content: <AccuracyTab /> },
              ]
            : []),
        ]}
      />
    </PageFrame>
  );
};
