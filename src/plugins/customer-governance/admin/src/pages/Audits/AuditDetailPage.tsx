import { Flex, Grid, Link as TextLink, Typography } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Link, useParams } from 'react-router-dom';

import { apiPath } from '../../api/paths';
import type { InternalAuditDetail } from '../../api/types';
import { StateBadge } from '../../components/Badges';
import { Facts } from '../../components/Facts';
import { Notice } from '../../components/Notice';
import { PageFrame } from '../../components/PageFrame';
import { Nothing, ResourceView } from '../../components/ResourceView';
import { useResource } from '../../hooks/useResource';
import { useTranslate } from '../../hooks/useTranslate';
import { pagePath } from '../navigation';
import { Panel } from '../../components/Panel';
import { AuditActions } from './AuditActions';
import { useAuditFacts } from './AuditFacts';
import { FindingCard } from './FindingCard';
import { SeverityChart } from './SeverityChart';
import { useAuditTitle } from './useAuditTitle';

const Content = ({ audit, onChanged }: { audit: InternalAuditDetail; onChanged: () => void }) => {
  const t = useTranslate();
  const factsOf = useAuditFacts();
  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        <StateBadge state={audit.state} />
        <AuditActions audit={audit} onChanged={onChanged} />
      </Flex>
      {audit.lead === null && audit.state === 'planned' && (
        <Notice tone="warning">{t('audits.nobodyLeads')}</Notice>
      )}
      {audit.findings.overdue > 0 && (
        <Notice tone="warning">{t('audits.overdue', { count: audit.findings.overdue })}</Notice>
      )}
      {audit.cancelReason && (
        <Notice tone="neutral" title={t('audits.cancelReason')}>
          {audit.cancelReason}
        </Notice>
      )}
      <Grid.Root gap={4}>
        <Grid.Item col={7} s={12} xs={12} alignItems="stretch" direction="column">
          <Panel title={t('audits.subject')}>
            <Facts facts={factsOf(audit)} />
          </Panel>
        </Grid.Item>
        <Grid.Item col={5} s={12} xs={12} alignItems="stretch" direction="column">
          <Panel title={t('audits.bySeverity')}>
            <SeverityChart findings={audit.findings} />
            <Typography textColor="neutral600">
              {t('audits.findingsOf', {
                total: audit.findings.total,
                unclosed: audit.findings.unclosed,
              })}
            </Typography>
          </Panel>
        </Grid.Item>
        {audit.conclusion && (
          <Grid.Item col={12} alignItems="stretch" direction="column">
            <Panel title={t('audits.conclusion')}>
              <Typography style={{ whiteSpace: 'pre-line' }}>{audit.conclusion}</Typography>
            </Panel>
          </Grid.Item>
        )}
      </Grid.Root>
      <Typography tag="h2" variant="beta">
        {t('audits.findings')}
      </Typography>
      {audit.items.length === 0 && <Nothing>{t('audits.findingsEmpty')}</Nothing>}
      <Flex
        tag="ul"
        aria-label={t('audits.findings')}
        direction="column"
        alignItems="stretch"
        gap={4}
      >
        {audit.items.map((finding) => (
          <li key={finding.documentId}>
            <FindingCard finding={finding} onChanged={onChanged} />
          </li>
        ))}
      </Flex>
    </Flex>
  );
};

/** One internal audit with what it found. */
export const AuditDetailPage = () => {
  const t = useTranslate();
  const titleOf = useAuditTitle();
  const { documentId = '' } = useParams<{ documentId: string }>();
  const audit = useResource<InternalAuditDetail>(
    apiPath(`/internal-audits/${encodeURIComponent(documentId)}`)
  );
  return (
    <PageFrame
      title={audit.data ? titleOf(audit.data) : t('audits.one')}
      subtitle={t('audits.one')}
      navigationAction={
        <TextLink tag={Link} to={pagePath('audits')} startIcon={<ArrowLeft />}>
          {t('audits.title')}
        </TextLink>
      }
    >
      <ResourceView resource={audit}>
        {(data) => <Content audit={data} onChanged={audit.reload} />}
      </ResourceView>
    </PageFrame>
  );
};
