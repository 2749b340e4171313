import * as React from 'react';

import { Button, Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { ChevronDown, ChevronUp } from '@strapi/icons';
import { Link } from 'react-router-dom';

import type { AlertView } from '../../api/types';
import { AlertSeverityBadge, AlertStateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { DateTime } from '../../components/DateTime';
import { Facts, type Fact } from '../../components/Facts';
import { Notice } from '../../components/Notice';
import { useFormat } from '../../hooks/useFormat';
import { usePermission } from '../../hooks/usePermission';
import { useActorName, useTerm, useTranslate } from '../../hooks/useTranslate';
import { EvidenceTable } from './EvidenceTable';
import { logPath, sentenceOf, valuesOf } from './evidence';

interface AlertCardProps {
  alert: AlertView;
  busy: boolean;
  onAcknowledge: () => void;
  onClose: () => void;
}

const Span = ({ from, to }: { from: string; to: string }) => (
  <>
    <DateTime value={from} /> – <DateTime value={to} />
  </>
);

/** An alert: who, what was seen beside what, and what was decided on it. */
export const AlertCard = ({ alert, busy, onAcknowledge, onClose }: AlertCardProps) => {
  const t = useTranslate();
  const term = useTerm();
  const nameOf = useActorName();
  const { number } = useFormat();
  const mayManage = usePermission('anomalies.manage');
  const mayReadLog = usePermission('audit.read');
  const [open, setOpen] = React.useState(false);
  const evidenceId = React.useId();
  const { person, kind, state, acknowledged, closed, suspendedGrants } = alert;
  const name = nameOf(person);
  const of = { kind: term('anomaly', kind), name };
  const decides = mayManage && !alert.mine;

  const decided = (label: string, decision: { at: string; by: string | null } | null): Fact[] =>
    decision
      ? [
          {
            name: label,
            value: (
              <>
                {decision.by ?? '—'} · <DateTime value={decision.at} />
              </>
            ),
          },
        ]
      : [];

  return (
    <Card
      title={t('anomalies.of', of)}
      badges={
        <>
          <AlertSeverityBadge severity={alert.severity} />
          <AlertStateBadge state={state} />
        </>
      }
      aside={
        <>
          {t('anomalies.raisedAt')} <DateTime value={alert.raisedAt} />
        </>
      }
      actions={
        <>
          {mayReadLog && (
            <TextLink tag={Link} to={logPath(alert)} aria-label={t('anomalies.logOf', { name })}>
              {t('anomalies.log')}
            </TextLink>
          )}
          <Button
            variant="tertiary"
            aria-expanded={open}
            aria-controls={evidenceId}
            aria-label={t(open ? 'anomalies.hideOf' : 'anomalies.showOf', of)}
            endIcon={open ? <ChevronUp /> : <ChevronDown />}
            onClick={() => setOpen(!open)}
          >
            {t(open ? 'anomalies.hide' : 'anomalies.show')}
          </Button>
          {decides && state === 'open' && (
            <Button
              variant="secondary"
              loading={busy}
              aria-label={t('anomalies.acknowledgeOf', of)}
              onClick={onAcknowledge}
            >
              {t('anomalies.acknowledge')}
            </Button>
          )}
          {decides && state === 'acknowledged' && (
            <Button variant="secondary" aria-label={t('anomalies.closeOf', of)} onClick={onClose}>
              {t('anomalies.close')}
            </Button>
          )}
        </>
      }
    >
      <Typography variant="omega" fontWeight="semiBold">
        {t(`anomalies.evidence.${sentenceOf(alert)}`, valuesOf(alert))}
      </Typography>
      {alert.mine && <Notice tone="neutral">{t('anomalies.mine')}</Notice>}
      {suspendedGrants.length > 0 && (
        <Notice tone="warning">
          {t('anomalies.suspended', { count: suspendedGrants.length })}
        </Notice>
      )}
      <Facts
        facts={[
          { name: t('anomalies.department'), value: person.department },
          { name: t('anomalies.window'), value: <Span from={alert.from} to={alert.to} /> },
          { name: t('anomalies.entries'), value: number(alert.evidenceCount) },
          ...decided(t('anomalies.acknowledgedBy'), acknowledged),
          ...decided(t('anomalies.closedBy'), closed),
          ...(closed ? [{ name: t('request.reason'), value: closed.reason }] : []),
        ]}
      />
      <Flex id={evidenceId} direction="column" alignItems="stretch" gap={4}>
        {open && (
          <>
            <Facts facts={[{ name: t('anomalies.rule'), value: alert.rule }]} />
            <EvidenceTable alert={alert} />
          </>
        )}
      </Flex>
    </Card>
  );
};
