// npm run governance -- COMMAND: the product's long work from the command line. The application may run meanwhile; a command
// that was interrupted goes on where it was when it is called again.
import { applyEnv, loadApp } from './lib/app.mjs';
import { ensureEnv } from './lib/env.mjs';
import { fail } from './lib/fail.mjs';
import { buildIfNeeded } from './build-if-needed.mjs';
import { readCommand } from './governance/commands.mjs';

try {
  const { alone, run } = readCommand(process.argv.slice(2));
  if (!alone) applyEnv(ensureEnv());
  await buildIfNeeded();
  if (alone) {
    await run();
    process.exit();
  }
  const strapi = await loadApp({ quiet: true });
  const plugin = strapi.plugin('customer-governance');
  await plugin.service('actor').asSystem('command-line', () => run((name) => plugin.service(name)));
  await strapi.destroy();
  process.exit();
} catch (error) {
  fail(error);
}
