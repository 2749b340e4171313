import { Flex, Link as TextLink } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import type { AccessRequestView, Marks, RecordLabel } from '../api/types';
import { useFormat } from '../hooks/useFormat';
import { useTranslate } from '../hooks/useTranslate';
import { recordHref } from '../utils/recordHref';
import { DateTime } from './DateTime';
import { Facts } from './Facts';
import { MarkBadges, RequestInWords } from './PlainWords';
import { UseLog } from './UseLog';

interface RecordLinkProps {
  type: string;
  record: RecordLabel;
}

/** A governed record by its masked label, leading to its form. */
export const RecordLink = ({ type, record }: RecordLinkProps) => (
  <TextLink tag={Link} to={recordHref(type, record.documentId)}>
    {record.label || record.documentId}
  </TextLink>
);

interface RecordLinksProps {
  type: string;
  /** The first of them. */
  records: RecordLabel[];
  count: number;
}

/** The records by their masks, and how many more there are. */
export const RecordLinks = ({ type, records, count }: RecordLinksProps) => {
  const t = useTranslate();
  const { number } = useFormat();
  const unnamed = count - records.length;
  return (
    <Flex tag="ul" gap={2} wrap="wrap">
      {records.map((record) => (
        <li key={record.documentId}>
          <RecordLink type={type} record={record} />
        </li>
      ))}
      {unnamed > 0 && <li>{t('request.moreRecords', { shown: number(unnamed) })}</li>}
    </Flex>
  );
};

interface RequestDetailsProps {
  request: AccessRequestView;
  marks?: Marks | null;
  /** Shown to the requester. */
  mine?: boolean;
}

/** What a request asks for: in plain words, and the records themselves; and, once it was approved, its use. */
export const RequestDetails = ({ request, marks, mine = false }: RequestDetailsProps) => {
  const t = useTranslate();
  const count = request.recordCount ?? request.records.length;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <RequestInWords request={request} mine={mine} />
      <MarkBadges marks={marks} request={request} />
      <Facts
        facts={[
          {
            name: t('request.records', { count }),
            value: (
              <RecordLinks type={request.recordType} records={request.records} count={count} />
            ),
          },
          { name: t('request.submittedAt'), value: <DateTime value={request.submittedAt} /> },
        ]}
      />
      {request.grant && <UseLog request={request} mine={mine} />}
    </Flex>
  );
};
