// npm run governance -- COMMAND: the product's long work from the command line. The application may run meanwhile; a command
// that was interrupted goes on where it was when it is called again.
import { applyEnv, loadApp } from './lib/app.mjs';
import { ensureEnv } from './lib/env.mjs';
import { fail } from './lib/fail.mjs';
import { buildIfNeeded } from './build-if-needed.mjs';

const usage = `npm run governance -- COMMAND

  keys:rotate        makes a new key-encryption key and re-wraps every data key under it
  vault:adopt UID    seals the plaintext of a type that was just given the protected field
  vault:check        finds what stands in a protected column without being the mask of a sealed value
`;

const PERCENT = 100;

/** One line that is written over while it goes on, or a line a step where the output is not a terminal. */
function progressLine(what) {
  let last = -1;
  return (done, total) => {
    const percent = total === 0 ? PERCENT : Math.floor((done / total) * PERCENT);
    if (percent === last) return;
    last = percent;
    const line = `${what}: ${done} of ${total} (${percent} %)`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}${done >= total ? '\n' : ''}`);
    else if (percent % 10 === 0) console.log(line);
  };
}

function report(findings) {
  for (const { type, documentId, attribute, reason } of findings) {
    console.log(`${type} ${documentId} ${attribute}: ${reason}`);
  }
  if (findings.length === 0) {
    console.log('Every protected column holds the masks of sealed values and nothing else.');
    return;
  }
  console.log(
    `${findings.length} found. "plaintext": seal it with vault:adopt. "unsealed-mask": the value is not in the vault; enter it again. ` +
      '"missing-mask": the column was emptied behind the vault.'
  );
  process.exitCode = 1;
}

const commands = {
  'keys:rotate': async (upkeep) => {
    const { keyId, rewrapped } = await upkeep.rotate(progressLine('Re-wrapping data keys'));
    console.log(
      `All data keys are under key-encryption key ${keyId}; ${rewrapped} were re-wrapped.`
    );
  },
  'vault:adopt': async (upkeep, uid) => {
    if (!uid) throw new Error(`Which type? ${usage}`);
    const { sealed, refused } = await upkeep.adopt(uid, progressLine(`Sealing ${uid}`));
    console.log(`${sealed} records sealed.`);
    for (const { documentId, problems } of refused) {
      for (const { message } of problems) console.log(`${documentId} ${message}`);
    }
    if (refused.length > 0) {
      console.log('These values were left as they are. Correct them and run the command again.');
    }
    report((await upkeep.check()).filter(({ type }) => type === uid));
  },
  'vault:check': async (upkeep) => report(await upkeep.check(progressLine('Checking'))),
};

const [name, ...rest] = process.argv.slice(2);

try {
  const command = commands[name ?? ''];
  if (!command) throw new Error(usage);
  applyEnv(ensureEnv());
  await buildIfNeeded();
  const strapi = await loadApp({ quiet: true });
  const plugin = strapi.plugin('customer-governance');
  await plugin
    .service('actor')
    .asSystem('command-line', () => command(plugin.service('vault-upkeep'), ...rest));
  await strapi.destroy();
  process.exit();
} catch (error) {
  fail(error);
}
