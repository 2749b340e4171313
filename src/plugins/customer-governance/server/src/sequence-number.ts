/** Numbers that begin with one in each year: `D-2030-00042` is the 42nd of 2030. */
export function sequenceNumber(prefix: string, digits: number) {
  const pattern = new RegExp(`^${prefix}-(\\d{4})-(\\d{${digits},})$`);
  const ofYear = (year: string) => `${prefix}-${year}-`;
  return {
    /** What all numbers of a year begin with. */
    ofYear,
    /** The number after `last`, the year's last one so far. */
    next(year: string, last: string | null): string {
      const match = last === null ? null : pattern.exec(last);
      const sequence = match && match[1] === year ? Number(match[2]) + 1 : 1;
      return ofYear(year) + String(sequence).padStart(digits, '0');
    },
  };
}
