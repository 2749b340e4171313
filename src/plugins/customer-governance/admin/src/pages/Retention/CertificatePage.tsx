import { Box, Button, Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Link, useParams } from 'react-router-dom';

import { apiPath } from '../../api/paths';
import type { CertificateView } from '../../api/types';
import { DateTime } from '../../components/DateTime';
import { Facts } from '../../components/Facts';
import { PageFrame } from '../../components/PageFrame';
import { PrintOnly } from '../../components/PrintOnly';
import { ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { useResource } from '../../hooks/useResource';
import { useTerm, useTranslate } from '../../hooks/useTranslate';
import { nameOf } from '../../utils/names';
import { certificatesPath } from './paths';

const SHEET_ID = 'destruction-certificate';

const Sheet = ({ certificate }: { certificate: CertificateView }) => {
  const t = useTranslate();
  const term = useTerm();
  const { list, number } = useFormat();
  const approvers = certificate.approvers.flatMap((person) => nameOf(person) ?? []);
  return (
    <Box
      id={SHEET_ID}
      tag="article"
      aria-labelledby={`${SHEET_ID}-title`}
      background="neutral0"
      shadow="tableShadow"
      hasRadius
      padding={10}
      maxWidth="80rem"
    >
      <Flex direction="column" alignItems="stretch" gap={6}>
        <Typography tag="h2" id={`${SHEET_ID}-title`} variant="beta">
          {t('certificate.heading')}
        </Typography>
        <Typography tag="p">
          {t('certificate.statement', {
            count: certificate.count,
            shown: number(certificate.count),
          })}
        </Typography>
        <Facts
          facts={[
            { name: t('certificate.number'), value: certificate.number },
            { name: t('order.number'), value: certificate.orderNumber },
            { name: t('order.count'), value: number(certificate.count) },
            { name: t('order.method'), value: term('method', certificate.method) },
            { name: t('certificate.proposer'), value: nameOf(certificate.proposer) },
            { name: t('certificate.approvers'), value: list(approvers) },
            { name: t('certificate.executor'), value: nameOf(certificate.executor) },
            {
              name: t('certificate.executedAt'),
              value: <DateTime value={certificate.executedAt} />,
            },
            {
              name: t('certificate.digest'),
              value: <code style={{ fontFamily: 'monospace' }}>{certificate.digest}</code>,
            },
          ]}
        />
      </Flex>
    </Box>
  );
};

/** One destruction certificate, ready to be printed. */
export const CertificatePage = () => {
  const t = useTranslate();
  const { documentId = '' } = useParams<{ documentId: string }>();
  const certificate = useResource<CertificateView>(
    apiPath(`/destruction-certificates/${encodeURIComponent(documentId)}`)
  );
  return (
    <PageFrame
      title={t('certificate.title')}
      subtitle={certificate.data?.number ?? ''}
      navigationAction={
        <TextLink tag={Link} to={certificatesPath} startIcon={<ArrowLeft />}>
          {t('retention.certificates')}
        </TextLink>
      }
      primaryAction={
        <Button disabled={!certificate.data} onClick={() => window.print()}>
          {t('certificate.print')}
        </Button>
      }
    >
      <PrintOnly $sheet={SHEET_ID} />
      <ResourceView resource={certificate}>{(data) => <Sheet certificate={data} />}</ResourceView>
    </PageFrame>
  );
};
