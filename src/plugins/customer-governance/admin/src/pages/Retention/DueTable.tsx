import { Badge, Flex } from '@strapi/design-system';

import type { DueItem } from '../../api/types';
import { StageBadge } from '../../components/Badges';
import { DataTable, type Column } from '../../components/DataTable';
import { useRetentionReason } from '../../hooks/useRetentionReason';
import { useTranslate } from '../../hooks/useTranslate';
import { isProposable } from './selection';
import { useCustomerColumns } from './useCustomerColumns';

interface DueTableProps {
  items: DueItem[];
  chosen: ReadonlySet<string>;
  selectable: boolean;
  onChoose: (chosen: Set<string>) => void;
}

/** The due customers as a table with a tick box each. */
export const DueTable = ({ items, chosen, selectable, onChoose }: DueTableProps) => {
  const t = useTranslate();
  const reasonText = useRetentionReason();
  const columns: Column<DueItem>[] = [
    ...useCustomerColumns(),
    {
      title: t('retention.column.reason'),
      maxWidth: '32rem',
      cell: ({ reason }) => (reason ? reasonText(reason) : '—'),
    },
    {
      title: t('retention.column.status'),
      cell: ({ stage, hold, orderDocumentId }) => (
        <Flex gap={2}>
          <StageBadge stage={stage} />
          {hold && <Badge variant="warning">{t('retention.hold')}</Badge>}
          {orderDocumentId && <Badge variant="primary">{t('retention.ordered')}</Badge>}
        </Flex>
      ),
    },
  ];
  return (
    <DataTable
      label={t('retention.due')}
      columns={columns}
      rows={items}
      idOf={({ documentId }) => documentId}
      choosing={
        selectable
          ? {
              chosen,
              isChoosable: isProposable,
              labelOf: ({ label, filingNumber, documentId }) => label ?? filingNumber ?? documentId,
              onChoose,
            }
          : undefined
      }
    />
  );
};
