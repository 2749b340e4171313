import { Flex, Grid } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { Me, Overview } from '../../api/types';
import { Notice } from '../../components/Notice';
import { PageFrame } from '../../components/PageFrame';
import { ResourceView } from '../../components/ResourceView';
import { useResource } from '../../hooks/useResource';
import { useTranslate } from '../../hooks/useTranslate';
import { Activity } from './Activity';
import { BackupNotice } from './BackupNotice';
import { OverdueNotice } from './OverdueNotice';
import { BarChart } from './BarChart';
import { KeysCard } from './KeysCard';
import { Panel } from '../../components/Panel';
import { PolicyCard } from './PolicyCard';
import { StatCard } from './StatCard';
import { figuresOf, workOf } from './figures';

const Content = ({ overview }: { overview: Overview }) => {
  const t = useTranslate();
  const work = workOf(overview);
  const figures = figuresOf(overview);
  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      {overview.backup && <BackupNotice backup={overview.backup} />}
      {overview.destructionOverdue !== null && (
        <OverdueNotice customers={overview.destructionOverdue} />
      )}
      {figures.length > 0 && (
        <Grid.Root gap={4} tag="ul" aria-label={t('overview.figures')}>
          {figures.map((figure) => (
            <Grid.Item
              key={figure.id}
              tag="li"
              col={columnsOf(figures.length)}
              s={6}
              xs={12}
              alignItems="stretch"
            >
              <StatCard {...figure} />
            </Grid.Item>
          ))}
        </Grid.Root>
      )}
      <Grid.Root gap={4}>
        {work.length > 0 && (
          <Grid.Item col={6} s={12} alignItems="stretch" direction="column">
            <Panel title={t('overview.work')}>
              <BarChart
                label={t('overview.work')}
                bars={work.map(({ id, value, tone }) => ({ name: t(`figure.${id}`), value, tone }))}
              />
            </Panel>
          </Grid.Item>
        )}
        {overview.policy && (
          <Grid.Item col={work.length > 0 ? 6 : 12} s={12} alignItems="stretch" direction="column">
            <PolicyCard policy={overview.policy} />
          </Grid.Item>
        )}
        {overview.keys && (
          <Grid.Item col={12} alignItems="stretch" direction="column">
            <KeysCard keys={overview.keys} />
          </Grid.Item>
        )}
        {overview.lastAudit && (
          <Grid.Item col={12} alignItems="stretch" direction="column">
            <Activity entries={overview.lastAudit} />
          </Grid.Item>
        )}
      </Grid.Root>
    </Flex>
  );
};

/** How broad a figure is, in twelfths: four in a row, or three where that leaves no gap. */
const columnsOf = (count: number): number => (count % 4 !== 0 && count % 3 === 0 ? 4 : 3);

/** Where things stand: figures, what waits, the policy in force, what happened last. */
export const OverviewPage = () => {
  const t = useTranslate();
  const overview = useResource<Overview>(apiPath('/overview'));
  const me = useResource<Me>(apiPath('/me'));
  const withoutStaff = me.data !== undefined && me.data.staff === null;

  return (
    <PageFrame title={t('overview.title')} subtitle={t('overview.subtitle')}>
      <Flex direction="column" alignItems="stretch" gap={6}>
        {withoutStaff && <Notice tone="warning">{t('overview.noStaff')}</Notice>}
        <ResourceView resource={overview}>{(data) => <Content overview={data} />}</ResourceView>
      </Flex>
    </PageFrame>
  );
};
