import * as React from 'react';

import { useIntl } from 'react-intl';

import { fileSize } from '../../utils/fileSize';

/** Sizes of files in the user's own language: `1.5 MB`. */
export const useFileSize = (): ((bytes: number) => string) => {
  const intl = useIntl();
  return React.useCallback(
    (bytes) => {
      const { value, unit } = fileSize(bytes);
      return intl.formatNumber(value, {
        style: 'unit',
        unit,
        unitDisplay: unit === 'byte' ? 'long' : 'short',
        maximumFractionDigits: 1,
      });
    },
    [intl]
  );
};
