import * as React from 'react';

import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { styled, type DefaultTheme } from 'styled-components';

import { useFormat } from '../hooks/useFormat';
import { useTranslate } from '../hooks/useTranslate';
import { axisTop } from '../utils/axis';
import { DataTable } from './DataTable';

type Color = keyof DefaultTheme['colors'];

/** What the bars are made of, from below. */
export interface ChartPart<Id extends string> {
  id: Id;
  name: string;
  color: Color;
}

export interface ChartColumn<Id extends string> {
  id: string;
  /** In full, for the table and for whoever points at the bar. */
  name: string;
  /** Below the bar, in a line or two. */
  short: readonly string[];
  counts: Partial<Record<Id, number>>;
}

interface StackedChartProps<Id extends string> {
  label: string;
  /** The sum of it all in words, which screen readers hear with the label. */
  summary: string;
  /** What a column is: a day, a month. */
  columnTitle: string;
  parts: readonly ChartPart<Id>[];
  columns: readonly ChartColumn<Id>[];
  /** How broad it is against its height of {@link HEIGHT}. */
  width?: number;
}

const HEIGHT = 280;
const LEFT = 48;
const TOP = 20;
const BOTTOM = 40;
const GAP = 0.25;
/** More columns than this are too narrow for a name each, and for their sums. */
const NAMED = 14;

const Axis = styled.text`
  font-size: 12px;
  fill: ${({ theme }) => theme.colors.neutral600};
`;
const Sum = styled.text`
  font-size: 12px;
  font-weight: 600;
  fill: ${({ theme }) => theme.colors.neutral800};
`;
const Line = styled.line`
  stroke: ${({ theme }) => theme.colors.neutral200};
`;
const Bar = styled.rect<{ $color: Color }>`
  fill: ${({ theme, $color }) => theme.colors[$color]};
`;
const Swatch = styled.span<{ $color: Color }>`
  display: inline-block;
  width: 1.2rem;
  height: 1.2rem;
  border-radius: 2px;
  background: ${({ theme, $color }) => theme.colors[$color]};
`;

/** Which colour stands for what. */
export const Legend = ({ parts }: { parts: readonly ChartPart<string>[] }) => (
  <Flex tag="ul" gap={4} wrap="wrap">
    {parts.map(({ id, name, color }) => (
      <Flex tag="li" key={id} gap={2}>
        <Swatch $color={color} aria-hidden />
        <Typography variant="pi">{name}</Typography>
      </Flex>
    ))}
  </Flex>
);

interface BarsProps<Id extends string> {
  label: string;
  parts: readonly ChartPart<Id>[];
  columns: readonly ChartColumn<Id>[];
  sumOf: (column: ChartColumn<Id>) => number;
  width: number;
}

const Bars = <Id extends string>({ label, parts, columns, sumOf, width }: BarsProps<Id>) => {
  const { number } = useFormat();
  const top = axisTop(Math.max(0, ...columns.map(sumOf)));
  const plot = HEIGHT - BOTTOM - TOP;
  const step = (width - LEFT) / columns.length;
  const every = Math.ceil(columns.length / NAMED);
  const y = (value: number): number => TOP + plot - (plot * value) / top;
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${width} ${HEIGHT}`} width="100%">
      {[0, top / 2, top].map((value) => (
        <React.Fragment key={value}>
          <Line x1={LEFT} x2={width} y1={y(value)} y2={y(value)} />
          <Axis x={LEFT - 8} y={y(value) + 4} textAnchor="end">
            {Number.isInteger(value) ? number(value) : ''}
          </Axis>
        </React.Fragment>
      ))}
      {columns.map((column, index) => {
        const shown = parts.flatMap((part) => {
          const value = column.counts[part.id] ?? 0;
          return value > 0 ? [{ ...part, value }] : [];
        });
        const middle = LEFT + step * (index + 0.5);
        const sum = sumOf(column);
        let below = 0;
        return (
          <g key={column.id}>
            <title>
              {[column.name, ...shown.map(({ name, value }) => `${name} ${number(value)}`)].join(
                '\n'
              )}
            </title>
            {shown.map(({ id, color, value }) => {
              below += value;
              return (
                <Bar
                  key={id}
                  $color={color}
                  x={LEFT + step * (index + GAP / 2)}
                  width={Math.max(1, step * (1 - GAP))}
                  y={y(below)}
                  height={(plot * value) / top}
                />
              );
            })}
            {every === 1 && sum > 0 && (
              <Sum x={middle} y={y(sum) - 5} textAnchor="middle">
                {number(sum)}
              </Sum>
            )}
            {index % every === 0 &&
              column.short.map((line, row) => (
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

/** Counts by column and part: stacked bars, or the same figures as a table. */
export const StackedChart = <Id extends string>({
  label,
  summary,
  columnTitle,
  parts,
  columns,
  width = 640,
}: StackedChartProps<Id>) => {
  const t = useTranslate();
  const { number } = useFormat();
  const [asTable, setAsTable] = React.useState(false);
  const countOf = ({ counts }: ChartColumn<Id>, id: Id): number => counts[id] ?? 0;
  const sumOf = (column: ChartColumn<Id>): number =>
    parts.reduce((sum, { id }) => sum + countOf(column, id), 0);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        <Legend parts={parts} />
        <Button
          size="S"
          variant="tertiary"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {t(asTable ? 'chart.asChart' : 'chart.asTable')}
        </Button>
      </Flex>
      {asTable ? (
        <DataTable
          label={label}
          rows={columns.filter((column) => sumOf(column) > 0)}
          idOf={({ id }) => id}
          columns={[
            { title: columnTitle, cell: ({ name }) => name },
            ...parts.map(({ id, name }) => ({
              title: name,
              cell: (column: ChartColumn<Id>) => number(countOf(column, id)),
            })),
            {
              title: t('chart.total'),
              cell: (column) => <strong>{number(sumOf(column))}</strong>,
            },
          ]}
        />
      ) : (
        <Box width="100%">
          <Bars
            label={`${label}: ${summary}`}
            parts={parts}
            columns={columns}
            sumOf={sumOf}
            width={width}
          />
        </Box>
      )}
    </Flex>
  );
};
