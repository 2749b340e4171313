import * as React from 'react';

import {
  Checkbox,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
  VisuallyHidden,
} from '@strapi/design-system';

import { useTranslate } from '../hooks/useTranslate';
import { allChosen, toggled, toggledAll } from '../utils/choice';

export interface Column<Row> {
  title: string;
  /** Read aloud only: a column of buttons needs no title to be seen. */
  titleHidden?: boolean;
  /** Long texts wrap at this width; others stay in one line. */
  maxWidth?: string;
  cell: (row: Row) => React.ReactNode;
}

export interface Choosing<Row> {
  chosen: ReadonlySet<string>;
  isChoosable: (row: Row) => boolean;
  /** What the box of a row is called. */
  labelOf: (row: Row) => string;
  onChoose: (chosen: Set<string>) => void;
}

interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  idOf: (row: Row) => string;
  /** With a box to tick in front of each row, and one for all of them. */
  choosing?: Choosing<Row>;
}

const Title = ({ title, titleHidden }: { title: string; titleHidden?: boolean }) =>
  titleHidden ? (
    <VisuallyHidden>{title}</VisuallyHidden>
  ) : (
    <Typography variant="sigma" textColor="neutral600">
      {title}
    </Typography>
  );

/** Rows of the same kind, of which some can be chosen. */
export const DataTable = <Row,>({ label, columns, rows, idOf, choosing }: DataTableProps<Row>) => {
  const t = useTranslate();
  const choosable = choosing ? rows.filter(choosing.isChoosable).map(idOf) : [];
  return (
    <Table
      colCount={columns.length + (choosing ? 1 : 0)}
      rowCount={rows.length + 1}
      aria-label={label}
    >
      <Thead>
        <Tr>
          {choosing && (
            <Th>
              <Checkbox
                aria-label={t('common.chooseAll')}
                checked={allChosen(choosable, choosing.chosen)}
                disabled={choosable.length === 0}
                onCheckedChange={() => choosing.onChoose(toggledAll(choosable, choosing.chosen))}
              />
            </Th>
          )}
          {columns.map((column) => (
            <Th key={column.title} role="columnheader">
              <Title {...column} />
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row) => (
          <Tr key={idOf(row)}>
            {choosing && (
              <Td>
                <Checkbox
                  aria-label={t('common.choose', { label: choosing.labelOf(row) })}
                  checked={choosing.chosen.has(idOf(row))}
                  disabled={!choosing.isChoosable(row)}
                  onCheckedChange={() => choosing.onChoose(toggled(choosing.chosen, idOf(row)))}
                />
              </Td>
            )}
            {columns.map(({ title, maxWidth, cell }) => (
              <Td key={title}>
                {/* The table's cells do not wrap by themselves, and what follows would be pushed out of sight. */}
                <Typography
                  tag="div"
                  {...(maxWidth && { maxWidth, style: { whiteSpace: 'normal' } })}
                >
                  {cell(row)}
                </Typography>
              </Td>
            ))}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};
