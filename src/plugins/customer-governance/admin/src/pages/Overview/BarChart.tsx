import { Box } from '@strapi/design-system';
import { styled } from 'styled-components';

import { useFormat } from '../../hooks/useFormat';

export interface Bar {
  name: string;
  value: number;
  tone: 'primary' | 'warning' | 'danger';
}

interface BarChartProps {
  label: string;
  bars: Bar[];
}

const ROW = 46;
const WIDTH = 480;
const BAR_HEIGHT = 10;
/** Room for the figure at the end of the longest bar. */
const FIGURE_ROOM = 56;

const Name = styled.text`
  font-size: 13px;
  fill: ${({ theme }) => theme.colors.neutral800};
`;

const FigureText = styled.text`
  font-size: 13px;
  font-weight: 600;
  fill: ${({ theme }) => theme.colors.neutral800};
`;

const Track = styled.rect`
  fill: ${({ theme }) => theme.colors.neutral150};
`;

const Fill = styled.rect<{ $tone: Bar['tone'] }>`
  fill: ${({ theme, $tone }) => theme.colors[`${$tone}600`]};
`;

/** Horizontal bars on a common scale. Screen readers hear the figures instead. */
export const BarChart = ({ label, bars }: BarChartProps) => {
  const { number, list } = useFormat();
  const longest = Math.max(1, ...bars.map(({ value }) => value));
  const full = WIDTH - FIGURE_ROOM;
  const spoken = list(bars.map(({ name, value }) => `${name} ${number(value)}`));

  return (
    <Box width="100%">
      <svg
        role="img"
        aria-label={`${label}: ${spoken}`}
        viewBox={`0 0 ${WIDTH} ${bars.length * ROW}`}
        width="100%"
      >
        {bars.map(({ name, value, tone }, index) => (
          <g key={name} transform={`translate(0 ${index * ROW})`}>
            <Name x={0} y={13}>
              {name}
            </Name>
            <Track x={0} y={22} width={full} height={BAR_HEIGHT} rx={BAR_HEIGHT / 2} />
            <Fill
              $tone={tone}
              x={0}
              y={22}
              width={(full * value) / longest}
              height={BAR_HEIGHT}
              rx={BAR_HEIGHT / 2}
            />
            <FigureText x={full + 8} y={31}>
              {number(value)}
            </FigureText>
          </g>
        ))}
      </svg>
    </Box>
  );
};
