import * as React from 'react';

import {
  Box,
  Button,
  Flex,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
} from '@strapi/design-system';
import { styled } from 'styled-components';

import type { DayVolume } from '../../api/types';
import type { ActionGroup } from '../../api/vocabulary';
import { useFormat } from '../../hooks/useFormat';
import { useTerm, useTranslate } from '../../hooks/useTranslate';
import { axisTop, GROUP_COLORS, groupsIn, totalOf } from './groups';

const WIDTH = 960;
const HEIGHT = 240;
const LEFT = 48;
const BOTTOM = 24;
const GAP = 0.25;
/** Days named below the bars. */
const LABELS = 8;

const Axis = styled.text`
  font-size: 12px;
  fill: ${({ theme }) => theme.colors.neutral600};
`;
const Line = styled.line`
  stroke: ${({ theme }) => theme.colors.neutral200};
`;
const Part = styled.rect<{ $group: ActionGroup }>`
  fill: ${({ theme, $group }) => theme.colors[GROUP_COLORS[$group]]};
`;
const Swatch = styled.span<{ $group: ActionGroup }>`
  display: inline-block;
  width: 1.2rem;
  height: 1.2rem;
  border-radius: 2px;
  background: ${({ theme, $group }) => theme.colors[GROUP_COLORS[$group]]};
`;

export const Legend = ({ groups }: { groups: readonly ActionGroup[] }) => {
  const term = useTerm();
  return (
    <Flex tag="ul" gap={4} wrap="wrap">
      {groups.map((group) => (
        <Flex tag="li" key={group} gap={2}>
          <Swatch $group={group} aria-hidden />
          <Typography variant="pi">{term('group', group)}</Typography>
        </Flex>
      ))}
    </Flex>
  );
};

interface BarsProps {
  label: string;
  days: DayVolume[];
  groups: readonly ActionGroup[];
}

const Bars = ({ label, days, groups }: BarsProps) => {
  const { date, number } = useFormat();
  const term = useTerm();
  const top = axisTop(Math.max(0, ...days.map((day) => totalOf(day.groups))));
  const plot = HEIGHT - BOTTOM - 12;
  const step = (WIDTH - LEFT) / days.length;
  const every = Math.ceil(days.length / LABELS);
  const y = (value: number): number => 12 + plot - (plot * value) / top;
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%">
      {[0, top / 2, top].map((value) => (
        <React.Fragment key={value}>
          <Line x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} />
          <Axis x={LEFT - 8} y={y(value) + 4} textAnchor="end">
            {Number.isInteger(value) ? number(value) : ''}
          </Axis>
        </React.Fragment>
      ))}
      {days.map(({ day, groups: counts }, index) => {
        let below = 0;
        return (
          <g key={day}>
            <title>
              {[
                date(day),
                ...groups
                  .filter((group) => counts[group])
                  .map((group) => `${term('group', group)} ${number(counts[group])}`),
              ].join('\n')}
            </title>
            {groups.map((group) => {
              const value = counts[group] ?? 0;
              if (value === 0) return null;
              below += value;
              return (
                <Part
                  key={group}
                  $group={group}
                  x={LEFT + step * (index + GAP / 2)}
                  width={Math.max(1, step * (1 - GAP))}
                  y={y(below)}
                  height={(plot * value) / top}
                />
              );
            })}
            {index % every === 0 && (
              <Axis x={LEFT + step * (index + 0.5)} y={HEIGHT - 6} textAnchor="middle">
                {day.slice(5)}
              </Axis>
            )}
          </g>
        );
      })}
    </svg>
  );
};

const Figures = ({ label, days, groups }: BarsProps) => {
  const { date, number } = useFormat();
  const t = useTranslate();
  const term = useTerm();
  const shown = days.filter((day) => totalOf(day.groups) > 0);
  return (
    <Table colCount={groups.length + 2} rowCount={shown.length + 1} aria-label={label}>
      <Thead>
        <Tr>
          {[t('audit.day'), ...groups.map((group) => term('group', group)), t('audit.total')].map(
            (name) => (
              <Th key={name}>
                <Typography variant="sigma" textColor="neutral600">
                  {name}
                </Typography>
              </Th>
            )
          )}
        </Tr>
      </Thead>
      <Tbody>
        {shown.map((day) => (
          <Tr key={day.day}>
            <Td>
              <Typography>{date(day.day)}</Typography>
            </Td>
            {groups.map((group) => (
              <Td key={group}>
                <Typography>{number(day.groups[group] ?? 0)}</Typography>
              </Td>
            ))}
            <Td>
              <Typography fontWeight="semiBold">{number(totalOf(day.groups))}</Typography>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};

/** Entries by day and group of actions: stacked bars, or the same figures as a table. */
export const VolumeChart = ({ label, days }: { label: string; days: DayVolume[] }) => {
  const t = useTranslate();
  const { number } = useFormat();
  const [asTable, setAsTable] = React.useState(false);
  const groups = groupsIn(days.map((day) => day.groups));
  const total = days.reduce((sum, day) => sum + totalOf(day.groups), 0);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        <Legend groups={groups} />
        <Button
          size="S"
          variant="tertiary"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {t(asTable ? 'audit.asChart' : 'audit.asTable')}
        </Button>
      </Flex>
      {asTable ? (
        <Figures label={label} days={days} groups={groups} />
      ) : (
        <Box width="100%">
          <Bars
            label={`${label}: ${t('audit.entriesCount', { count: total, shown: number(total) })}`}
            days={days}
            groups={groups}
          />
        </Box>
      )}
    </Flex>
  );
};
