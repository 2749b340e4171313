import * as React from 'react';

import { Button, Flex } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';

import type { FilingItem } from '../../api/filing';
import { apiPath } from '../../api/paths';
import { CardList } from '../../components/CardList';
import { ChooseBar } from '../../components/ChooseBar';
import { Notice } from '../../components/Notice';
import { usePages } from '../../hooks/usePages';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { toggled } from '../../utils/choice';
import { FilingCard } from './FilingCard';
import { titleOf } from './title';

const NONE: ReadonlySet<string> = new Set();

/** The user's own customers that are not filed yet: to be submitted, in review, or returned. */
export const OwnList = () => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const pages = usePages<FilingItem>(apiPath('/filing/own'));
  const [chosen, setChosen] = React.useState(NONE);

  const open = (pages.data ?? []).filter(({ state }) => state !== 'in-review');
  const several = open.length > 1;

  const submit = async (what: { documentIds: string[] } | { all: true }): Promise<void> => {
    const answer = await submission.post<{ submitted: number }>('/filing/submit', what);
    if (!answer) return;
    notify('success', t('filing.submitted', { count: answer.submitted }));
    setChosen(NONE);
    pages.reload();
  };

  return (
    <>
      {pages.hasMore && (
        <Flex justifyContent="flex-end" paddingBottom={4}>
          <Button
            variant="secondary"
            startIcon={<PaperPlane />}
            loading={submission.busy}
            onClick={() => void submit({ all: true })}
          >
            {t('filing.submitAll')}
          </Button>
        </Flex>
      )}
      {submission.error && <Notice tone="danger">{submission.error}</Notice>}
      {several && (
        <ChooseBar
          label={t('filing.own')}
          allLabel={t('filing.chooseAll')}
          chosenLabel={(count) => t('filing.chosen', { count })}
          ids={open.map(({ documentId }) => documentId)}
          chosen={chosen}
          onChoose={setChosen}
        >
          <Button
            startIcon={<PaperPlane />}
            loading={submission.busy}
            onClick={() =>
              void submit({
                documentIds: open
                  .map(({ documentId }) => documentId)
                  .filter((id) => chosen.has(id)),
              })
            }
          >
            {t('filing.submitChosen')}
          </Button>
        </ChooseBar>
      )}
      <CardList
        label={t('filing.own')}
        pages={pages}
        empty={t('filing.ownEmpty')}
        idOf={({ documentId }) => documentId}
      >
        {(item) => (
          <FilingCard
            item={item}
            chosen={several && item.state !== 'in-review' ? chosen.has(item.documentId) : undefined}
            onChoose={() => setChosen(toggled(chosen, item.documentId))}
            actions={
              item.state !== 'in-review' && (
                <Button
                  variant="secondary"
                  startIcon={<PaperPlane />}
                  loading={submission.busy}
                  aria-label={t('filing.submitOf', { title: titleOf(item) })}
                  onClick={() => void submit({ documentIds: [item.documentId] })}
                >
                  {t('filing.submit')}
                </Button>
              )
            }
          />
        )}
      </CardList>
    </>
  );
};
