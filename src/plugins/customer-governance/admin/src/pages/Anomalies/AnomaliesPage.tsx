import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { useTranslate } from '../../hooks/useTranslate';
import { AlertList } from './AlertList';
import { WeekReport } from './WeekReport';

/** What the rules of the policy saw in the log, and the report of each week. */
export const AnomaliesPage = () => {
  const t = useTranslate();
  return (
    <PageFrame title={t('anomalies.title')} subtitle={t('anomalies.subtitle')}>
      <TabbedPage
        label={t('anomalies.title')}
        tabs={[
          { id: 'alerts', label: t('anomalies.alerts'), content: <AlertList /> },
          { id: 'report', label: t('anomalies.report'), content: <WeekReport /> },
        ]}
      />
    </PageFrame>
  );
};
