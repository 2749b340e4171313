const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
const STEP = 1024;

/** A size in the largest unit of which there is at least one: `1.5` and `megabyte`. */
export const fileSize = (bytes: number): { value: number; unit: (typeof UNITS)[number] } => {
  const power = bytes < STEP ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  return { value: bytes / STEP ** power, unit: UNITS[power] ?? 'byte' };
};
