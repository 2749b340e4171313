// npm run demo: the application with the demo company, in .data/demo. `npm run demo -- --reset` begins anew.
import path from 'node:path';
import { applyEnv, panelAddress } from './lib/app.mjs';
import { startDemo } from './lib/demo.mjs';
import { ensureEnv } from './lib/env.mjs';
import { fail } from './lib/fail.mjs';
import { root } from './lib/paths.mjs';
import { buildIfNeeded } from './build-if-needed.mjs';

const unknown = process.argv.slice(2).filter((argument) => argument !== '--reset');

try {
  if (unknown.length)
    throw new Error(`Unknown option ${unknown.join(' ')}. There is only --reset.`);
  applyEnv(ensureEnv());
  const reset = process.argv.includes('--reset');
  await buildIfNeeded();
  console.log('Starting …');
  const { strapi, demoLogins } = await startDemo({ dir: path.join(root, '.data/demo'), reset });

  const width = Math.max(...demoLogins.map(({ role }) => role.length));
  const mail = Math.max(...demoLogins.map(({ email }) => email.length));
  const logins = demoLogins.map(
    ({ role, email, password }) => `  ${role.padEnd(width)}  ${email.padEnd(mail)}  ${password}`
  );
  console.log(
    `\nThe demo is running. Stop it with Ctrl+C; \`npm run demo -- --reset\` begins anew.\n\n` +
      `  Panel  ${panelAddress(strapi)}\n\n${logins.join('\n')}\n`
  );
} catch (error) {
  fail(error);
}
