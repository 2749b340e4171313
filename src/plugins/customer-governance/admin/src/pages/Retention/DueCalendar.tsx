import * as React from 'react';

import { Flex, IconButton, Typography } from '@strapi/design-system';
import { ChevronLeft, ChevronRight } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';

import type { RetentionForecast } from '../../api/retention';
import { useFormat } from '../../hooks/useFormat';
import { useTranslate } from '../../hooks/useTranslate';
import { countsByDay, monthAfter, shadeOf, weeksOf, type CalendarDay } from './forecast';

const SHADES = ['neutral0', 'primary100', 'primary200', 'primary500', 'primary700'] as const;
/** From here on a cell is so dark that its text is light. */
const DARK = 3;
/** A Monday: the names of the week's days are taken from it on. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 24 * 60 * 60 * 1000;

const Month = styled.table`
  width: 100%;
  table-layout: fixed;
  border-collapse: separate;
  border-spacing: 4px;

  th {
    padding: 4px;
    text-align: center;
    font-size: 1.2rem;
    font-weight: 400;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;
const Cell = styled.td<{ $shade: number; $today: boolean }>`
  height: 4.8rem;
  padding: 4px 6px;
  vertical-align: top;
  border-radius: ${({ theme }) => theme.borderRadius};
  border: 1px solid
    ${({ theme, $today }) => ($today ? theme.colors.danger600 : theme.colors.neutral200)};
  background: ${({ theme, $shade }) => theme.colors[SHADES[$shade] ?? SHADES[0]]};
  color: ${({ theme, $shade }) =>
    $shade >= DARK ? theme.colors.neutral0 : theme.colors.neutral800};
`;
const DayNumber = styled.span`
  font-size: 1.2rem;
  opacity: 0.85;
`;
const Count = styled.strong`
  display: block;
  text-align: center;
  font-size: 1.6rem;
  font-weight: 600;
`;

interface DayProps {
  cell: CalendarDay | null;
  fullest: number;
  today: string;
}

const Day = ({ cell, fullest, today }: DayProps) => {
  const t = useTranslate();
  const { date, number } = useFormat();
  if (!cell) return <td />;
  const { day, count } = cell;
  const said = `${date(day)}: ${t('retention.dueCount', { total: count ?? 0 })}`;
  return (
    <Cell
      $shade={shadeOf(count, fullest)}
      $today={day === today}
      aria-current={day === today ? 'date' : undefined}
      title={count ? said : undefined}
    >
      <DayNumber>{Number(day.slice(8))}</DayNumber>
      {count !== null && count > 0 && <Count aria-label={said}>{number(count)}</Count>}
    </Cell>
  );
};

/** What becomes due by day, a month at a time. */
export const DueCalendar = ({ forecast }: { forecast: RetentionForecast }) => {
  const t = useTranslate();
  const { formatDate } = useIntl();
  const titleId = React.useId();
  const counts = React.useMemo(() => countsByDay(forecast), [forecast]);
  const first = forecast.today.slice(0, 7);
  const last = (forecast.days.at(-1)?.day ?? forecast.today).slice(0, 7);
  const [month, setMonth] = React.useState(first);
  const fullest = Math.max(0, ...counts.values());
  const weeks = weeksOf(month, counts);
  const total = weeks.flat().reduce((sum, cell) => sum + (cell?.count ?? 0), 0);
  const weekday = (index: number, width: 'short' | 'long'): string =>
    formatDate(MONDAY + index * DAY_MS, { weekday: width, timeZone: 'UTC' });

  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Flex justifyContent="space-between" gap={4}>
        <Typography
          tag="h3"
          id={titleId}
          variant="epsilon"
          fontWeight="semiBold"
          aria-live="polite"
        >
          {formatDate(`${month}-01T00:00:00Z`, {
            year: 'numeric',
            month: 'long',
            timeZone: 'UTC',
          })}
          {' · '}
          {t('retention.dueCount', { total })}
        </Typography>
        <Flex gap={2}>
          <IconButton
            label={t('retention.previousMonth')}
            disabled={month <= first}
            onClick={() => setMonth(monthAfter(month, -1))}
          >
            <ChevronLeft />
          </IconButton>
          <IconButton
            label={t('retention.nextMonth')}
            disabled={month >= last}
            onClick={() => setMonth(monthAfter(month, 1))}
          >
            <ChevronRight />
          </IconButton>
        </Flex>
      </Flex>
      <Month aria-labelledby={titleId}>
        <thead>
          <tr>
            {Array.from({ length: 7 }, (_, index) => (
              <th key={index} scope="col" abbr={weekday(index, 'long')}>
                {weekday(index, 'short')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week, index) => (
            <tr key={index}>
              {week.map((cell, column) => (
                <Day
                  key={cell?.day ?? column}
                  cell={cell}
                  fullest={fullest}
                  today={forecast.today}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </Month>
    </Flex>
  );
};
