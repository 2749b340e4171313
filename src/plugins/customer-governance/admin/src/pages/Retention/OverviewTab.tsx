import { Flex, Grid, Typography } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { RetentionForecast } from '../../api/retention';
import { ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { useResource } from '../../hooks/useResource';
import { useTranslate } from '../../hooks/useTranslate';
import { Panel } from '../../components/Panel';
import { DueCalendar } from './DueCalendar';
import { DueHistogram } from './DueHistogram';
import { sumOf } from './forecast';

/** As far as the pictures reach: a year by month, a quarter by day. */
const SPAN = { months: 13, days: 92 };
const SOON_DAYS = 30;

const Figure = ({ name, value }: { name: string; value: number }) => {
  const { number } = useFormat();
  return (
    <Flex
      direction="column"
      alignItems="flex-start"
      gap={1}
      padding={4}
      width="100%"
      background="neutral0"
      shadow="tableShadow"
      hasRadius
    >
      <Typography variant="pi" textColor="neutral600">
        {name}
      </Typography>
      <Typography variant="beta">{number(value)}</Typography>
    </Flex>
  );
};

/** What becomes due when, in pictures. */
export const OverviewTab = () => {
  const t = useTranslate();
  const forecast = useResource<RetentionForecast>(apiPath('/retention/forecast', SPAN));
  return (
    <ResourceView resource={forecast}>
      {(data) => {
        const soon = data.days.slice(0, SOON_DAYS).reduce((sum, day) => sum + sumOf(day), 0);
        const figures = [
          { name: t('retention.overdue'), value: sumOf(data.overdue) },
          { name: t('retention.soon'), value: soon },
          { name: t('retention.heldDue'), value: data.heldOverdue },
          { name: t('retention.held'), value: data.held },
          { name: t('retention.undated'), value: data.undated },
        ];
        return (
          <Flex direction="column" alignItems="stretch" gap={6}>
            <Grid.Root gap={4} tag="ul" gridCols={10} aria-label={t('retention.figures')}>
              {figures.map((figure) => (
                <Grid.Item key={figure.name} tag="li" col={2} s={5} xs={10} alignItems="stretch">
                  <Figure {...figure} />
                </Grid.Item>
              ))}
            </Grid.Root>
            <Grid.Root gap={4}>
              <Grid.Item col={7} s={12} direction="column" alignItems="stretch">
                <Panel title={t('retention.byMonth')}>
                  <DueHistogram forecast={data} />
                </Panel>
              </Grid.Item>
              <Grid.Item col={5} s={12} direction="column" alignItems="stretch">
                <Panel title={t('retention.byDay')}>
                  <DueCalendar forecast={data} />
                </Panel>
              </Grid.Item>
            </Grid.Root>
          </Flex>
        );
      }}
    </ResourceView>
  );
};
