import type { WebFormPolicy } from '../policy';

/** What a visitor needs who fills a form in, and somebody who floods it does not. */
export const webForms: WebFormPolicy = {
  tokenMinutes: 60,
  keepAnswersHours: 24,
  maxBodyBytes: 32 * 1024,
  windowMinutes: 10,
  fetchesPerAddress: 120,
  entriesPerAddress: 10,
  entriesPerForm: 300,
  entriesPerDay: 2000,
};
