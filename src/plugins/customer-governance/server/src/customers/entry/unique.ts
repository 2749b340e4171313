import type { Finding } from './finding';

interface DatabaseError {
  code?: string;
  message?: string;
  constraint?: string;
}

interface Index {
  name: string;
  columns: readonly string[];
  type?: string;
}

const SQLITE = /UNIQUE constraint failed: \w+\.(\w+)/;

/** Whether a database refused a write because another row has the same value of a unique index. */
export function isUniqueViolation(error: unknown): boolean {
  const { code } = (error ?? {}) as DatabaseError;
  return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE';
}

/**
 * The same as a finding. Strapi answers it with an error 500, and asking beforehand would leave a gap for whoever writes
 * at the same time.
 */
export function uniqueFinding(error: unknown, indexes: readonly Index[]): Finding | null {
  if (!isUniqueViolation(error)) return null;
  const { constraint, message } = error as DatabaseError;
  const column =
    indexes.find(({ name }) => name === constraint)?.columns[0] ?? SQLITE.exec(message ?? '')?.[1];
  if (!column) return null;
  return {
    attribute: attributeNameOf(column),
    reason: 'another record has this value already. Use that record, or choose another value',
  };
}

/** The attribute of a column: `companyName` of `company_name`, `user` of `user_id`. */
function attributeNameOf(column: string): string {
  const name = column.endsWith('_id') && column !== 'document_id' ? column.slice(0, -3) : column;
  return name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
