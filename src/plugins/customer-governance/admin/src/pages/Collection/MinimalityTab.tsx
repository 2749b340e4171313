import { Badge, Flex, Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';

import type { MinimalityReport } from '../../api/collection';
import { apiPath } from '../../api/paths';
import { LevelBadge } from '../../components/Badges';
import { DateTime } from '../../components/DateTime';
import { Notice } from '../../components/Notice';
import { Nothing, ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { useResource } from '../../hooks/useResource';
import { useAttributeLabel, useTranslate, useTypeLabel } from '../../hooks/useTranslate';

const COLUMNS = ['attribute', 'records', 'lastUsed', 'plans'] as const;

const UseTable = ({ report }: { report: MinimalityReport }) => {
  const t = useTranslate();
  const label = useAttributeLabel();
  const typeLabel = useTypeLabel();
  const { number, list } = useFormat();
  return (
    <Table
      colCount={COLUMNS.length}
      rowCount={report.attributes.length + 1}
      aria-label={t('collection.minimality')}
    >
      <Thead>
        <Tr>
          {COLUMNS.map((column) => (
            <Th key={column}>
              <Typography variant="sigma">{t(`minimality.${column}`)}</Typography>
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {report.attributes.map((use) => (
          <Tr key={`${use.type}.${use.attribute}`}>
            <Td>
              <Flex gap={2} wrap="wrap">
                <Typography fontWeight="semiBold">{label(use.type, use.attribute)}</Typography>
                <Typography variant="pi" textColor="neutral600">
                  {typeLabel(use.type)}
                </Typography>
                {use.level && <LevelBadge level={use.level} />}
                {use.unused && <Badge variant="danger">{t('minimality.unused')}</Badge>}
              </Flex>
            </Td>
            <Td>
              <Typography>{number(use.records)}</Typography>
            </Td>
            <Td>
              <Typography>
                {use.lastUsedAt ? <DateTime value={use.lastUsedAt} /> : t('minimality.never')}
              </Typography>
            </Td>
            <Td>
              <Typography>{list(use.plans.map(({ title }) => title))}</Typography>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};

/** Which protected attributes are collected, and which of them nobody needed: to be left out of the next plan. */
export const MinimalityTab = () => {
  const t = useTranslate();
  const report = useResource<MinimalityReport>(apiPath('/minimality'));
  return (
    <ResourceView resource={report}>
      {(data) => (
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Typography textColor="neutral600">
            {t('minimality.intro', { months: data.months })}
          </Typography>
          {(data.logSince === null || data.logSince.slice(0, 10) > data.since) && (
            <Notice tone="neutral">{t('minimality.young', { months: data.months })}</Notice>
          )}
          {data.countedAt === null ? (
            <Nothing>{t('minimality.notYet')}</Nothing>
          ) : (
            <UseTable report={data} />
          )}
        </Flex>
      )}
    </ResourceView>
  );
};
