import { Badge, Typography } from '@strapi/design-system';

import { useTranslate } from '../hooks/useTranslate';
import { messageId } from '../utils/messages';

interface Row {
  enteredLate?: boolean | null;
}

interface Header {
  name: string;
  [key: string]: unknown;
}

interface Columns {
  displayedHeaders: Header[];
  layout: { metadatas?: object };
}

/** As the Content Manager describes a column of its own. */
const LATE_COLUMN: Header = {
  name: 'enteredLate',
  attribute: { type: 'custom' },
  label: { id: messageId('entry.column'), defaultMessage: 'Entered' },
  searchable: false,
  sortable: false,
};

/** Says of a customer that it was entered later after the first contact than the policy allows. */
export const LateBadge = ({ late }: { late: boolean | null | undefined }) => {
  const t = useTranslate();
  if (late) return <Badge variant="warning">{t('entry.late')}</Badge>;
  return (
    <Typography
      textColor="neutral600"
      aria-label={t(late === false ? 'entry.onTime' : 'entry.unknown')}
    >
      {late === false ? '✓' : '—'}
    </Typography>
  );
};

const cellFormatter = ({ enteredLate }: Row) => <LateBadge late={enteredLate} />;

/** Marks late entries in the Content Manager's list of customers, the only type that knows of them. */
export const withLateBadge = ({ displayedHeaders, layout }: Columns): Columns => {
  if (!layout.metadatas || !('enteredLate' in layout.metadatas)) {
    return { displayedHeaders, layout };
  }
  const shown = displayedHeaders.some(({ name }) => name === 'enteredLate');
  return {
    displayedHeaders: shown
      ? displayedHeaders.map((header) =>
          header.name === 'enteredLate' ? { ...header, cellFormatter } : header
        )
      : [...displayedHeaders, { ...LATE_COLUMN, cellFormatter }],
    layout,
  };
};
