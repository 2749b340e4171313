import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

import type { RetentionForecast } from '../../api/retention';
import { CUSTOMER_CLASSES, type CustomerClass } from '../../api/vocabulary';
import { StackedChart, type ChartColumn } from '../../components/StackedChart';
import { useFormat } from '../../hooks/useFormat';
import { useTranslate } from '../../hooks/useTranslate';
import { CLASS_COLORS, sumOf } from './forecast';

/** What becomes due by month, what is due already before it. */
export const DueHistogram = ({ forecast }: { forecast: RetentionForecast }) => {
  const t = useTranslate();
  const { formatDate } = useIntl();
  const { number } = useFormat();
  const dated = (month: string, options: Intl.DateTimeFormatOptions): string =>
    formatDate(`${month}-01T00:00:00Z`, { ...options, timeZone: 'UTC' });
  const columns: ChartColumn<CustomerClass>[] = [
    {
      id: 'overdue',
      name: t('retention.overdue'),
      short: [t('retention.overdueShort')],
      counts: forecast.overdue,
    },
    ...forecast.months.map(({ month, ...counts }, index) => ({
      id: month,
      name: dated(month, { year: 'numeric', month: 'long' }),
      short: [
        dated(month, { month: 'short' }),
        ...(index === 0 || month.endsWith('-01') ? [dated(month, { year: 'numeric' })] : []),
      ],
      counts,
    })),
  ];
  const total = [forecast.overdue, ...forecast.months].reduce(
    (sum, counts) => sum + sumOf(counts),
    0
  );
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <StackedChart
        label={t('retention.byMonth')}
        summary={t('retention.dueCount', { total })}
        columnTitle={t('retention.month')}
        parts={CUSTOMER_CLASSES.map((id) => ({
          id,
          name: t(`retention.class.${id}`),
          color: CLASS_COLORS[id],
        }))}
        columns={columns}
      />
      {forecast.later > 0 && (
        <Typography variant="pi" textColor="neutral600">
          {t('retention.later', { count: forecast.later, shown: number(forecast.later) })}
        </Typography>
      )}
    </Flex>
  );
};
