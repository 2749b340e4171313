import type { ImportPolicy } from '../policy';
import { count, shape } from './terms';

export const imports = shape<ImportPolicy>({
  maxBytes: count(1024, 10_000_000_000).required(),
  maxRows: count(1, 10_000_000).required(),
  maxColumns: count(1, 1000).required(),
  keepFileDays: count(0, 365).required(),
  keepIdleDays: count(1, 365).required(),
  keepReportDays: count(1, 3650).required(),
});
