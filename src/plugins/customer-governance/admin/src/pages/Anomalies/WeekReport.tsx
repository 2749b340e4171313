import { Button, Flex, Grid, Typography } from '@strapi/design-system';
import { useSearchParams } from 'react-router-dom';

import { apiPath } from '../../api/paths';
import type { AlertView, AnomalyReport } from '../../api/types';
import { AlertSeverityBadge, AlertStateBadge } from '../../components/Badges';
import { DateTime } from '../../components/DateTime';
import { PrintOnly } from '../../components/PrintOnly';
import { ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { useResource } from '../../hooks/useResource';
import { useActorName, useTerm, useTranslate } from '../../hooks/useTranslate';
import { BarChart } from '../Overview/BarChart';
import { Panel } from '../../components/Panel';
import { sentenceOf, valuesOf } from './evidence';

const SHEET_ID = 'anomaly-report';

const TopAlert = ({ alert }: { alert: AlertView }) => {
  const t = useTranslate();
  const term = useTerm();
  const nameOf = useActorName();
  return (
    <Flex tag="li" direction="column" alignItems="flex-start" gap={1}>
      <Flex gap={2} wrap="wrap">
        <Typography fontWeight="semiBold">
          {t('anomalies.of', { kind: term('anomaly', alert.kind), name: nameOf(alert.person) })}
        </Typography>
        <AlertSeverityBadge severity={alert.severity} />
        <AlertStateBadge state={alert.state} />
      </Flex>
      <Typography>
        {t(`anomalies.evidence.${sentenceOf(alert)}`, valuesOf(alert))}
        {alert.person.department && ` · ${alert.person.department}`}
      </Typography>
    </Flex>
  );
};

const Sheet = ({ report }: { report: AnomalyReport }) => {
  const t = useTranslate();
  const term = useTerm();
  const { date } = useFormat();
  const { counts, before, byRule, byDepartment, byDay, bySeverity, top, suspended } = report;
  const col = { col: 6, s: 12, alignItems: 'stretch', direction: 'column' } as const;
  return (
    <Flex
      id={SHEET_ID}
      tag="article"
      aria-labelledby={`${SHEET_ID}-title`}
      direction="column"
      alignItems="stretch"
      gap={6}
    >
      <Flex direction="column" alignItems="flex-start" gap={2}>
        <Typography tag="h2" id={`${SHEET_ID}-title`} variant="beta">
          {t('anomalies.week', { week: report.week })}
        </Typography>
        <Typography textColor="neutral600">
          <DateTime value={report.from} /> – <DateTime value={report.to} />
        </Typography>
        <Typography>
          {t('anomalies.summary', {
            raised: counts.raised,
            before: before.raised,
            closed: counts.closed,
            left: counts.open + counts.acknowledged,
          })}{' '}
          {suspended > 0 && t('anomalies.summarySuspended', { count: suspended })}
        </Typography>
      </Flex>
      <Grid.Root gap={4}>
        <Grid.Item {...col}>
          <Panel title={t('anomalies.byRule')}>
            <BarChart
              label={t('anomalies.byRule')}
              bars={byRule.map(({ rule, kind, raised, before: last }) => ({
                name: t('anomalies.bar', {
                  // Two rules of one kind are told apart by their codes.
                  name: byRule.some((other) => other.kind === kind && other.rule !== rule)
                    ? `${term('anomaly', kind)} (${rule})`
                    : term('anomaly', kind),
                  before: last,
                }),
                value: raised,
                tone: 'primary',
              }))}
            />
          </Panel>
        </Grid.Item>
        <Grid.Item {...col}>
          <Panel title={t('anomalies.byDepartment')}>
            <BarChart
              label={t('anomalies.byDepartment')}
              bars={byDepartment.map(({ department, raised, before: last }) => ({
                name: t('anomalies.bar', {
                  name: department ?? t('anomalies.noDepartment'),
                  before: last,
                }),
                value: raised,
                tone: 'warning',
              }))}
            />
          </Panel>
        </Grid.Item>
        <Grid.Item {...col}>
          <Panel title={t('anomalies.byDay')}>
            <BarChart
              label={t('anomalies.byDay')}
              bars={byDay.map(({ day, raised }) => ({
                name: date(day),
                value: raised,
                tone: 'primary',
              }))}
            />
          </Panel>
        </Grid.Item>
        <Grid.Item {...col}>
          <Panel title={t('anomalies.bySeverity')}>
            <BarChart
              label={t('anomalies.bySeverity')}
              bars={bySeverity.map(({ severity, raised }) => ({
                name: term('alertSeverity', severity),
                value: raised,
                tone: severity === 'high' ? 'danger' : 'warning',
              }))}
            />
          </Panel>
        </Grid.Item>
        <Grid.Item col={12} alignItems="stretch" direction="column">
          <Panel title={t('anomalies.top')}>
            {top.length === 0 ? (
              <Typography>{t('anomalies.none')}</Typography>
            ) : (
              <Flex tag="ol" direction="column" alignItems="stretch" gap={4}>
                {top.map((alert) => (
                  <TopAlert key={alert.documentId} alert={alert} />
                ))}
              </Flex>
            )}
          </Panel>
        </Grid.Item>
      </Grid.Root>
    </Flex>
  );
};

/** The report of one week, ready to be printed, and the ways to those before and after it. */
export const WeekReport = () => {
  const t = useTranslate();
  const [search, setSearch] = useSearchParams();
  const report = useResource<AnomalyReport>(
    apiPath('/anomalies/report', { week: search.get('week') })
  );
  const { data } = report;
  const turn = (week: string): void =>
    setSearch((before) => {
      before.set('week', week);
      return before;
    });
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <PrintOnly $sheet={SHEET_ID} />
      <Flex gap={2} wrap="wrap" justifyContent="space-between">
        <Flex gap={2}>
          <Button
            variant="tertiary"
            disabled={!data}
            onClick={() => data && turn(data.before.week)}
          >
            {t('anomalies.weekBefore')}
          </Button>
          <Button
            variant="tertiary"
            disabled={!data?.next}
            onClick={() => data?.next && turn(data.next)}
          >
            {t('anomalies.weekAfter')}
          </Button>
        </Flex>
        <Button disabled={!data} onClick={() => window.print()}>
          {t('anomalies.print')}
        </Button>
      </Flex>
      <ResourceView resource={report}>{(loaded) => <Sheet report={loaded} />}</ResourceView>
    </Flex>
  );
};
