import { Box, Button, Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Link, useParams } from 'react-router-dom';

import { apiPath } from '../../api/paths';
import type { FindingView, InternalAuditDetail } from '../../api/types';
import { SeverityBadge, StateBadge } from '../../components/Badges';
import { Facts } from '../../components/Facts';
import { PageFrame } from '../../components/PageFrame';
import { PrintOnly } from '../../components/PrintOnly';
import { ResourceView } from '../../components/ResourceView';
import { Sheet } from '../../components/Sheet';
import { useResource } from '../../hooks/useResource';
import { useTerm, useTranslate } from '../../hooks/useTranslate';
import { useAuditFacts } from './AuditFacts';
import { FindingDetails } from './FindingDetails';
import { auditPath } from './paths';
import { SeverityChart } from './SeverityChart';
import { useAuditTitle } from './useAuditTitle';

const SHEET_ID = 'audit-report';

const Section = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <Flex tag="section" direction="column" alignItems="stretch" gap={3}>
    <Typography tag="h3" variant="delta">
      {title}
    </Typography>
    {children}
  </Flex>
);

const Finding = ({ finding }: { finding: FindingView }) => (
  <Flex
    tag="article"
    aria-label={finding.number}
    direction="column"
    alignItems="stretch"
    gap={3}
    padding={4}
    borderColor="neutral200"
    hasRadius
  >
    <Flex gap={3} wrap="wrap">
      <Typography tag="h4" fontWeight="bold">
        {finding.number}
      </Typography>
      <SeverityBadge severity={finding.severity} />
      <StateBadge state={finding.state} />
      {finding.overdue && <StateBadge state="overdue" />}
    </Flex>
    <FindingDetails finding={finding} />
  </Flex>
);

/** A line to sign on, for each of the team. */
const Signatures = ({ audit }: { audit: InternalAuditDetail }) => {
  const t = useTranslate();
  const team = [
    ...(audit.lead ? [{ ...audit.lead, role: t('audits.lead') }] : []),
    ...audit.auditors.map((person) => ({ ...person, role: t('auditReport.auditor') })),
  ];
  return (
    <Flex tag="footer" direction="column" alignItems="stretch" gap={8} paddingTop={6}>
      {team.map(({ documentId, name, role }) => (
        <Flex key={documentId} gap={6} alignItems="flex-end" wrap="wrap">
          <Typography minWidth="18rem">
            {role}: {name}
          </Typography>
          <Typography flex="1" minWidth="14rem" borderStyle="solid" borderWidth="0 0 1px 0">
            {t('auditReport.signature')}
          </Typography>
          <Typography minWidth="14rem" borderStyle="solid" borderWidth="0 0 1px 0">
            {t('auditReport.date')}
          </Typography>
        </Flex>
      ))}
    </Flex>
  );
};

const Report = ({ audit }: { audit: InternalAuditDetail }) => {
  const t = useTranslate();
  const term = useTerm();
  const titleOf = useAuditTitle();
  const factsOf = useAuditFacts();
  return (
    <Sheet id={SHEET_ID} heading={t('auditReport.heading')} maxWidth="96rem">
      <Typography tag="p" textColor="neutral600">
        {titleOf(audit)} · {term('state', audit.state)}
      </Typography>
      <Section title={t('audits.subject')}>
        <Facts facts={factsOf(audit)} />
      </Section>
      <Section title={t('audits.bySeverity')}>
        <Box maxWidth="48rem">
          <SeverityChart findings={audit.findings} />
        </Box>
      </Section>
      <Section title={t('audits.findings')}>
        {audit.items.length === 0 && <Typography>{t('audits.findingsEmpty')}</Typography>}
        {audit.items.map((finding) => (
          <Finding key={finding.documentId} finding={finding} />
        ))}
      </Section>
      <Section title={t('audits.conclusion')}>
        <Typography style={{ whiteSpace: 'pre-line' }}>
          {audit.conclusion ?? t('auditReport.noConclusion')}
        </Typography>
      </Section>
      <Signatures audit={audit} />
    </Sheet>
  );
};

/** The report of an internal audit, ready to be printed and signed. */
export const ReportPage = () => {
  const t = useTranslate();
  const { documentId = '' } = useParams<{ documentId: string }>();
  const audit = useResource<InternalAuditDetail>(
    apiPath(`/internal-audits/${encodeURIComponent(documentId)}`)
  );
  return (
    <PageFrame
      title={t('auditReport.title')}
      subtitle={audit.data?.number ?? ''}
      navigationAction={
        <TextLink tag={Link} to={auditPath(documentId)} startIcon={<ArrowLeft />}>
          {t('audits.one')}
        </TextLink>
      }
      primaryAction={
        <Button disabled={!audit.data} onClick={() => window.print()}>
          {t('auditReport.print')}
        </Button>
      }
    >
      <PrintOnly $sheet={SHEET_ID} />
      <ResourceView resource={audit}>{(data) => <Report audit={data} />}</ResourceView>
    </PageFrame>
  );
};
