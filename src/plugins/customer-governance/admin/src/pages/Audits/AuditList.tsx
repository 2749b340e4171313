import * as React from 'react';

import { Badge, LinkButton, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import { apiPath } from '../../api/paths';
import type { InternalAuditView } from '../../api/types';
import { INTERNAL_AUDIT_STATES, type InternalAuditState } from '../../api/vocabulary';
import { StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { CardList } from '../../components/CardList';
import { DateTime } from '../../components/DateTime';
import { Facts } from '../../components/Facts';
import { StateFilter } from '../../components/StateFilter';
import { useFormat } from '../../hooks/useFormat';
import { usePages } from '../../hooks/usePages';
import { useTerm, useTranslate } from '../../hooks/useTranslate';
import { nameOf } from '../../utils/names';
import { auditPath } from './paths';
import { useAuditTitle } from './useAuditTitle';

const AuditCard = ({ audit }: { audit: InternalAuditView }) => {
  const t = useTranslate();
  const term = useTerm();
  const titleOf = useAuditTitle();
  const { date } = useFormat();
  const { findings } = audit;
  return (
    <Card
      title={titleOf(audit)}
      badges={
        <>
          <Badge>{term('auditKind', audit.kind)}</Badge>
          <StateBadge state={audit.state} />
          {findings.overdue > 0 && (
            <Badge variant="danger">{t('audits.overdue', { count: findings.overdue })}</Badge>
          )}
        </>
      }
      aside={<DateTime value={audit.plannedOn} dayOnly />}
      actions={
        <LinkButton
          tag={Link}
          variant="secondary"
          to={auditPath(audit.documentId)}
          aria-label={t('audits.openOf', { number: audit.number })}
        >
          {t('audits.open')}
        </LinkButton>
      }
    >
      {audit.lead === null && audit.state === 'planned' && (
        <Typography textColor="warning700">{t('audits.nobodyLeads')}</Typography>
      )}
      <Facts
        facts={[
          {
            name: t('audits.period'),
            value: t('audits.fromTo', { from: date(audit.periodFrom), to: date(audit.periodTo) }),
          },
          { name: t('audits.lead'), value: nameOf(audit.lead) },
          {
            name: t('audits.findings'),
            value: t('audits.findingsOf', { total: findings.total, unclosed: findings.unclosed }),
          },
        ]}
      />
    </Card>
  );
};

/** Internal audits, newest first. */
export const AuditList = ({ revision }: { revision: number }) => {
  const t = useTranslate();
  const [state, setState] = React.useState<InternalAuditState | ''>('');
  const pages = usePages<InternalAuditView>(apiPath('/internal-audits', { state }));
  const { reload } = pages;
  // What was just planned joins the list.
  React.useEffect(() => {
    if (revision > 0) reload();
  }, [revision, reload]);
  return (
    <>
      <StateFilter states={INTERNAL_AUDIT_STATES} value={state} onChange={setState} />
      <CardList
        label={t('audits.title')}
        pages={pages}
        empty={t('audits.empty')}
        idOf={({ documentId }) => documentId}
      >
        {(audit) => <AuditCard audit={audit} />}
      </CardList>
    </>
  );
};
