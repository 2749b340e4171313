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
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';

import type { ByClass, RetentionForecast } from '../../api/retention';
import { CUSTOMER_CLASSES, type CustomerClass } from '../../api/vocabulary';
import { useFormat } from '../../hooks/useFormat';
import { useTranslate } from '../../hooks/useTranslate';
import { axisTop } from '../Audit/groups';
import { CLASS_COLORS, sumOf } from './forecast';

const WIDTH = 640;
const HEIGHT = 300;
const LEFT = 36;
const TOP = 20;
const BOTTOM = 40;
const GAP = 0.25;

const Axis = styled.text`
  font-size: 12px;
  fill: ${({ theme }) => theme.colors.neutral600};
`;
const Figure = styled.text`
  font-size: 12px;
  font-weight: 600;
  fill: ${({ theme }) => theme.colors.neutral800};
`;
const Line = styled.line`
  stroke: ${({ theme }) => theme.colors.neutral200};
`;
const Part = styled.rect<{ $class: CustomerClass }>`
  fill: ${({ theme, $class }) => theme.colors[CLASS_COLORS[$class]]};
`;
const Swatch = styled.span<{ $class: CustomerClass }>`
  display: inline-block;
  width: 1.2rem;
  height: 1.2rem;
  border-radius: 2px;
  background: ${({ theme, $class }) => theme.colors[CLASS_COLORS[$class]]};
`;

interface Column {
  id: string;
  /** In full, for the table and for whoever points at the bar. */
  name: string;
  /** Below the bar, in two lines. */
  short: [string, string];
  counts: ByClass;
}

const Legend = () => {
  const t = useTranslate();
  return (
    <Flex tag="ul" gap={4} wrap="wrap">
      {CUSTOMER_CLASSES.map((name) => (
        <Flex tag="li" key={name} gap={2}>
          <Swatch $class={name} aria-hidden />
          <Typography variant="pi">{t(`retention.class.${name}`)}</Typography>
        </Flex>
      ))}
    </Flex>
  );
};

const Bars = ({ label, columns }: { label: string; columns: Column[] }) => {
  const { number } = useFormat();
  const t = useTranslate();
  const top = axisTop(Math.max(0, ...columns.map(({ counts }) => sumOf(counts))));
  const plot = HEIGHT - BOTTOM - TOP;
  const step = (WIDTH - LEFT) / columns.length;
  const y = (value: number): number => TOP + plot - (plot * value) / top;
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
      {columns.map(({ id, name, short, counts }, index) => {
        let below = 0;
        const middle = LEFT + step * (index + 0.5);
        const total = sumOf(counts);
        return (
          <g key={id}>
            <title>
              {[
                name,
                ...CUSTOMER_CLASSES.filter((each) => counts[each] > 0).map(
                  (each) => `${t(`retention.class.${each}`)} ${number(counts[each])}`
                ),
              ].join('\n')}
            </title>
            {CUSTOMER_CLASSES.map((each) => {
              const value = counts[each];
              if (value === 0) return null;
              below += value;
              return (
                <Part
                  key={each}
                  $class={each}
                  x={LEFT + step * (index + GAP / 2)}
                  width={step * (1 - GAP)}
                  y={y(below)}
                  height={(plot * value) / top}
                />
              );
            })}
            {total > 0 && (
              <Figure x={middle} y={y(total) - 5} textAnchor="middle">
                {number(total)}
              </Figure>
            )}
            {short.map((line, row) => (
              <Axis key={row} x={middle} y={HEIGHT - BOTTOM + 16 + row * 16} textAnchor="middle">
                {line}
              </Axis>
            ))}
          </g>
        );
      })}
    </svg>
  );
};

const Figures = ({ label, columns }: { label: string; columns: Column[] }) => {
  const t = useTranslate();
  const { number } = useFormat();
  const heads = [
    t('retention.month'),
    ...CUSTOMER_CLASSES.map((name) => t(`retention.class.${name}`)),
    t('retention.total'),
  ];
  return (
    <Table colCount={heads.length} rowCount={columns.length + 1} aria-label={label}>
      <Thead>
        <Tr>
          {heads.map((head) => (
            <Th key={head}>
              <Typography variant="sigma" textColor="neutral600">
                {head}
              </Typography>
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {columns.map(({ id, name, counts }) => (
          <Tr key={id}>
            <Td>
              <Typography>{name}</Typography>
            </Td>
            {CUSTOMER_CLASSES.map((each) => (
              <Td key={each}>
                <Typography>{number(counts[each])}</Typography>
              </Td>
            ))}
            <Td>
              <Typography fontWeight="semiBold">{number(sumOf(counts))}</Typography>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};

/** What becomes due by month, what is due already before it: bars, or the same figures as a table. */
export const DueHistogram = ({ forecast }: { forecast: RetentionForecast }) => {
  const t = useTranslate();
  const { formatDate } = useIntl();
  const { number } = useFormat();
  const [asTable, setAsTable] = React.useState(false);
  const dated = (month: string, options: Intl.DateTimeFormatOptions): string =>
    formatDate(`${month}-01T00:00:00Z`, { ...options, timeZone: 'UTC' });
  const columns: Column[] = [
    {
      id: 'overdue',
      name: t('retention.overdue'),
      short: [t('retention.overdueShort'), ''],
      counts: forecast.overdue,
    },
    ...forecast.months.map(({ month, ...counts }, index) => ({
      id: month,
      name: dated(month, { year: 'numeric', month: 'long' }),
      short: [
        dated(month, { month: 'short' }),
        index === 0 || month.endsWith('-01') ? dated(month, { year: 'numeric' }) : '',
      ] as [string, string],
      counts,
    })),
  ];
  const total = columns.reduce((sum, { counts }) => sum + sumOf(counts), 0);
  const label = t('retention.byMonth');
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        <Legend />
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
        <Figures label={label} columns={columns} />
      ) : (
        <Box width="100%">
          <Bars label={`${label}: ${t('retention.dueCount', { total })}`} columns={columns} />
        </Box>
      )}
      {forecast.later > 0 && (
        <Typography variant="pi" textColor="neutral600">
          {t('retention.later', { count: forecast.later, shown: number(forecast.later) })}
        </Typography>
      )}
    </Flex>
  );
};
