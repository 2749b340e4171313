import * as React from 'react';

import type { InternalAuditView } from '../../api/types';
import { useTranslate } from '../../hooks/useTranslate';

type Titled = Pick<InternalAuditView, 'number' | 'title'>;

/** `A-2030-0003 · First half of the year`; what the job proposed has no title yet. */
export const useAuditTitle = (): ((audit: Titled) => string) => {
  const t = useTranslate();
  return React.useCallback(
    ({ number, title }) => `${number} · ${title ?? t('audits.untitled')}`,
    [t]
  );
};
