// npm start: builds what is not built, makes .env at the first start, runs the application.
import { applyEnv, panelAddress, refuseWhenListening, startApp } from './lib/app.mjs';
import { ensureEnv } from './lib/env.mjs';
import { fail } from './lib/fail.mjs';
import { buildIfNeeded } from './build-if-needed.mjs';

try {
  applyEnv(ensureEnv());
  await refuseWhenListening('first');
  await buildIfNeeded();
  console.log('Starting …');
  const strapi = await startApp();
  console.log(`\nCustomer Governance is running.\n\n  Panel  ${panelAddress(strapi)}\n`);
} catch (error) {
  fail(error);
}
