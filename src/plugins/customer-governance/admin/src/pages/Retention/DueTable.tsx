import {
  Badge,
  Checkbox,
  Flex,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
} from '@strapi/design-system';

import type { DueItem } from '../../api/types';
import { DateTime } from '../../components/DateTime';
import { RecordLink } from '../../components/RequestDetails';
import { useRetentionReason } from '../../hooks/useRetentionReason';
import { useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { departmentName } from '../../utils/names';
import { allChosen, isProposable, toggled, toggledAll } from './selection';

interface DueTableProps {
  items: DueItem[];
  chosen: ReadonlySet<string>;
  selectable: boolean;
  onChoose: (chosen: Set<string>) => void;
}

const CUSTOMER_TYPE = `plugin::${PLUGIN_ID}.customer`;

const COLUMNS = ['customer', 'filingNumber', 'department', 'dueOn', 'reason', 'status'] as const;

/** The due customers as a table with a tick box each. */
export const DueTable = ({ items, chosen, selectable, onChoose }: DueTableProps) => {
  const t = useTranslate();
  const reasonText = useRetentionReason();
  return (
    <Table
      colCount={COLUMNS.length + (selectable ? 1 : 0)}
      rowCount={items.length + 1}
      aria-label={t('retention.due')}
    >
      <Thead>
        <Tr>
          {selectable && (
            <Th>
              <Checkbox
                aria-label={t('retention.chooseAll')}
                checked={allChosen(items, chosen)}
                onCheckedChange={() => onChoose(toggledAll(items, chosen))}
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
                    label: item.label ?? item.filingNumber ?? item.documentId,
                  })}
                  checked={chosen.has(item.documentId)}
                  disabled={!isProposable(item)}
                  onCheckedChange={() => onChoose(toggled(chosen, item.documentId))}
                />
              </Td>
            )}
            <Td>
              <RecordLink
                type={CUSTOMER_TYPE}
                record={{ documentId: item.documentId, label: item.label }}
              />
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
              {/* The table's cells do not wrap by themselves, and the status would be pushed out of sight. */}
              <Typography tag="div" maxWidth="32rem" style={{ whiteSpace: 'normal' }}>
                {item.reason ? reasonText(item.reason) : '—'}
              </Typography>
            </Td>
            <Td>
              <Flex gap={2}>
                {item.hold && <Badge variant="warning">{t('retention.hold')}</Badge>}
                {item.orderDocumentId && <Badge variant="primary">{t('retention.ordered')}</Badge>}
              </Flex>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};
