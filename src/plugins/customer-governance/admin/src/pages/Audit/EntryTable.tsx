import * as React from 'react';

import {
  Box,
  IconButton,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
  VisuallyHidden,
} from '@strapi/design-system';
import { ChevronDown, ChevronUp } from '@strapi/icons';

import type { AuditEntryView, Purpose } from '../../api/types';
import { StateBadge } from '../../components/Badges';
import { DateTime } from '../../components/DateTime';
import { useFormat } from '../../hooks/useFormat';
import {
  useActorName,
  useAttributeLabel,
  useLocalText,
  useTerm,
  useTranslate,
} from '../../hooks/useTranslate';
import { EntryDetails } from './EntryDetails';
import type { Filters } from './filters';

interface EntryTableProps {
  entries: AuditEntryView[];
  /** For their names; an entry holds the code alone. */
  purposes: Purpose[];
  onFilter: (change: Partial<Filters>) => void;
}

const COLUMNS = ['at', 'actor', 'action', 'records', 'attributes', 'purpose', 'outcome'] as const;

interface EntryRowProps {
  entry: AuditEntryView;
  open: boolean;
  onToggle: () => void;
}

const useCells = (purposes: Purpose[]): ((entry: AuditEntryView) => React.ReactNode[]) => {
  const term = useTerm();
  const label = useAttributeLabel();
  const local = useLocalText();
  const actorName = useActorName();
  const { list, number } = useFormat();
  const purposeName = (code: string): string =>
    local(purposes.find((purpose) => purpose.code === code)?.name ?? code);
  return (entry) => [
    <DateTime key="at" value={entry.at} />,
    actorName(entry.actor),
    term('action', entry.action),
    number(entry.recordCount ?? entry.recordIds?.length ?? null),
    list((entry.attributes ?? []).map((name) => label(entry.recordType ?? '', name))),
    entry.purpose ? purposeName(entry.purpose) : '—',
    <StateBadge key="outcome" state={entry.outcome} />,
  ];
};

/** The log's rows; each opens to show everything that was recorded. */
export const EntryTable = ({ entries, purposes, onFilter }: EntryTableProps) => {
  const t = useTranslate();
  const cells = useCells(purposes);
  const [openId, setOpenId] = React.useState<AuditEntryView['id'] | null>(null);

  const row = ({ entry, open, onToggle }: EntryRowProps) => (
    <Tr key={entry.id}>
      {cells(entry).map((cell, index) => (
        <Td key={COLUMNS[index]}>
          {/* Nothing is cut off: what a log shows in part is read as the whole. */}
          <Typography
            tag="div"
            maxWidth="20rem"
            style={COLUMNS[index] === 'at' ? undefined : { whiteSpace: 'normal' }}
          >
            {cell}
          </Typography>
        </Td>
      ))}
      <Td>
        <IconButton
          label={t(open ? 'audit.collapse' : 'audit.expand')}
          variant="ghost"
          aria-expanded={open}
          onClick={onToggle}
        >
          {open ? <ChevronUp /> : <ChevronDown />}
        </IconButton>
      </Td>
    </Tr>
  );

  return (
    <Table
      colCount={COLUMNS.length + 1}
      rowCount={entries.length + 1 + (openId === null ? 0 : 1)}
      aria-label={t('audit.title')}
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
          <Th role="columnheader">
            <VisuallyHidden>{t('audit.details')}</VisuallyHidden>
          </Th>
        </Tr>
      </Thead>
      <Tbody>
        {entries.flatMap((entry) => {
          const open = entry.id === openId;
          const main = row({ entry, open, onToggle: () => setOpenId(open ? null : entry.id) });
          if (!open) return [main];
          return [
            main,
            <Tr key={`${entry.id}-details`}>
              <Td colSpan={COLUMNS.length + 1}>
                <Box padding={4}>
                  <EntryDetails entry={entry} onFilter={onFilter} />
                </Box>
              </Td>
            </Tr>,
          ];
        })}
      </Tbody>
    </Table>
  );
};
