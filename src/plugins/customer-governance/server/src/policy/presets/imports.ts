import type { ImportPolicy } from '../policy';

const MEGABYTE = 1024 * 1024;

/** A million customers with twenty columns are some two hundred megabytes. */
export const imports: Omit<ImportPolicy, 'keepFileDays'> = {
  maxBytes: 512 * MEGABYTE,
  maxRows: 1_000_000,
  maxColumns: 200,
  keepIdleDays: 7,
  keepReportDays: 90,
};
