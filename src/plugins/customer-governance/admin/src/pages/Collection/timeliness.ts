import type { Timeliness } from '../../api/standards';

interface Counts {
  entered: number;
  late: number;
}

export interface TeamRow {
  id: string;
  /** `null` for customers of no department. */
  name: string | null;
  /** By `YYYY-MM`. */
  months: Map<string, Counts>;
}

/** One row a team, in the order of the report. */
export function byTeam({ teams }: Timeliness): TeamRow[] {
  const rows = new Map<string, TeamRow>();
  for (const { department, month, entered, late } of teams) {
    const id = department?.documentId ?? '';
    const row = rows.get(id) ?? { id, name: department?.name ?? null, months: new Map() };
    row.months.set(month, { entered, late });
    rows.set(id, row);
  }
  return [...rows.values()];
}
