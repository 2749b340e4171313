import * as React from 'react';

import { Button, DatePicker, Field, Flex, Grid, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

import { apiPath } from '../../api/paths';
import type { AuditFigures } from '../../api/types';
import { ResourceView } from '../../components/ResourceView';
import { useResource } from '../../hooks/useResource';
import { useActorName, useTerm, useTranslate } from '../../hooks/useTranslate';
import { BarChart, type Bar } from '../Overview/BarChart';
import { Panel } from '../../components/Panel';
import { dateOf, dayAfter, dayIn, dayOf } from './filters';
import { totalOf } from './groups';
import { HeatMap } from './HeatMap';
import { VolumeChart } from './VolumeChart';
import { useZone } from './zone';

const DAYS = 30;

interface Ranking {
  title: string;
  bars: Bar[];
}

const Charts = ({ figures }: { figures: AuditFigures }) => {
  const t = useTranslate();
  const term = useTerm();
  const actorName = useActorName();
  const { actors, refusedActors, refusals } = figures;
  const rankings: Ranking[] = [
    {
      title: t('audit.charts.actors'),
      bars: actors.map(({ actor, entries }) => ({
        name: actorName(actor),
        value: entries,
        tone: 'primary',
      })),
    },
    {
      title: t('audit.charts.refusedActors'),
      bars: refusedActors.map(({ actor, entries }) => ({
        name: actorName(actor),
        value: entries,
        tone: 'danger',
      })),
    },
    {
      title: t('audit.charts.refusals'),
      bars: refusals.map(({ action, entries }) => ({
        name: term('action', action),
        value: entries,
        tone: 'warning',
      })),
    },
  ];
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Panel title={t('audit.charts.volume')}>
        <VolumeChart label={t('audit.charts.volume')} days={figures.days} />
      </Panel>
      <Panel title={t('audit.charts.heat')}>
        <HeatMap
          label={t('audit.charts.heat')}
          heat={figures.heat}
          workingHours={figures.workingHours}
        />
        <Typography variant="pi" textColor="neutral600">
          {t('audit.charts.zone', { zone: figures.timezone })}
        </Typography>
      </Panel>
      <Grid.Root gap={4}>
        {rankings.map(({ title, bars }) => (
          <Grid.Item key={title} col={4} s={12} alignItems="stretch" direction="column">
            <Panel title={title}>
              {bars.length > 0 ? (
                <BarChart label={title} bars={bars} />
              ) : (
                <Typography textColor="neutral600">{t('audit.charts.none')}</Typography>
              )}
            </Panel>
          </Grid.Item>
        ))}
      </Grid.Root>
    </Flex>
  );
};

/** Pictures of what the log holds, counted by the hour when entries find their place in the tree. */
export const ChartsTab = () => {
  const t = useTranslate();
  const { locale } = useIntl();
  const zone = useZone();
  const [range, setRange] = React.useState(() => {
    const to = dayIn(zone, new Date());
    return { from: dayAfter(to, 1 - DAYS), to };
  });
  const [draft, setDraft] = React.useState(range);
  const figures = useResource<AuditFigures>(apiPath('/audit-entries/figures', range));

  const day = (name: 'from' | 'to') => (
    <Field.Root name={name}>
      <Field.Label>{t(`audit.filter.${name}`)}</Field.Label>
      <DatePicker
        locale={locale}
        value={dateOf(draft[name])}
        calendarLabel={t('audit.calendar')}
        monthSelectLabel={t('audit.month')}
        yearSelectLabel={t('audit.year')}
        clearLabel={t('audit.clear')}
        onChange={(date) => setDraft((before) => ({ ...before, [name]: dayOf(date) }))}
        onClear={() => setDraft((before) => ({ ...before, [name]: '' }))}
      />
    </Field.Root>
  );

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <form
        aria-label={t('audit.charts.range')}
        onSubmit={(event) => {
          event.preventDefault();
          setRange(draft);
        }}
      >
        <Flex
          gap={4}
          padding={5}
          wrap="wrap"
          alignItems="flex-end"
          background="neutral0"
          shadow="tableShadow"
          hasRadius
        >
          {day('from')}
          {day('to')}
          <Button type="submit" size="L" disabled={!draft.from || !draft.to}>
            {t('audit.show')}
          </Button>
        </Flex>
      </form>
      <ResourceView
        resource={figures}
        empty={{
          when: (data) => data.days.every(({ groups }) => totalOf(groups) === 0),
          text: t('audit.charts.empty'),
        }}
      >
        {(data) => <Charts figures={data} />}
      </ResourceView>
    </Flex>
  );
};
