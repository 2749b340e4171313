import * as React from 'react';

import { Box, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

import type { DataMap } from '../../api/dataMap';
import { apiPath } from '../../api/paths';
import { ExportButton } from '../../components/ExportButton';
import { PageFrame } from '../../components/PageFrame';
import { ResourceView } from '../../components/ResourceView';
import { useResource } from '../../hooks/useResource';
import { useTranslate, useTypeLabel } from '../../hooks/useTranslate';
import { AttributeTable } from './AttributeTable';
import { LevelMatrix } from './LevelMatrix';
import { narrowed, type Cell } from './matrix';

/** What is held of customers, how carefully, what for, how long, and who sees it in clear. */
export const DataMapPage = () => {
  const t = useTranslate();
  const { locale } = useIntl();
  const typeLabel = useTypeLabel();
  const map = useResource<DataMap>(apiPath('/data-map'));
  const [cell, setCell] = React.useState<Cell | null>(null);
  const language = locale.startsWith('zh') ? 'zh' : 'en';
  return (
    <PageFrame
      title={t('dataMap.title')}
      subtitle={t('dataMap.subtitle')}
      primaryAction={
        <ExportButton path={apiPath('/data-map/export', { language })} fileName="data-map.csv">
          {t('dataMap.export')}
        </ExportButton>
      }
    >
      <ResourceView resource={map}>
        {({ types }) => (
          <>
            <LevelMatrix types={types} chosen={cell} onChoose={setCell} />
            <Flex direction="column" alignItems="stretch" gap={6} aria-live="polite">
              {narrowed(types, cell).map((type) => (
                <Box key={type.uid} tag="section">
                  <Typography tag="h2" variant="beta">
                    {typeLabel(type.uid)}
                  </Typography>
                  <Box paddingTop={3}>
                    <AttributeTable type={type} label={typeLabel(type.uid)} />
                  </Box>
                </Box>
              ))}
            </Flex>
          </>
        )}
      </ResourceView>
    </PageFrame>
  );
};
