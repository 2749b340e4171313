import { Flex, Typography } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { AccuracyPeriod } from '../../api/verification';
import { VERIFICATION_OUTCOMES } from '../../api/vocabulary';
import { DataTable } from '../../components/DataTable';
import { DateTime } from '../../components/DateTime';
import { Facts } from '../../components/Facts';
import { Meter } from '../../components/Meter';
import { Panel } from '../../components/Panel';
import { ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { useResource } from '../../hooks/useResource';
import { useAttributeLabel, useTerm, useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;

const percent = (share: number): number => Math.round(share * 1000) / 10;

const PeriodPanel = ({ period }: { period: AccuracyPeriod }) => {
  const t = useTranslate();
  const term = useTerm();
  const label = useAttributeLabel();
  const { number, date } = useFormat();
  const { accuracy, counts, size, population, attributes } = period;
  const title = t('verification.period', { day: date(period.period) });
  return (
    <Panel title={title}>
      {accuracy === null ? (
        <Typography textColor="neutral600">{t('verification.noFigure')}</Typography>
      ) : (
        <Flex direction="column" alignItems="stretch" gap={2}>
          <Typography variant="alpha">{number(percent(accuracy.share))} %</Typography>
          <Meter label={title} share={accuracy.share} />
          <Typography variant="pi" textColor="neutral600">
            {t('verification.interval', {
              low: number(percent(accuracy.low)),
              high: number(percent(accuracy.high)),
            })}
          </Typography>
        </Flex>
      )}
      <Facts
        facts={[
          {
            name: t('verification.drawn'),
            value: (
              <>
                {t('verification.drawnOf', { size: number(size), population: number(population) })}{' '}
                · <DateTime value={period.drawnAt} dayOnly />
              </>
            ),
          },
          { name: term('state', 'accurate'), value: number(counts.accurate) },
          { name: term('state', 'inaccurate'), value: number(counts.inaccurate) },
          { name: term('state', 'unreachable'), value: number(counts.unreachable) },
          { name: term('state', 'open'), value: number(counts.open) },
        ]}
      />
      {attributes.length > 0 && (
        <DataTable
          label={t('verification.byAttribute')}
          rows={attributes}
          idOf={({ attribute }) => attribute}
          columns={[
            {
              title: t('minimality.attribute'),
              cell: ({ attribute }) => label(CUSTOMER, attribute),
            },
            ...VERIFICATION_OUTCOMES.map((outcome) => ({
              title: term('verificationOutcome', outcome),
              cell: (row: AccuracyPeriod['attributes'][number]) => number(row[outcome]),
            })),
          ]}
        />
      )}
    </Panel>
  );
};

/** How many of the customers drawn by lot were on file as they are, with how sure that is. */
export const AccuracyTab = () => {
  const t = useTranslate();
  const figures = useResource<{ periods: AccuracyPeriod[] }>(apiPath('/verification/accuracy'));
  return (
    <ResourceView
      resource={figures}
      empty={{ when: ({ periods }) => periods.length === 0, text: t('verification.accuracyEmpty') }}
    >
      {({ periods }) => (
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Typography textColor="neutral600">{t('verification.accuracyIntro')}</Typography>
          {periods.map((period) => (
            <PeriodPanel key={period.period} period={period} />
          ))}
        </Flex>
      )}
    </ResourceView>
  );
};
