import * as React from 'react';

import { Box, Button, DatePicker, Field, Flex, Grid, Typography } from '@strapi/design-system';
import { ChevronLeft, ChevronRight } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { useSearchParams } from 'react-router-dom';
import { styled } from 'styled-components';

import { apiPath } from '../../api/paths';
import type { AuditEntryView, HourOfDay, PersonDay, Purpose } from '../../api/types';
import { LoadMore } from '../../components/LoadMore';
import { Panel } from '../../components/Panel';
import { Nothing, ResourceView } from '../../components/ResourceView';
import { Legend } from '../../components/StackedChart';
import { useFormat } from '../../hooks/useFormat';
import { usePages } from '../../hooks/usePages';
import { useResource } from '../../hooks/useResource';
import { useTranslate } from '../../hooks/useTranslate';
import { ActorField, useActorLabel } from './ActorField';
import { EntryTimeline } from './EntryTimeline';
import { ExportButtons } from './ExportButtons';
import { dateOf, dayAfter, dayIn, dayOf } from './filters';
import { groupsIn, isWorkingHour, totalOf } from './groups';
import { useGroupParts } from './useGroupParts';
import { useZone } from './zone';

const Hours = styled.ol`
  display: grid;
  grid-template-columns: max-content 1fr max-content;
  gap: ${({ theme }) => `${theme.spaces[1]} ${theme.spaces[3]}`};
  align-items: center;

  li {
    display: contents;
  }
`;

const Track = styled.div<{ $worked: boolean }>`
  display: flex;
  height: 1.6rem;
  border-radius: 2px;
  overflow: hidden;
  background: ${({ theme, $worked }) =>
    $worked ? theme.colors.success100 : theme.colors.neutral150};
`;

const Part = styled.div<{ $color: string; $share: number }>`
  width: ${({ $share }) => $share * 100}%;
  background: ${({ theme, $color }) => theme.colors[$color as 'primary600']};
`;

/** From the first to the last hour that holds anything, at least the working hours. */
const shownHours = (day: PersonDay): number[] => {
  const all = Array.from({ length: 24 }, (_, hour) => hour);
  const worked = all.filter((hour) => isWorkingHour(hour, day.workingHours));
  const held = [...day.hours.map(({ hour }) => hour), ...worked];
  const [first, last] = [Math.min(...held, 23), Math.max(...held, 0)];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
};

const HourBars = ({ day }: { day: PersonDay }) => {
  const t = useTranslate();
  const { number } = useFormat();
  const parts = useGroupParts(groupsIn(day.hours.map((hour) => hour.groups)));
  const highest = Math.max(1, ...day.hours.map((hour) => totalOf(hour.groups)));
  const byHour = new Map<number, HourOfDay>(day.hours.map((hour) => [hour.hour, hour]));
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Legend parts={parts} />
      <Hours>
        {shownHours(day).map((hour) => {
          const counts = byHour.get(hour);
          const total = totalOf(counts?.groups ?? {});
          return (
            <li key={hour}>
              <Typography variant="pi">{`${String(hour).padStart(2, '0')}:00`}</Typography>
              <Track $worked={isWorkingHour(hour, day.workingHours)} aria-hidden>
                {parts.map(({ id, name, color }) => (
                  <Part
                    key={id}
                    title={`${name} ${number(counts?.groups[id] ?? 0)}`}
                    $color={color}
                    $share={(counts?.groups[id] ?? 0) / highest}
                  />
                ))}
              </Track>
              <Typography variant="pi" textAlign="right">
                {counts?.refused
                  ? t('audit.day.withRefused', { count: total, refused: counts.refused })
                  : number(total)}
              </Typography>
            </li>
          );
        })}
      </Hours>
      <Typography variant="pi" textColor="neutral600">
        {t('audit.charts.zone', { zone: day.timezone })}
      </Typography>
    </Flex>
  );
};

interface DayProps {
  actor: string;
  day: PersonDay;
  purposes: Purpose[];
}

