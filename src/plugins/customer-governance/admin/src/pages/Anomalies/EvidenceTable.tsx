import { Typography } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { AlertDetail, AlertView } from '../../api/types';
import { DataTable, type Column } from '../../components/DataTable';
import { DateTime } from '../../components/DateTime';
import { ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { useResource } from '../../hooks/useResource';
import { useAttributeLabel, useTerm, useTranslate } from '../../hooks/useTranslate';

/** The first entries of the log that an alert rests on. */
export const EvidenceTable = ({ alert }: { alert: AlertView }) => {
  const t = useTranslate();
  const term = useTerm();
  const label = useAttributeLabel();
  const { list, number } = useFormat();
  const detail = useResource<AlertDetail>(
    apiPath(`/anomalies/${encodeURIComponent(alert.documentId)}`)
  );
  const columns: Column<AlertDetail['evidence'][number]>[] = [
    { title: t('audit.column.at'), cell: ({ at }) => <DateTime value={at} /> },
    { title: t('audit.column.action'), cell: ({ action }) => term('action', action) },
    { title: t('audit.column.records'), cell: ({ recordCount }) => number(recordCount) },
    {
      title: t('audit.column.attributes'),
      cell: ({ attributes, recordType }) =>
        list(attributes.map((name) => label(recordType ?? '', name))),
    },
  ];
  return (
    <ResourceView resource={detail}>
      {({ evidence, evidenceCount }) => (
        <>
          <DataTable
            label={t('anomalies.entries')}
            columns={columns}
            rows={evidence}
            idOf={({ id }) => String(id)}
          />
          {evidenceCount > evidence.length && (
            <Typography paddingTop={2} textColor="neutral600">
              {t('anomalies.more', { count: evidenceCount - evidence.length })}
            </Typography>
          )}
        </>
      )}
    </ResourceView>
  );
};
