import { Flex } from '@strapi/design-system';
import { createGlobalStyle } from 'styled-components';

import type { Purpose } from '../../api/types';
import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { usePermission } from '../../hooks/usePermission';
import { usePurposes } from '../../hooks/usePurposes';
import { useTranslate } from '../../hooks/useTranslate';
import { ChartsTab } from './ChartsTab';
import { DayTab } from './DayTab';
import { EntriesTab } from './EntriesTab';
import { HistoryTab } from './HistoryTab';
import { LogStateBar } from './LogStateBar';
import { ZoneContext } from './zone';

// One and the same array, until the purposes have arrived.
const NO_PURPOSES: Purpose[] = [];

/** On paper only what was found: no menus, no forms, no buttons. */
const OnPaper = createGlobalStyle`
  @media print {
    nav, aside, [role='tablist'], [data-no-print] { display: none !important; }
    main, body, #strapi { overflow: visible !important; height: auto !important; }
  }
`;

/** Who did what to which record, when and what for. Read only: not even the server can change an entry. */
export const AuditPage = () => {
  const t = useTranslate();
  const canVerify = usePermission('audit.verify');
  const known = usePurposes().data;
  const purposes = known?.purposes ?? NO_PURPOSES;
  const zone = known?.timezone;

  return (
    <PageFrame title={t('audit.title')} subtitle={t('audit.subtitle')}>
      <OnPaper />
      <Flex direction="column" alignItems="stretch" gap={6}>
        {canVerify && <LogStateBar />}
        <ZoneContext.Provider value={zone}>
          <TabbedPage
            label={t('audit.title')}
            tabs={[
              {
                id: 'entries',
                label: t('audit.tab.entries'),
                content: <EntriesTab purposes={purposes} />,
              },
              {
                id: 'history',
                label: t('audit.tab.history'),
                content: <HistoryTab purposes={purposes} />,
              },
              {
                id: 'day',
                label: t('audit.tab.day'),
                content: <DayTab key={zone} purposes={purposes} />,
              },
              { id: 'charts', label: t('audit.tab.charts'), content: <ChartsTab key={zone} /> },
            ]}
          />
        </ZoneContext.Provider>
      </Flex>
    </PageFrame>
  );
};
