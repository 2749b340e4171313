import * as React from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';

import { apiPath } from '../api/paths';
import type { AccessRequestView, UseView } from '../api/types';
import { useFormat } from '../hooks/useFormat';
import { usePages, type Pages } from '../hooks/usePages';
import { useNotify, useSubmission } from '../hooks/useSubmission';
import { useActorName, useAttributeLabel, useTranslate } from '../hooks/useTranslate';
import { DateTime } from './DateTime';
import { LoadMore } from './LoadMore';
import { ReasonDialog } from './ReasonDialog';
import { FailureNotice, Waiting } from './ResourceView';

const MAX_NOTE = 500;

const usesPath = ({ documentId }: AccessRequestView): string =>
  `/access-requests/${encodeURIComponent(documentId)}/uses`;

interface UseListProps {
  type: string;
  pages: Pages<UseView>;
}

const UseList = ({ type, pages }: UseListProps) => {
  const t = useTranslate();
  const label = useAttributeLabel();
  const actorName = useActorName();
  const { list } = useFormat();
  if (pages.failure) return <FailureNotice failure={pages.failure} retry={pages.reload} />;
  if (pages.data === undefined) return <Waiting small />;
  if (pages.data.length === 0) {
    return <Typography textColor="neutral600">{t('uses.empty')}</Typography>;
  }
  const sentence = ({ kind, actor, attributes, recordCount, note }: UseView): string =>
    kind === 'note'
      ? t('uses.note', { name: actorName(actor), note })
      : t('uses.reveal', {
          name: actorName(actor),
          attributes: list(attributes.map((attribute) => label(type, attribute))),
          count: recordCount,
        });
  return (
    <>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={2} aria-label={t('uses.title')}>
        {pages.data.map((use) => (
          <li key={use.id}>
            <Typography variant="pi" textColor="neutral600">
              <DateTime value={use.at} />
            </Typography>{' '}
            <Typography style={{ overflowWrap: 'anywhere' }}>{sentence(use)}</Typography>
          </li>
        ))}
      </Flex>
      <LoadMore pages={pages} />
    </>
  );
};

interface UseLogProps {
  request: AccessRequestView;
  /** Whether the user asked for it, and so may note what it was used for. */
  mine: boolean;
}

/** What was seen under an approved request and what for; asked for when it is opened. */
export const UseLog = ({ request, mine }: UseLogProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const id = React.useId();
  const [open, setOpen] = React.useState(false);
  const [noting, setNoting] = React.useState(false);
  const pages = usePages<UseView>(open ? apiPath(usesPath(request)) : null);

  const close = (): void => {
    submission.clear();
    setNoting(false);
  };

  const add = async (note: string): Promise<void> => {
    if (!(await submission.post(usesPath(request), { note }))) return;
    notify('success', t('uses.added'));
    close();
    setOpen(true);
    pages.reload();
  };

  return (
    <Flex direction="column" alignItems="flex-start" gap={3} width="100%">
      <Flex gap={2}>
        <Button
          variant="tertiary"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'uses.hide' : 'uses.show')}
        </Button>
        {mine && (
          <Button variant="tertiary" onClick={() => setNoting(true)}>
            {t('uses.add')}
          </Button>
        )}
      </Flex>
      <div id={id}>{open && <UseList type={request.recordType} pages={pages} />}</div>
      {noting && (
        <ReasonDialog
          title={t('uses.addTitle')}
          intro={t('uses.addIntro')}
          label={t('uses.noteLabel')}
          required
          maxLength={MAX_NOTE}
          confirmLabel={t('uses.add')}
          submission={submission}
          onConfirm={add}
          onClose={close}
        />
      )}
    </Flex>
  );
};
