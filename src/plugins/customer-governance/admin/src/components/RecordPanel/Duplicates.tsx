import * as React from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';

import type { FileView, MergeView, Suspicion } from '../../api/merges';
import { apiPath } from '../../api/paths';
import type { Page } from '../../api/types';
import { useResource } from '../../hooks/useResource';
import { useTerm, useTranslate } from '../../hooks/useTranslate';
import { DateTime } from '../DateTime';
import { FileName } from '../Merges/FileName';
import { MergeDialog } from '../Merges/MergeDialog';
import { Section } from './Section';

/** Other files that may be of this customer, and those that have become part of this one. */
export const Duplicates = ({ documentId }: { documentId: string }) => {
  const t = useTranslate();
  const term = useTerm();
  const of = { customer: documentId };
  const suspected = useResource<Page<Suspicion>>(apiPath('/duplicates', of));
  const merges = useResource<Page<MergeView>>(apiPath('/merges', of));
  const [pair, setPair] = React.useState<[FileView, FileView] | null>(null);

  const found = suspected.data?.items ?? [];
  const parts = merges.data?.items ?? [];
  if (found.length + parts.length === 0) return null;
  return (
    <Section title={t('duplicates.title')}>
      {parts.map((merge) => (
        <Typography key={merge.documentId} variant="pi" textColor="neutral600">
          {merge.state === 'pending'
            ? t('merge.waits')
            : t('merge.part', { number: merge.mergedNumber ?? t('merge.notFiled') })}{' '}
          · <DateTime value={merge.decidedAt ?? merge.submittedAt} dayOnly />
        </Typography>
      ))}
      {found.map(({ id, key, files }) => {
        const [one, other] = files;
        const both = one && other && one.documentId !== null && other.documentId !== null;
        const another = files.find((file) => file.documentId !== documentId);
        return (
          <Flex key={id} direction="column" alignItems="flex-start" gap={1}>
            {another && <FileName file={another} />}
            <Typography variant="pi" textColor="neutral600">
              {term('duplicateKey', key)}
            </Typography>
            {both && (
              <Button size="S" variant="secondary" onClick={() => setPair([one, other])}>
                {t('duplicates.merge')}
              </Button>
            )}
          </Flex>
        );
      })}
      {pair && (
        <MergeDialog
          files={pair}
          onDone={() => {
            setPair(null);
            suspected.reload();
            merges.reload();
          }}
          onClose={() => setPair(null)}
        />
      )}
    </Section>
  );
};
