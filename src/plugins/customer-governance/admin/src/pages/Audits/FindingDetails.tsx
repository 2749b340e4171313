import * as React from 'react';

import { Flex, Link as TextLink, Typography } from '@strapi/design-system';

import type { Evidence, FindingView, Person } from '../../api/types';
import { DateTime } from '../../components/DateTime';
import { Facts, type Fact } from '../../components/Facts';
import { useTerm, useTranslate } from '../../hooks/useTranslate';
import { nameOf, personLine } from '../../utils/names';

const Lines = ({ children }: { children: React.ReactNode }) => (
  <span style={{ whiteSpace: 'pre-line' }}>{children}</span>
);

/** References by which a remediation can be seen; addresses are links, ids stand as they are. */
const EvidenceList = ({ evidence }: { evidence: Evidence[] }) => {
  const term = useTerm();
  const t = useTranslate();
  return (
    <Flex tag="ul" direction="column" alignItems="flex-start" aria-label={t('finding.evidence')}>
      {evidence.map(({ kind, reference }) => (
        <li key={`${kind} ${reference}`}>
          {term('evidence', kind)}:{' '}
          {kind === 'link' ? (
            <TextLink href={reference} isExternal>
              {reference}
            </TextLink>
          ) : (
            <code>{reference}</code>
          )}
        </li>
      ))}
    </Flex>
  );
};

/** Who and when, in a line. */
const By = ({ person, at }: { person: Person | null; at: string | null }) => (
  <Typography variant="pi" textColor="neutral600">
    {nameOf(person) ?? '—'} · <DateTime value={at} />
  </Typography>
);

interface RemediationProps {
  remediation: string;
  evidence: Evidence[];
  by: Person | null;
  at: string | null;
}

const Remediation = ({ remediation, evidence, by, at }: RemediationProps) => (
  <Flex direction="column" alignItems="stretch" gap={1}>
    <Lines>{remediation}</Lines>
    {evidence.length > 0 && <EvidenceList evidence={evidence} />}
    <By person={by} at={at} />
  </Flex>
);

/** What was found, who sees to it until when, what was done and whether that was found good. */
export const FindingDetails = ({ finding }: { finding: FindingView }) => {
  const t = useTranslate();
  const term = useTerm();
  const { responsible } = finding;
  const facts: Fact[] = [
    { name: t('finding.description'), value: <Lines>{finding.description}</Lines> },
    { name: t('finding.chapter'), value: term('chapter', finding.chapter) },
    {
      name: t('finding.responsible'),
      value: responsible && personLine({ name: responsible.name, department: finding.department }),
    },
    { name: t('finding.dueOn'), value: <DateTime value={finding.dueOn} dayOnly /> },
    ...finding.earlier.map((failed, index) => ({
      name: t('finding.attempt', { position: index + 1 }),
      value: (
        <Flex direction="column" alignItems="stretch" gap={1}>
          <Remediation
            remediation={failed.remediation}
            evidence={failed.evidence}
            by={failed.remediatedBy}
            at={failed.remediatedAt}
          />
          <Lines>{t('finding.notPassed', { note: failed.note })}</Lines>
          <By person={failed.recheckedBy} at={failed.recheckedAt} />
        </Flex>
      ),
    })),
    {
      name: t('finding.remediation'),
      value: finding.remediation && (
        <Remediation
          remediation={finding.remediation}
          evidence={finding.evidence}
          by={finding.remediatedBy}
          at={finding.remediatedAt}
        />
      ),
    },
    {
      name: t('finding.recheck'),
      value: finding.recheckNote && (
        <Flex direction="column" alignItems="stretch" gap={1}>
          <Lines>
            {finding.state === 'reopened'
              ? t('finding.notPassed', { note: finding.recheckNote })
              : t('finding.hasPassed', { note: finding.recheckNote })}
          </Lines>
          <By person={finding.recheckedBy} at={finding.recheckedAt} />
        </Flex>
      ),
    },
    {
      name: t('finding.closed'),
      value: finding.closedAt && <By person={finding.closedBy} at={finding.closedAt} />,
    },
  ];
  return <Facts facts={facts} />;
};
