/** `D-2030-00042`: the 42nd destruction order of the year. */
const PATTERN = /^D-(\d{4})-(\d{5,})$/;

export const orderPrefix = (year: string) => `D-${year}-`;

/** The number after `last`, the year's last one so far. */
export function nextOrderNumber(year: string, last: string | null): string {
  const match = last === null ? null : PATTERN.exec(last);
  const sequence = match && match[1] === year ? Number(match[2]) + 1 : 1;
  return orderPrefix(year) + String(sequence).padStart(5, '0');
}

/** A certificate bears the number of its order, so that there can be only one. */
export const certificateNumber = (orderNumber: string) => orderNumber.replace(/^D-/, 'DC-');
