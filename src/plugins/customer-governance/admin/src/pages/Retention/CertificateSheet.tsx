import { Flex, Typography } from '@strapi/design-system';

import type { CertificateContent, CertificateView } from '../../api/types';
import { DateTime } from '../../components/DateTime';
import { Facts, type Fact } from '../../components/Facts';
import { Sheet } from '../../components/Sheet';
import { useFormat } from '../../hooks/useFormat';
import { useAttributeLabel, useTerm, useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { nameOf } from '../../utils/names';

export const SHEET_ID = 'destruction-certificate';

const code = (text: string) => (
  <code style={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}>{text}</code>
);

/** As it is signed where nobody proposed. */
const SYSTEM = 'system';

/** Who took part and when, one after the other. */
const useTakers = (content: CertificateContent): Fact[] => {
  const t = useTranslate();
  const { list } = useFormat();
  const at = (name: string, moment: string | null) => (
    <>
      {name} · <DateTime value={moment} />
    </>
  );
  return [
    {
      name: t('certificate.proposer'),
      value: at(
        content.proposedBy === SYSTEM ? t('actor.system') : content.proposedBy,
        content.proposedAt
      ),
    },
    ...(content.submittedBy
      ? [
          {
            name: t('certificate.submitter'),
            value: at(content.submittedBy, content.submittedAt),
          },
        ]
      : []),
    {
      name: t('certificate.approvers'),
      value: at(list(content.approvers), content.approvedAt),
    },
    {
      name: t('certificate.executor'),
      value: at(content.executedBy, content.executorConfirmedAt),
    },
    {
      name: t('certificate.supervisor'),
      value: at(content.supervisedBy, content.supervisorConfirmedAt),
    },
  ];
};

/** What a signed certificate says beyond the old ones. */
const Signed = ({ content }: { content: CertificateContent }) => {
  const t = useTranslate();
  const term = useTerm();
  const label = useAttributeLabel();
  const { list, number } = useFormat();
  const { verification } = content;
  return (
    <>
      <Facts
        facts={[
          {
            name: t('certificate.recordCounts'),
            value: list(
              Object.entries(content.records).map(
                ([type, count]) => `${term('record', type)} ${number(count)}`
              )
            ),
          },
          ...(content.attributes
            ? [
                {
                  name: t('certificate.attributes'),
                  value: list(
                    content.attributes.map((path) => label(`plugin::${PLUGIN_ID}.customer`, path))
                  ),
                },
              ]
            : []),
          { name: t('certificate.held'), value: number(content.held) },
          { name: t('certificate.takenOut'), value: number(content.takenOut) },
          ...(content.consentProofs
            ? [{ name: t('certificate.consentProofs'), value: number(content.consentProofs) }]
            : []),
          { name: t('certificate.recordsDigest'), value: code(content.recordsDigest) },
        ]}
      />
      <Typography tag="h3" variant="delta">
        {t('certificate.media')}
      </Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={1}>
        {content.media.map(({ medium, method, confirmedBy, confirmedAt }, at) => (
          <Typography tag="li" key={at}>
            {term('medium', medium)} · {term('method', method)} ·{' '}
            {confirmedBy ?? t('certificate.byApplication')} · <DateTime value={confirmedAt} />
          </Typography>
        ))}
      </Flex>
      <Typography tag="h3" variant="delta">
        {t('certificate.verification')}
      </Typography>
      <Typography tag="p">
        {t('certificate.verified', {
          fingerprints: number(verification.fingerprints),
          found: number(verification.found),
        })}{' '}
        <DateTime value={verification.verifiedAt} />
      </Typography>
      <Facts
        facts={verification.searched.map(({ place, count }) => ({
          name: term('place', place),
          value: number(count),
        }))}
      />
      <Typography tag="h3" variant="delta">
        {t('certificate.takers')}
      </Typography>
      <Facts facts={useTakers(content)} />
    </>
  );
};

/** A certificate as a sheet of paper. */
export const CertificateSheet = ({ certificate }: { certificate: CertificateView }) => {
  const t = useTranslate();
  const term = useTerm();
  const { list, number } = useFormat();
  const { content } = certificate;
  const approvers = certificate.approvers.flatMap((person) => nameOf(person) ?? []);
  return (
    <Sheet id={SHEET_ID} heading={t('certificate.heading')} maxWidth="80rem">
      <Typography tag="p">
        {t(content?.attributes ? 'certificate.statementAttributes' : 'certificate.statement', {
          count: certificate.count,
          shown: number(certificate.count),
        })}
      </Typography>
      <Facts
        facts={[
          { name: t('certificate.number'), value: certificate.number },
          { name: t('order.number'), value: certificate.orderNumber },
          { name: t('order.count'), value: number(certificate.count) },
          ...(content
            ? []
            : [
                { name: t('order.method'), value: term('method', certificate.method) },
                { name: t('certificate.proposer'), value: nameOf(certificate.proposer) },
                { name: t('certificate.approvers'), value: list(approvers) },
                { name: t('certificate.executor'), value: nameOf(certificate.executor) },
              ]),
          {
            name: t('certificate.executedAt'),
            value: <DateTime value={certificate.executedAt} />,
          },
        ]}
      />
      {content && <Signed content={content} />}
      <Facts
        facts={[
          { name: t('certificate.digest'), value: code(certificate.digest) },
          ...(certificate.signedBy
            ? [{ name: t('certificate.signedBy'), value: code(certificate.signedBy) }]
            : [{ name: t('certificate.signedBy'), value: t('certificate.unsigned') }]),
        ]}
      />
    </Sheet>
  );
};
