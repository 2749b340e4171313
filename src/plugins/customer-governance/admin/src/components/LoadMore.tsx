import { Button, Flex } from '@strapi/design-system';

import type { Pages } from '../hooks/usePages';
import { useTranslate } from '../hooks/useTranslate';
import { FailureNotice } from './ResourceView';

/** The button under a list that has further pages, with the trouble that the last try had. */
export const LoadMore = <Item,>({ pages }: { pages: Pages<Item> }) => {
  const t = useTranslate();
  if (!pages.hasMore) return null;
  return (
    <Flex direction="column" alignItems="center" gap={3} paddingTop={4}>
      {pages.moreFailure && <FailureNotice failure={pages.moreFailure} />}
      <Button variant="tertiary" loading={pages.loadingMore} onClick={pages.loadMore}>
        {t('common.loadMore')}
      </Button>
    </Flex>
  );
};
