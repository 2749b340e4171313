import { spawn } from 'node:child_process';
import path from 'node:path';
import { pluginDir } from '../lib/paths.mjs';
import { progressLine } from './progress.mjs';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The moment that an option names. @throws Error */
function moment(option, text) {
  const date = new Date(text);
  if (Number.isNaN(date.getTime()) || (text.length === 10 && !DAY.test(text))) {
    throw new Error(`--${option} takes a day such as 2026-01-31, or a moment in ISO 8601.`);
  }
  return date;
}

/** Verifies an export with the script that is in every one; nothing of the application is needed. */
async function verifyExport(directory, witness) {
  const script = path.join(pluginDir, 'dist/verifier/verify.mjs');
  const args = [script, directory, ...(witness ? ['--witness', witness] : [])];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  process.exitCode = await new Promise((resolve) => child.once('close', resolve));
}

/** The audit log: see docs/audit-log.md. */
export const auditCommands = {
  'audit:verify': {
    options: { witness: 'DIR', bundle: 'DIR' },
    does: 'verifies the log, or an export of it, and says what was tampered with',
    alone: ({ bundle }) => bundle !== undefined,
    async run({ service, options: { witness, bundle } }) {
      if (bundle !== undefined) return verifyExport(bundle, witness);
      const result = await service('transparency').verify({
        directories: witness === undefined ? undefined : [path.resolve(witness)],
        progress: progressLine('Verifying'),
      });
      const { size, entries, checkpoints, witnessed, prunedBelow, newest, losses } = result;
      for (const { message } of result.findings) console.log(message);
      if (result.total > result.findings.length) {
        console.log(`… and ${result.total - result.findings.length} more.`);
      }
      for (const { from, to } of losses) {
        console.log(`Entries ${from} to ${to - 1} were lost by a restore; the log itself says so.`);
      }
      if (prunedBelow > 0) {
        console.log(`The entries below ${prunedBelow} were pruned; their hashes were verified.`);
      }
      console.log(
        `${size} entries in the tree, ${entries} of them read; ${checkpoints} checkpoints, and ${witnessed} at witnesses.`
      );
      if (witnessed === 0) {
        console.log(
          'No witness: whether the log was written anew as a whole can only be seen from checkpoints that somebody outside keeps (--witness).'
        );
      }
      if (newest) console.log(`Newest checkpoint: ${newest.size} entries, root ${newest.root}`);
      console.log(
        result.ok ? 'All is as it was signed.' : `NOT as it was signed: ${result.total} found.`
      );
      if (!result.ok) process.exitCode = 1;
    },
  },
  'audit:export': {
    takes: 'DIR',
    options: { from: 'DATE', to: 'DATE' },
    does: 'writes the log into a directory that verifies itself offline',
    async run({ service, given: [directory], options: { from, to } }) {
      const { size, entries, checkpoints } = await service('transparency').exportBundle({
        directory: path.resolve(directory),
        from: from && moment('from', from),
        to: to && moment('to', to),
        progress: progressLine('Exporting'),
      });
      console.log(
        `${entries} entries and ${checkpoints} checkpoints of a tree of ${size} are in ${directory}. Verify them anywhere: node verify.mjs`
      );
    },
  },
  'audit:prune': {
    options: { before: 'DATE' },
    does: 'removes entries that are older than the policy keeps them, in whole tiles',
    async run({ service, options: { before } }) {
      const log = service('transparency');
      const kept = log.keptSince();
      const until = before ? moment('before', before) : kept;
      if (until > kept) {
        throw new Error(
          `The policy keeps what was written since ${kept.toISOString().slice(0, 10)} (audit.keepMonths). Name an earlier day.`
        );
      }
      const removed = await log.prune(until, (count) => console.log(`${count} entries removed.`));
      console.log(
        removed === 0
          ? 'No whole tile of 256 entries is old enough: nothing was removed.'
          : `${removed} entries were removed in all. Their hashes stay, so that all others can be verified as before.`
      );
    },
  },
  'audit:rotate-key': {
    does: 'has a new key sign the log; the next checkpoint is signed by both',
    async run({ service }) {
      const log = service('transparency');
      const { before, after } = await log.changeKey();
      await log.sequence();
      await log.deliver();
      console.log(`Until now: ${before.verifierKey}\nFrom now on: ${after.verifierKey}`);
      console.log(
        'Tell the new key to whoever verifies the log. The old one stays good for what it signed.'
      );
    },
  },
  'audit:resume': {
    does: 'declares a restore, so that a log that has halted is signed again under a new origin',
    async run({ service }) {
      const log = service('transparency');
      const { lostFrom, lostTo } = await log.resume();
      await log.sequence();
      await log.deliver();
      console.log(
        `The log goes on after entry ${lostFrom}. ${lostTo - lostFrom} entries that had been signed are lost; the log itself says so.`
      );
      const { key } = await log.state();
      console.log(`Tell whoever verifies the log its new key: ${key.verifierKey}`);
    },
  },
  'audit:keys': {
    does: 'prints every key that has signed the log, for whoever verifies it',
    async run({ service }) {
      for (const { verifierKey } of await service('transparency').signer().keys()) {
        console.log(verifierKey);
      }
    },
  },
};
