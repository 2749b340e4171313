/** What is wrong with a row as such, so that its cells cannot be told apart. */
export type RowFault = 'quotes' | 'row-too-long' | 'too-many-cells';
/** What is wrong with a cell before anybody asks what it stands for. */
export type CellFault = 'digits-lost' | 'cell-error';

/** A row of a table, as text. */
export interface TableRow {
  /** As a spreadsheet counts it: the headings are usually row 1. */
  number: number;
  cells: string[];
  fault?: RowFault;
  /** By column. */
  cellFaults?: ReadonlyMap<number, CellFault>;
}

/** How much is taken in. */
export interface TableLimits {
  maxColumns: number;
  /** Rows below the headings. */
  maxRows: number;
}

export const isBlank = (row: TableRow): boolean =>
  row.fault === undefined && row.cells.every((cell) => cell.trim() === '');
