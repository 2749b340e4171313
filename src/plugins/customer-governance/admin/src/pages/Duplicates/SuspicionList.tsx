import * as React from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';

import type { FileView, Suspicion } from '../../api/merges';
import { apiPath } from '../../api/paths';
import { Card } from '../../components/Card';
import { CardList } from '../../components/CardList';
import { FileName } from '../../components/Merges/FileName';
import { MergeDialog } from '../../components/Merges/MergeDialog';
import { Notice } from '../../components/Notice';
import { usePages } from '../../hooks/usePages';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTerm, useTranslate } from '../../hooks/useTranslate';

interface SuspicionCardProps {
  suspicion: Suspicion;
  onChanged: () => void;
}

const isInSight = ({ documentId }: FileView): boolean => documentId !== null;

const SuspicionCard = ({ suspicion, onChanged }: SuspicionCardProps) => {
  const t = useTranslate();
  const term = useTerm();
  const notify = useNotify();
  const submission = useSubmission();
  const [merging, setMerging] = React.useState(false);
  const { key, files } = suspicion;
  const [one, other] = files;
  const both = one !== undefined && other !== undefined && files.every(isInSight);
  const title = files.map(({ label, filingNumber }) => label ?? filingNumber ?? '—').join(' / ');

  const keepApart = async (): Promise<void> => {
    const body = { files: files.map(({ documentId }) => documentId) };
    if (!(await submission.post('/duplicates/distinct', body))) return;
    notify('success', t('duplicates.kept'));
    onChanged();
  };

  return (
    <Card
      title={title}
      aside={term('duplicateKey', key)}
      actions={
        both && (
          <>
            <Button
              variant="tertiary"
              loading={submission.busy}
              aria-label={t('duplicates.distinctOf', { title })}
              onClick={() => void keepApart()}
            >
              {t('duplicates.distinct')}
            </Button>
            <Button
              aria-label={t('duplicates.mergeOf', { title })}
              onClick={() => setMerging(true)}
            >
              {t('duplicates.merge')}
            </Button>
          </>
        )
      }
    >
      <Flex gap={8} wrap="wrap" alignItems="flex-start">
        {files.map((file, index) => (
          <FileName key={file.documentId ?? index} file={file} />
        ))}
      </Flex>
      {submission.error && <Notice tone="danger">{submission.error}</Notice>}
      {merging && both && (
        <MergeDialog
          files={[one, other]}
          onDone={() => {
            setMerging(false);
            onChanged();
          }}
          onClose={() => setMerging(false)}
        />
      )}
    </Card>
  );
};

/** Pairs of files that share something by which a customer is known again. */
export const SuspicionList = () => {
  const t = useTranslate();
  const pages = usePages<Suspicion>(apiPath('/duplicates'));
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography textColor="neutral600">{t('duplicates.intro')}</Typography>
      <CardList
        label={t('duplicates.suspected')}
        pages={pages}
        empty={t('duplicates.empty')}
        idOf={({ id }) => id}
      >
        {(suspicion) => <SuspicionCard suspicion={suspicion} onChanged={pages.reload} />}
      </CardList>
    </Flex>
  );
};