const DayEntries = ({ actor, day, purposes }: DayProps) => {
  const t = useTranslate();
  const query = { actor, from: day.from, to: day.to };
  const entries = usePages<AuditEntryView>(
    apiPath('/audit-entries', { ...query, order: 'oldest', limit: 100 })
  );
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="flex-end" gap={2} data-no-print>
        <ExportButtons query={query} />
        <Button size="S" variant="tertiary" onClick={() => window.print()}>
          {t('audit.print')}
        </Button>
      </Flex>
      <ResourceView
        resource={entries}
        empty={{ when: (items) => items.length === 0, text: t('audit.day.empty') }}
      >
        {(items) => (
          <>
            <EntryTimeline entries={items} purposes={purposes} />
            <LoadMore pages={entries} />
          </>
        )}
      </ResourceView>
    </Flex>
  );
};

interface ShownDayProps {
  actor: string;
  day: string;
  purposes: Purpose[];
}

const ShownDay = ({ actor, day, purposes }: ShownDayProps) => {
  const t = useTranslate();
  const { date } = useFormat();
  const name = useActorLabel(actor);
  const answer = useResource<PersonDay>(apiPath('/audit-entries/day', { actor, day }));
  return (
    <ResourceView resource={answer}>
      {(data) => (
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Panel title={t('audit.day.of', { name, day: date(day) })}>
            <HourBars day={data} />
          </Panel>
          <DayEntries actor={actor} day={data} purposes={purposes} />
        </Flex>
      )}
    </ResourceView>
  );
};

/** A person's whole day: how much in each hour, and each entry. */
export const DayTab = ({ purposes }: { purposes: Purpose[] }) => {
  const t = useTranslate();
  const { locale } = useIntl();
  const [search, setSearch] = useSearchParams();
  const actor = search.get('actor') ?? '';
  const day = search.get('day') ?? '';
  const zone = useZone();
  const [draft, setDraft] = React.useState({ actor, day: day || dayIn(zone, new Date()) });
  const show = (next: { actor: string; day: string }): void => {
    setDraft(next);
    setSearch({ tab: 'day', ...next });
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      <form
        role="search"
        aria-label={t('audit.tab.day')}
        data-no-print
        onSubmit={(event) => {
          event.preventDefault();
          show(draft);
        }}
      >
        <Box padding={5} background="neutral0" shadow="tableShadow" hasRadius>
          <Grid.Root gap={4}>
            <Grid.Item col={5} s={12} direction="column" alignItems="stretch">
              <Field.Root name="actor">
                <Field.Label>{t('audit.filter.actor')}</Field.Label>
                <ActorField
                  value={draft.actor}
                  onChange={(value) => setDraft((before) => ({ ...before, actor: value }))}
                />
              </Field.Root>
            </Grid.Item>
            <Grid.Item col={3} s={12} direction="column" alignItems="stretch">
              <Field.Root name="day">
                <Field.Label>{t('audit.day')}</Field.Label>
                <DatePicker
                  locale={locale}
                  value={dateOf(draft.day)}
                  calendarLabel={t('audit.calendar')}
                  monthSelectLabel={t('audit.month')}
                  yearSelectLabel={t('audit.year')}
                  clearLabel={t('audit.clear')}
                  onChange={(date) => setDraft((before) => ({ ...before, day: dayOf(date) }))}
                  onClear={() => setDraft((before) => ({ ...before, day: '' }))}
                />
              </Field.Root>
            </Grid.Item>
            <Grid.Item col={4} s={12} alignItems="flex-end" gap={2}>
              <Button type="submit" size="L" disabled={!draft.actor || !draft.day}>
                {t('audit.show')}
              </Button>
              {actor && day && (
                <>
                  <Button
                    size="L"
                    variant="tertiary"
                    aria-label={t('audit.day.before')}
                    onClick={() => show({ actor, day: dayAfter(day, -1) })}
                  >
                    <ChevronLeft />
                  </Button>
                  <Button
                    size="L"
                    variant="tertiary"
                    aria-label={t('audit.day.after')}
                    onClick={() => show({ actor, day: dayAfter(day, 1) })}
                  >
                    <ChevronRight />
                  </Button>
                </>
              )}
            </Grid.Item>
          </Grid.Root>
        </Box>
      </form>
      {actor && day ? (
        <ShownDay actor={actor} day={day} purposes={purposes} />
      ) : (
        <Nothing>{t('audit.day.choose')}</Nothing>
      )}
    </Flex>
  );
};
