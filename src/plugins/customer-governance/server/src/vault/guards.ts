import { isDeepStrictEqual } from 'node:util';

type Data = Readonly<Record<string, unknown>>;

/** Asked before stored values of a governed record become others, under the lock of its row: the last line. */
export interface ChangeGuard {
  /** Whether the guard has anything to say of the attribute. */
  watches(uid: string, attribute: string): boolean;
  /**
   * In the transaction of the write, before it.
   * @param attributes those whose stored value would be replaced or emptied. @throws to refuse the write.
   */
  check(uid: string, attributes: readonly string[], documentId: string): void | Promise<void>;
}

export const isWatched = (guards: readonly ChangeGuard[], uid: string, data: Data): boolean =>
  guards.some((guard) => Object.keys(data).some((attribute) => guard.watches(uid, attribute)));

const isAbsent = (value: unknown) => value === null || value === undefined || value === '';

/** The attributes for which the record has a value and the write another one, or none. */
export function changedValues(data: Data, stored: Data): string[] {
  return Object.keys(data).filter(
    (attribute) => !isAbsent(stored[attribute]) && changedValue(data[attribute], stored[attribute])
  );
}

/** Whether a value becomes another one. */
export const changedValue = (written: unknown, stored: unknown): boolean =>
  !isDeepStrictEqual(comparable(written), comparable(stored));

/** Instants come as texts, as dates and, out of SQLite, as milliseconds. */
function comparable(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return Date.parse(value);
  return value ?? null;
}
