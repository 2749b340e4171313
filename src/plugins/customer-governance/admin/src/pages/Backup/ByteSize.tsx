import { FormattedNumber } from 'react-intl';

import { sizeOf } from './size';

/** A number of bytes as a person reads it; a dash where there is none. */
export const ByteSize = ({ bytes }: { bytes: number | null }) => {
  if (bytes === null) return <>—</>;
  const { value, unit } = sizeOf(bytes);
  return (
    <FormattedNumber
      value={value}
      style="unit"
      unit={unit}
      unitDisplay="short"
      maximumFractionDigits={1}
    />
  );
};
