import {
  Badge,
  Checkbox,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
} from '@strapi/design-system';

import type { OrderItem } from '../../../api/types';
import { DateTime } from '../../../components/DateTime';
import { RecordLink } from '../../../components/RequestDetails';
import { useTerm, useTranslate } from '../../../hooks/useTranslate';
import { PLUGIN_ID } from '../../../pluginId';
import { departmentName } from '../../../utils/names';
import { toggled } from '../selection';

const CUSTOMER_TYPE = `plugin::${PLUGIN_ID}.customer`;
const COLUMNS = ['customer', 'filingNumber', 'department', 'dueOn', 'status'] as const;

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
  const listed = items.filter(isListed).map(({ documentId }) => documentId);
  const all = listed.length > 0 && listed.every((id) => chosen.has(id));
  return (
    <Table
      colCount={COLUMNS.length + (selectable ? 1 : 0)}
      rowCount={items.length + 1}
      aria-label={t('order.items')}
    >
      <Thead>
        <Tr>
          {selectable && (
            <Th>
              <Checkbox
                aria-label={t('retention.chooseAll')}
                checked={all}
                onCheckedChange={() => onChoose(new Set(all ? [] : listed))}
              />
            </Th>
          )}
          {COLUMNS.map((column) => (
            <Th key={column} role="columnheader">
              <Typography variant="sigma" textColor="neutral600">
                {t(`retention.column.${column}`)}
              </Typography>
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {items.map((item) => (
          <Tr key={item.documentId}>
            {selectable && (
              <Td>
                <Checkbox
                  aria-label={t('retention.choose', {
                    label: item.filingNumber ?? item.label ?? item.documentId,
                  })}
                  checked={chosen.has(item.documentId)}
                  disabled={!isListed(item)}
                  onCheckedChange={() => onChoose(toggled(chosen, item.documentId))}
                />
              </Td>
            )}
            <Td>
              {item.label === null ? (
                <Typography textColor="neutral600">{t('order.itemGone')}</Typography>
              ) : (
                <RecordLink
                  type={CUSTOMER_TYPE}
                  record={{ documentId: item.documentId, label: item.label }}
                />
              )}
            </Td>
            <Td>
              <Typography>{item.filingNumber ?? '—'}</Typography>
            </Td>
            <Td>
              <Typography>{departmentName(item.department) ?? '—'}</Typography>
            </Td>
            <Td>
              <Typography>
                <DateTime value={item.dueOn} dayOnly />
              </Typography>
            </Td>
            <Td>
              <Typography tag="div" maxWidth="28rem" style={{ whiteSpace: 'normal' }}>
                <Badge variant={item.state === 'listed' ? 'primary' : 'neutral'}>
                  {term('itemState', item.state)}
                </Badge>{' '}
                {item.hold && <Badge variant="warning">{t('retention.hold')}</Badge>}
                {item.note && ` ${item.note}`}
              </Typography>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};
