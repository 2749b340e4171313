import type { useTranslate } from '../hooks/useTranslate';
import { PLUGIN_ID } from '../pluginId';
import type { Column } from './DataTable';
import { RecordLink } from './RequestDetails';

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;

interface CustomerRow {
  documentId: string;
  filingNumber: string | null;
}

interface Naming<Row> {
  /** What the customer is called by the masks that there are. */
  labelOf: (row: Row) => string | null;
  /** What stands there instead of a link where there is no name. */
  nameless?: string;
}

/** With what every list of customers begins: who it is, with a link to the record, and its filing number. */
export const customerColumns = <Row extends CustomerRow>(
  t: ReturnType<typeof useTranslate>,
  { labelOf, nameless }: Naming<Row>
): Column<Row>[] => [
  {
    title: t('retention.column.customer'),
    cell: (row) => {
      const label = labelOf(row);
      return label === null && nameless !== undefined ? (
        nameless
      ) : (
        <RecordLink type={CUSTOMER} record={{ documentId: row.documentId, label: label ?? '—' }} />
      );
    },
  },
  {
    title: t('retention.column.filingNumber'),
    cell: ({ filingNumber }) => filingNumber ?? '—',
  },
];
