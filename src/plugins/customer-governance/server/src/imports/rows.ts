import type { Core } from '@strapi/strapi';
import { insertRows } from '../bulk-insert';
import { chunks, tablesOf } from '../database';
import { IMPORT_ROWS } from './models';
import type { Note, RowState } from './outcome';
import type { Phase } from './runs';

export type StoredState = RowState | 'removed' | 'kept';

/** What became of a row, as it is stored. */
export interface StoredRow {
  row: number;
  state: StoredState;
  recordId: string | null;
  notes: Note[];
}

interface DatabaseRow {
  row_number: number;
  state: StoredState;
  record_id: string | null;
  findings: string | null;
}

const ROWS_PER_QUERY = 500;

const read = (row: DatabaseRow): StoredRow => ({
  row: Number(row.row_number),
  state: row.state,
  recordId: row.record_id,
  notes: row.findings ? (JSON.parse(row.findings) as Note[]) : [],
});

/** The outcomes of rows, by run and phase. */
export function createRows(strapi: Core.Strapi) {
  return {
    /** Joins the running transaction. */
    async insert(run: number, phase: Phase, rows: readonly StoredRow[]): Promise<void> {
      await insertRows(
        strapi,
        IMPORT_ROWS,
        ['run', 'phase', 'row_number', 'state', 'record_id', 'findings'],
        rows.map(({ row, state, recordId, notes }) => [
          run,
          phase,
          row,
          state,
          recordId,
          notes.length > 0 ? JSON.stringify(notes) : null,
        ])
      );
    },

    /** A page of outcomes in the order of the file. @param states of which, all when left out. */
    async page(
      run: number,
      phase: Phase,
      after: number,
      limit: number,
      states?: readonly StoredState[]
    ): Promise<StoredRow[]> {
      const query = (await tablesOf(strapi))(IMPORT_ROWS)
        .where({ run, phase })
        .andWhere('row_number', '>', after)
        .orderBy('row_number')
        .limit(limit);
      if (states) query.whereIn('state', [...states]);
      return ((await query) as DatabaseRow[]).map(read);
    },

    /** The same for what is worth telling: not the rows that went in as they were. */
    async notable(run: number, phase: Phase, after: number, limit: number): Promise<StoredRow[]> {
      const query = (await tablesOf(strapi))(IMPORT_ROWS)
        .where({ run, phase })
        .andWhere('row_number', '>', after)
        .andWhere((term) => term.whereNot('state', 'good').orWhereNotNull('findings'))
        .orderBy('row_number')
        .limit(limit);
      return ((await query) as DatabaseRow[]).map(read);
    },

    async mark(run: number, phase: Phase, rows: readonly number[], state: StoredState) {
      for (const part of chunks(rows, ROWS_PER_QUERY)) {
        await (
          await tablesOf(strapi)
        )(IMPORT_ROWS)
          .where({ run, phase })
          .whereIn('row_number', part)
          .update({ state });
      }
    },

    async forget(run: number, phase?: Phase): Promise<void> {
      await (
        await tablesOf(strapi)
      )(IMPORT_ROWS)
        .where(phase ? { run, phase } : { run })
        .delete();
    },
  };
}

export type Rows = ReturnType<typeof createRows>;
