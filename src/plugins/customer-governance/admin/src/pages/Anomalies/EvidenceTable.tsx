import { Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { AlertDetail, AlertView } from '../../api/types';
import { DateTime } from '../../components/DateTime';
import { ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { useResource } from '../../hooks/useResource';
import { useAttributeLabel, useTerm, useTranslate } from '../../hooks/useTranslate';

const COLUMNS = ['at', 'action', 'records', 'attributes'] as const;

/** The first entries of the log that an alert rests on. */
export const EvidenceTable = ({ alert }: { alert: AlertView }) => {
  const t = useTranslate();
  const term = useTerm();
  const label = useAttributeLabel();
  const { list, number } = useFormat();
  const detail = useResource<AlertDetail>(
    apiPath(`/anomalies/${encodeURIComponent(alert.documentId)}`)
  );
  return (
    <ResourceView resource={detail}>
      {({ evidence, evidenceCount }) => (
        <>
          <Table
            colCount={COLUMNS.length}
            rowCount={evidence.length + 1}
            aria-label={t('anomalies.entries')}
          >
            <Thead>
              <Tr>
                {COLUMNS.map((column) => (
                  <Th key={column} role="columnheader">
                    <Typography variant="sigma" textColor="neutral600">
                      {t(`audit.column.${column}`)}
                    </Typography>
                  </Th>
                ))}
              </Tr>
            </Thead>
            <Tbody>
              {evidence.map((entry) => (
                <Tr key={entry.id}>
                  <Td>
                    <DateTime value={entry.at} />
                  </Td>
                  <Td>{term('action', entry.action)}</Td>
                  <Td>{number(entry.recordCount)}</Td>
                  <Td>
                    {list(entry.attributes.map((name) => label(entry.recordType ?? '', name)))}
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
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
