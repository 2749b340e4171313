import { Box, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useIntl } from 'react-intl';

import { useFormat } from '../../hooks/useFormat';
import { useTranslate } from '../../hooks/useTranslate';
import { isWorkingHour } from './groups';

interface HeatMapProps {
  label: string;
  /** Entries by weekday (Monday first) and hour. */
  heat: number[][];
  workingHours: [string, string][];
}

const HOURS = 24;
/** A Monday, for the names of the weekdays. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
/** The darkest cell; the palest that holds anything is still seen. */
const STRONGEST = 1;
const PALEST = 0.12;

const Grid = styled.table`
  width: 100%;
  border-collapse: separate;
  border-spacing: 2px;
  table-layout: fixed;

  th:first-child {
    width: 5.6rem;
    text-align: start;
  }
`;

const Cell = styled.td<{ $strength: number }>`
  position: relative;
  height: 2.4rem;
  border-radius: 2px;
  text-align: center;
  background: ${({ theme }) => theme.colors.neutral100};

  &::before {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: 2px;
    background: ${({ theme }) => theme.colors.primary600};
    opacity: ${({ $strength }) => $strength};
  }

  span {
    position: relative;
    font-size: 1.1rem;
    color: ${({ theme, $strength }) =>
      $strength > 0.5 ? theme.colors.neutral0 : theme.colors.neutral800};
  }
`;

const Hour = styled.th<{ $worked: boolean }>`
  font-size: 1.1rem;
  font-weight: ${({ $worked }) => ($worked ? 600 : 400)};
  color: ${({ theme, $worked }) => ($worked ? theme.colors.neutral800 : theme.colors.neutral600)};
  border-bottom: 3px solid
    ${({ theme, $worked }) => ($worked ? theme.colors.success500 : 'transparent')};
`;

/** Entries by weekday and hour, as a table whose cells are the darker the more they hold. */
export const HeatMap = ({ label, heat, workingHours }: HeatMapProps) => {
  const t = useTranslate();
  const intl = useIntl();
  const { number } = useFormat();
  const highest = Math.max(1, ...heat.flat());
  const hours = Array.from({ length: HOURS }, (_, hour) => hour);
  const strength = (count: number): number =>
    count === 0 ? 0 : PALEST + ((STRONGEST - PALEST) * count) / highest;
  const short = (count: number): string =>
    intl.formatNumber(count, { notation: 'compact', maximumFractionDigits: 1 });

  return (
    <Box width="100%" overflow="auto">
      <Box minWidth="72rem">
        <Grid aria-label={label}>
          <thead>
            <tr>
              <th scope="col">
                <Typography variant="pi" textColor="neutral600">
                  {t('audit.hour')}
                </Typography>
              </th>
              {hours.map((hour) => (
                <Hour key={hour} scope="col" $worked={isWorkingHour(hour, workingHours)}>
                  {hour}
                </Hour>
              ))}
            </tr>
          </thead>
          <tbody>
            {heat.map((row, weekday) => (
              <tr key={weekday}>
                <th scope="row">
                  <Typography variant="pi">
                    {intl.formatDate(MONDAY + weekday * DAY_MS, {
                      weekday: 'short',
                      timeZone: 'UTC',
                    })}
                  </Typography>
                </th>
                {row.map((count, hour) => (
                  <Cell key={hour} $strength={strength(count)} title={number(count)}>
                    <span>{count > 0 ? short(count) : ''}</span>
                  </Cell>
                ))}
              </tr>
            ))}
          </tbody>
        </Grid>
      </Box>
    </Box>
  );
};
