import { Flex, Link as TextLink } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import type { AccessRequestView, RecordLabel } from '../api/types';
import { useFormat } from '../hooks/useFormat';
import { useLocalText, useTranslate } from '../hooks/useTranslate';
import { AttributeList } from './Badges';
import { DateTime } from './DateTime';
import { Facts } from './Facts';
import { UseLog } from './UseLog';

const recordHref = (type: string, documentId: string): string =>
  `/content-manager/collection-types/${encodeURIComponent(type)}/${encodeURIComponent(documentId)}`;

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

interface RequestDetailsProps {
  request: AccessRequestView;
  /** Whether it is the user's own. */
  mine?: boolean;
}

/** What a request asks for: purpose, records, attributes, term, reason; and, once it was approved, its use. */
export const RequestDetails = ({ request, mine = false }: RequestDetailsProps) => {
  const t = useTranslate();
  const local = useLocalText();
  const { number } = useFormat();
  const count = request.recordCount ?? request.records.length;
  const unnamed = count - request.records.length;
  return (
    <>
      <Facts
        facts={[
          { name: t('request.purpose'), value: local(request.purpose?.name) },
          {
            name: t('request.attributes'),
            value: (
              <AttributeList
                type={request.recordType}
                attributes={request.attributes}
                levels={request.levels}
              />
            ),
          },
          {
            name: t('request.records', { count }),
            value: (
              <Flex tag="ul" gap={3} wrap="wrap">
                {request.records.map((record) => (
                  <li key={record.documentId}>
                    <RecordLink type={request.recordType} record={record} />
                  </li>
                ))}
                {unnamed > 0 && <li>{t('request.moreRecords', { shown: number(unnamed) })}</li>}
              </Flex>
            ),
          },
          {
            name: t('request.term'),
            value: t('request.termDays', {
              days: request.termDays,
              shown: number(request.termDays),
            }),
          },
          { name: t('request.reason'), value: request.reason },
          { name: t('request.submittedAt'), value: <DateTime value={request.submittedAt} /> },
        ]}
      />
      {request.grant && <UseLog request={request} mine={mine} />}
    </>
  );
};
