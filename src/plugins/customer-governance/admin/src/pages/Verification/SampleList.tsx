import * as React from 'react';

import { Flex, Typography } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { VerificationItem } from '../../api/verification';
import { SAMPLE_STATES, type SampleState } from '../../api/vocabulary';
import { CardList } from '../../components/CardList';
import { StateFilter } from '../../components/StateFilter';
import { usePages } from '../../hooks/usePages';
import { useTranslate } from '../../hooks/useTranslate';
import { VerificationCard } from './VerificationCard';

/** The customers that were drawn by lot this quarter. */
export const SampleList = () => {
  const t = useTranslate();
  const [state, setState] = React.useState<SampleState | ''>('open');
  const shown = state === '' ? 'open' : state;
  const pages = usePages<VerificationItem>(apiPath('/verification/sample', { state: shown }));
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="space-between" alignItems="flex-end" gap={4} wrap="wrap">
        <Typography textColor="neutral600">{t('verification.sampleIntro')}</Typography>
        <StateFilter states={SAMPLE_STATES} value={shown} onChange={setState} />
      </Flex>
      <CardList
        label={t('verification.sample')}
        pages={pages}
        empty={t('verification.sampleEmpty')}
        idOf={({ documentId }) => documentId}
      >
        {(item) => (
          <VerificationCard
            item={item}
            methods={item.methods}
            sampled
            open={shown === 'open'}
            onDone={pages.reload}
          />
        )}
      </CardList>
    </Flex>
  );
};
