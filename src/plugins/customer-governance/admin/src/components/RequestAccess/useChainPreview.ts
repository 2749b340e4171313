import * as React from 'react';

import { useFetchClient } from '@strapi/strapi/admin';

import { apiPath } from '../../api/paths';
import type { ChainPreview } from '../../api/types';

/** How long the form must rest before the server is asked. */
const REST_MS = 300;

/**
 * Who would have to approve the request as it is written so far; undefined while that is not known. What is wrong with the
 * request itself is said on submitting it, not here.
 */
export const useChainPreview = (path: string, input: object | null): ChainPreview | undefined => {
  const { post } = useFetchClient();
  const question = input && JSON.stringify(input);
  const [known, setKnown] = React.useState<{ question: string; preview: ChainPreview }>();

  React.useEffect(() => {
    if (question === null) return undefined;
    let dropped = false;
    const timer = setTimeout(() => {
      post<ChainPreview>(apiPath(path), JSON.parse(question))
        .then(({ data }) => {
          if (!dropped) setKnown({ question, preview: data });
        })
        .catch(() => undefined);
    }, REST_MS);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [path, post, question]);

  return known && known.question === question ? known.preview : undefined;
};
