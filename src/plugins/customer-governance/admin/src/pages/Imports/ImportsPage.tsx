import * as React from 'react';

import { Box, Button, Field, Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { Link, useNavigate } from 'react-router-dom';

import type { ImportOptions, ImportView } from '../../api/imports';
import { apiPath } from '../../api/paths';
import { StateBadge } from '../../components/Badges';
import { useFileSize } from '../../components/Attachments/useFileSize';
import { Card } from '../../components/Card';
import { CardList } from '../../components/CardList';
import { DateTime } from '../../components/DateTime';
import { Meter } from '../../components/Meter';
import { Notice } from '../../components/Notice';
import { PageFrame } from '../../components/PageFrame';
import { ResourceView } from '../../components/ResourceView';
import { usePages } from '../../hooks/usePages';
import { useResource } from '../../hooks/useResource';
import { useTransfer } from '../../hooks/useTransfer';
import { useTranslate } from '../../hooks/useTranslate';
import { Counts } from './Counts';
import { importPath } from './paths';

/** Takes a file and goes on with its columns. */
const Upload = ({ limits }: { limits: ImportOptions['limits'] }) => {
  const t = useTranslate();
  const size = useFileSize();
  const navigate = useNavigate();
  const upload = useTransfer();
  const [file, setFile] = React.useState<File | null>(null);
  const [tried, setTried] = React.useState(false);
  const tooLarge = file !== null && file.size > limits.maxBytes;
  const error = tooLarge
    ? t('attachment.tooLarge', { size: size(limits.maxBytes) })
    : tried && !file
      ? t('error.required')
      : undefined;

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!file || tooLarge) return;
    // The file alone is sent: its name often says whose customers it holds.
    const answer = await upload.run('/imports', file);
    if (!answer) return;
    const { documentId } = JSON.parse(await answer.content.text()) as ImportView;
    navigate(importPath(documentId));
  };

  return (
    <Box padding={6} background="neutral0" shadow="tableShadow" hasRadius>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Typography tag="h2" variant="delta">
            {t('imports.upload')}
          </Typography>
          <Typography tag="p">{t('imports.uploadIntro')}</Typography>
          <Field.Root
            name="file"
            required
            error={error}
            hint={t('imports.fileHint', { size: size(limits.maxBytes), rows: limits.maxRows })}
          >
            <Field.Label>{t('imports.file')}</Field.Label>
            <input
              type="file"
              aria-label={t('imports.file')}
              accept=".csv,.txt,.xlsx"
              disabled={upload.busy}
              style={{ font: 'inherit', fontSize: '1.4rem' }}
              onChange={(event) => {
                setFile(event.target.files?.[0] ?? null);
                upload.clear();
              }}
            />
            <Field.Hint />
            <Field.Error />
          </Field.Root>
          {upload.busy && <Meter label={t('attachment.progress')} share={upload.share} />}
          {upload.error && <Notice tone="danger">{upload.error}</Notice>}
          <Flex>
            <Button type="submit" loading={upload.busy}>
              {t('imports.uploadAction')}
            </Button>
          </Flex>
        </Flex>
      </form>
    </Box>
  );
};

const ImportCard = ({ run }: { run: ImportView }) => {
  const t = useTranslate();
  const counts = run.runCounts ?? run.checkCounts;
  return (
    <Card
      title={run.number}
      badges={<StateBadge state={run.state} />}
      aside={<DateTime value={run.uploadedAt} />}
      actions={
        <TextLink tag={Link} to={importPath(run.documentId)}>
          {t('imports.open', { number: run.number })}
        </TextLink>
      }
    >
      {counts ? (
        <Counts counts={counts} />
      ) : (
        <Typography textColor="neutral600">{t('imports.notChecked')}</Typography>
      )}
    </Card>
  );
};

/** Imports of one's own: taking a file in, and how each stands. */
export const ImportsPage = () => {
  const t = useTranslate();
  const options = useResource<ImportOptions>(apiPath('/import-options'));
  const runs = usePages<ImportView>(apiPath('/imports'));
  return (
    <PageFrame title={t('imports.title')} subtitle={t('imports.subtitle')}>
      <Flex direction="column" alignItems="stretch" gap={6}>
        <ResourceView resource={options}>{({ limits }) => <Upload limits={limits} />}</ResourceView>
        <CardList
          label={t('imports.list')}
          pages={runs}
          empty={t('imports.empty')}
          idOf={({ documentId }) => documentId}
        >
          {(run) => <ImportCard run={run} />}
        </CardList>
      </Flex>
    </PageFrame>
  );
};
