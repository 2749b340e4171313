const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const STEP = 1000;

/** A number of bytes in the unit that suits it, for `Intl.NumberFormat`. */
export function sizeOf(bytes: number): { value: number; unit: (typeof UNITS)[number] } {
  let value = bytes;
  let at = 0;
  while (value >= STEP && at < UNITS.length - 1) {
    value /= STEP;
    at += 1;
  }
  return { value, unit: UNITS[at] ?? 'byte' };
}
