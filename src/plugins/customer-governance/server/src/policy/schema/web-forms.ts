import type { WebFormPolicy } from '../policy';
import { count, shape } from './terms';

export const webForms = shape<WebFormPolicy>({
  tokenMinutes: count(1, 1440).required(),
  keepAnswersHours: count(1, 168).required(),
  maxBodyBytes: count(1024, 1_000_000).required(),
  windowMinutes: count(1, 1440).required(),
  fetchesPerAddress: count(1, 100_000).required(),
  entriesPerAddress: count(1, 100_000).required(),
  entriesPerForm: count(1, 1_000_000).required(),
  entriesPerDay: count(1, 10_000_000).required(),
});
