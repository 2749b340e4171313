import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import type { RuleConflict, RuleEffect } from '../../api/retention';
import { useFormat } from '../../hooks/useFormat';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { bareAttribute } from '../../utils/names';
import { Facts } from '../Facts';
import { Notice } from '../Notice';
import { CUSTOMER } from './useRuleWords';

const WIDTH = 600;
const HEIGHT = 120;
const BAR = 10;

const Before = styled.rect`
  fill: ${({ theme }) => theme.colors.neutral300};
`;
const After = styled.rect`
  fill: ${({ theme }) => theme.colors.primary600};
`;
const Axis = styled.text`
  font-size: 10px;
  fill: ${({ theme }) => theme.colors.neutral600};
`;

/** How many customers fall due in each month, before and after. Screen readers hear the months that change. */
const EffectChart = ({ months }: Pick<RuleEffect, 'months'>) => {
  const t = useTranslate();
  const { number, list } = useFormat();
  const highest = Math.max(1, ...months.flatMap(({ before, after }) => [before, after]));
  const step = WIDTH / months.length;
  const heightOf = (count: number) => (HEIGHT * count) / highest;
  const changed = months.filter(({ before, after }) => before !== after);
  const spoken = list(
    changed.map(({ month, before, after }) => `${month} ${number(before)} → ${number(after)}`)
  );
  return (
    <svg
      role="img"
      aria-label={`${t('rule.effect.chart')}: ${spoken}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT + 18}`}
      width="100%"
    >
      {months.map(({ month, before, after }, index) => (
        <g key={month} transform={`translate(${index * step} 0)`}>
          <title>{`${month}: ${number(before)} → ${number(after)}`}</title>
          <Before x={0} y={HEIGHT - heightOf(before)} width={BAR} height={heightOf(before)} />
          <After x={BAR} y={HEIGHT - heightOf(after)} width={BAR} height={heightOf(after)} />
          {index % 6 === 0 && (
            <Axis x={0} y={HEIGHT + 14}>
              {month}
            </Axis>
          )}
        </g>
      ))}
    </svg>
  );
};

/** What a change of the rules does to the due dates of all customers. */
export const EffectView = ({
  effect,
  conflicts = [],
}: {
  effect: RuleEffect;
  conflicts?: RuleConflict[];
}) => {
  const t = useTranslate();
  const { number } = useFormat();
  const label = useAttributeLabel();
  const change = ({ before, after }: { before: number; after: number }) =>
    `${number(before)} → ${number(after)}`;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Facts
        facts={[
          { name: t('rule.effect.customers'), value: number(effect.customers) },
          { name: t('rule.effect.earlier'), value: number(effect.earlier) },
          { name: t('rule.effect.later'), value: number(effect.later) },
          { name: t('rule.effect.overdue'), value: change(effect.overdue) },
          { name: t('rule.effect.undated'), value: change(effect.undated) },
          ...effect.attributes.map((entry) => ({
            name: t('rule.effect.attribute', {
              attribute: label(CUSTOMER, bareAttribute(entry.attribute)),
            }),
            value: change(entry),
          })),
        ]}
      />
      <Box>
        <Typography variant="pi" textColor="neutral600">
          {t('rule.effect.chartHint')}
        </Typography>
        <EffectChart months={effect.months} />
      </Box>
      {conflicts.map(({ maximum, minimum }) => (
        <Notice key={`${maximum} ${minimum}`} tone="warning">
          {t('rule.conflict', { maximum, minimum })}
        </Notice>
      ))}
    </Flex>
  );
};
