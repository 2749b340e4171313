import { Badge } from '@strapi/design-system';

import type { OrderItem } from '../../../api/types';
import { DataTable, type Column } from '../../../components/DataTable';
import { useTerm, useTranslate } from '../../../hooks/useTranslate';
import { useCustomerColumns } from '../useCustomerColumns';

interface ItemsTableProps {
  items: OrderItem[];
  chosen: ReadonlySet<string>;
  /** Whether some may be chosen: only those that are listed. */
  selectable: boolean;
  onChoose: (chosen: Set<string>) => void;
}

const isListed = ({ state }: OrderItem): boolean => state === 'listed';

/** The customers of an order. Of those who are gone nothing is shown but that they are. */
export const ItemsTable = ({ items, chosen, selectable, onChoose }: ItemsTableProps) => {
  const t = useTranslate();
  const term = useTerm();
  const columns: Column<OrderItem>[] = [
    ...useCustomerColumns(),
    {
      title: t('retention.column.status'),
      maxWidth: '28rem',
      cell: (item) => (
        <>
          <Badge variant={isListed(item) ? 'primary' : 'neutral'}>
            {term('itemState', item.state)}
          </Badge>{' '}
          {item.hold && <Badge variant="warning">{t('retention.hold')}</Badge>}
          {item.note && ` ${item.note}`}
        </>
      ),
    },
  ];
  return (
    <DataTable
      label={t('order.items')}
      columns={columns}
      rows={items}
      idOf={({ documentId }) => documentId}
      choosing={
        selectable
          ? {
              chosen,
              isChoosable: isListed,
              labelOf: ({ label, filingNumber, documentId }) => filingNumber ?? label ?? documentId,
              onChoose,
            }
          : undefined
      }
    />
  );
};
