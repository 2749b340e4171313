import * as React from 'react';

import { Button, Typography } from '@strapi/design-system';
import { CheckCircle } from '@strapi/icons';

import type { FilingItem } from '../../api/filing';
import { apiPath } from '../../api/paths';
import { CardList } from '../../components/CardList';
import { ChooseBar } from '../../components/ChooseBar';
import { useFilingOptions } from '../../components/Filing/useFiling';
import { usePages } from '../../hooks/usePages';
import { useTranslate } from '../../hooks/useTranslate';
import { toggled } from '../../utils/choice';
import { FilingCard } from './FilingCard';
import { ReviewDialog } from './ReviewDialog';
import { titleOf } from './title';

const NONE: ReadonlySet<string> = new Set();

/** What waits for its review: the oldest first, one by one or several at once. */
export const ReviewList = () => {
  const t = useTranslate();
  const pages = usePages<FilingItem>(apiPath('/filing'));
  const { data: options } = useFilingOptions();
  const [chosen, setChosen] = React.useState(NONE);
  const [reviewed, setReviewed] = React.useState<FilingItem[] | null>(null);

  const open = (pages.data ?? []).filter(({ takesPart }) => !takesPart);
  const several = open.length > 1;

  const done = (): void => {
    setReviewed(null);
    setChosen(NONE);
    pages.reload();
  };

  return (
    <>
      {several && (
        <ChooseBar
          label={t('filing.inbox')}
          allLabel={t('filing.chooseAll')}
          chosenLabel={(count) => t('filing.chosen', { count })}
          ids={open.map(({ documentId }) => documentId)}
          chosen={chosen}
          onChoose={setChosen}
        >
          <Button
            startIcon={<CheckCircle />}
            onClick={() => setReviewed(open.filter(({ documentId }) => chosen.has(documentId)))}
          >
            {t('filing.reviewChosen')}
          </Button>
        </ChooseBar>
      )}
      <CardList
        label={t('filing.inbox')}
        pages={pages}
        empty={t('filing.inboxEmpty')}
        idOf={({ documentId }) => documentId}
      >
        {(item) => (
          <FilingCard
            item={item}
            chosen={several && !item.takesPart ? chosen.has(item.documentId) : undefined}
            onChoose={() => setChosen(toggled(chosen, item.documentId))}
            actions={
              item.takesPart ? (
                <Typography variant="pi" textColor="neutral600">
                  {t('filing.takesPart')}
                </Typography>
              ) : (
                <Button
                  startIcon={<CheckCircle />}
                  aria-label={t('filing.reviewOf', { title: titleOf(item) })}
                  onClick={() => setReviewed([item])}
                >
                  {t('filing.review')}
                </Button>
              )
            }
          />
        )}
      </CardList>
      {reviewed && options && (
        <ReviewDialog
          items={reviewed}
          checklist={options.checklist}
          onDone={done}
          onClose={() => setReviewed(null)}
        />
      )}
    </>
  );
};
