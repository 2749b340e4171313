import { birthDate } from '../vault/kinds/birth-date';
import { residentId } from '../vault/kinds/resident-id';

/** The day of birth that the fields tell, as `YYYY-MM-DD`, or `null`. A resident ID has it in its digits. */
function bornOn(fields: Readonly<Record<string, unknown>>): string | null {
  const born = birthDate.parse(String(fields.birthDate ?? ''));
  if (born.ok) return born.value;
  const id = residentId.parse(String(fields.residentId ?? ''));
  return id.ok ? id.value.slice(6, 14).replace(/^(\d{4})(\d{2})/, '$1-$2-') : null;
}

/**
 * Whether the visitor is too young to agree alone [COL-4]. @param today the day in the company's time zone.
 */
export function isUnderAge(
  fields: Readonly<Record<string, unknown>>,
  years: number,
  today: string
): boolean {
  const born = bornOn(fields);
  if (born === null) return false;
  const ofAge = `${String(Number(born.slice(0, 4)) + years).padStart(4, '0')}${born.slice(4)}`;
  return ofAge > today;
}
