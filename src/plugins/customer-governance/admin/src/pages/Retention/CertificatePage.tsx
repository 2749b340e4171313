import * as React from 'react';

import { Button, Flex, Link as TextLink } from '@strapi/design-system';
import { ArrowLeft, Download } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';
import { Link, useParams } from 'react-router-dom';

import { apiPath } from '../../api/paths';
import type { CertificateView } from '../../api/types';
import { PageFrame } from '../../components/PageFrame';
import { PrintOnly } from '../../components/PrintOnly';
import { ResourceView } from '../../components/ResourceView';
import { useResource } from '../../hooks/useResource';
import { useNotify } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { save } from '../../utils/save';
import { CertificateSheet, SHEET_ID } from './CertificateSheet';
import { certificatesPath } from './paths';

/** One destruction certificate, ready to be printed and to be taken as a file that can be verified offline. */
export const CertificatePage = () => {
  const t = useTranslate();
  const notify = useNotify();
  const { get } = useFetchClient();
  const { documentId = '' } = useParams<{ documentId: string }>();
  const address = `/destruction-certificates/${encodeURIComponent(documentId)}`;
  const certificate = useResource<CertificateView>(apiPath(address));
  const [busy, setBusy] = React.useState(false);

  const take = async (number: string): Promise<void> => {
    setBusy(true);
    try {
      const { data } = await get(apiPath(`${address}/file`), { responseType: 'blob' });
      save(data, `${number}.json`);
    } catch {
      // A file has no message of the server in it.
      notify('danger', t('certificate.downloadFailed'));
    } finally {
      setBusy(false);
    }
  };

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
        <Flex gap={2}>
          {certificate.data?.note && (
            <Button
              variant="secondary"
              startIcon={<Download />}
              loading={busy}
              onClick={() => void take(certificate.data?.number ?? '')}
            >
              {t('certificate.download')}
            </Button>
          )}
          <Button disabled={!certificate.data} onClick={() => window.print()}>
            {t('certificate.print')}
          </Button>
        </Flex>
      }
    >
      <PrintOnly $sheet={SHEET_ID} />
      <ResourceView resource={certificate}>
        {(data) => <CertificateSheet certificate={data} />}
      </ResourceView>
    </PageFrame>
  );
};
