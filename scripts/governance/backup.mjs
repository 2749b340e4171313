import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { applyEnv, refuseWhenListening, requireBuilt, requirePlugin } from '../lib/app.mjs';
import { readEnv } from '../lib/env.mjs';
import { root } from '../lib/paths.mjs';
import { progressLine } from './progress.mjs';

const require = createRequire(import.meta.url);

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A size as a person reads it. */
function sizeOf(bytes) {
  const unit = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  const value = bytes / 1024 ** unit;
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}

/** What works without the application, and the settings that the application would have. */
function offline() {
  const { services } = requirePlugin();
  const { env } = require('@strapi/utils');
  const read = (file) => {
    const config = requireBuilt(`config/${file}.js`).default;
    return typeof config === 'function' ? config({ env }) : config;
  };
  process.chdir(root);
  // No secret is made up here: a restore wants those that the installation had.
  applyEnv(readEnv());
  const { keys = {}, backup = {}, files = {} } = read('plugins')['customer-governance'].config;
  const database = read('database').connection;
  return {
    commands: services['backup-offline'](),
    configuration: {
      root,
      database,
      keys,
      backup,
      files: {
        uploads: path.join(root, 'public/uploads'),
        attachments: services['attachments-offline']().restoreTarget(files, root),
      },
    },
  };
}

function report(run) {
  if (run.state === 'failed') {
    throw new Error(`${run.message ?? 'It failed; see the log.'} (${run.reason})`);
  }
}

/** Backups and restores: see docs/operating.md. */
export const backupCommands = {
  'backup:identity': {
    takes: 'FILE',
    does: 'makes an identity of age, writes it into a new file, and prints the recipient',
    alone: () => true,
    async run({ given: [file] }) {
      const { identity, recipient } = offline().commands.newIdentity();
      const text = `# created: ${new Date().toISOString()}\n# public key: ${recipient}\n${identity}\n`;
      await writeFile(path.resolve(file), text, { flag: 'wx', mode: 0o600 });
      console.log(`Recipient: ${recipient}`);
      console.log(
        `${file} opens the archives. Keep it away from this machine and from the archives, with two people in charge.`
      );
    },
  },
  'backup:create': {
    flags: ['full', 'keys'],
    does: 'backs up data and keys: what changed, all (--full), or the keys alone (--keys)',
    async run({ service, options: { full, keys } }) {
      const kind = keys ? 'keys' : full ? 'full' : 'incremental';
      const run = await service('backup').run(kind);
      report(run);
      if (run.dataArchive) {
        console.log(
          `Data: ${run.dataArchive}, ${sizeOf(Number(run.dataBytes))}, SHA-256 ${run.dataDigest}`
        );
      }
      console.log(
        `Keys: ${run.keysArchive}, ${sizeOf(Number(run.keysBytes))}, SHA-256 ${run.keysDigest}`
      );
      console.log(
        run.secondCopy === 'verified'
          ? 'The second destination has a copy, which was read back.'
          : 'There is no second destination (GOVERNANCE_BACKUP_SECOND_DIRECTORY).'
      );
      if ((await service('key-epochs').state()).copy === 'none') {
        console.log(
          'The secrets of key epochs are in no backup, and they have no copy: without them no archive of the keys opens. Set GOVERNANCE_EPOCHS_COPY.'
        );
      }
    },
  },
  'backup:list': {
    does: 'lists the archives, oldest first',
    alone: () => true,
    async run() {
      const { commands, configuration } = offline();
      const archives = await commands.list(configuration);
      for (const { archive, bytes, chain } of archives) {
        const hangsOn = chain.length > 0 ? `, hangs on ${chain.join(', ')}` : '';
        console.log(`${archive}  ${sizeOf(bytes)}${hangsOn}`);
      }
      if (archives.length === 0) console.log('There is no archive.');
    },
  },
  'backup:restore': {
    options: {
      identity: 'FILE',
      'keys-identity': 'FILE',
      from: 'ARCHIVE',
      'keys-from': 'ARCHIVE',
      directory: 'DIR',
      'keys-directory': 'DIR',
      into: 'PLACE',
    },
    flags: ['replace'],
    does: 'restores data, keys or both, with the application stopped',
    alone: () => true,
    async run({ options }) {
      const { commands, configuration } = offline();
      if (options.replace) await refuseWhenListening('first');
      const { data, keys, files, signed } = await commands.restore(configuration, {
        identity: options.identity,
        keysIdentity: options['keys-identity'],
        from: options.from,
        keysFrom: options['keys-from'],
        directory: options.directory,
        keysDirectory: options['keys-directory'],
        into: options.into,
        replace: options.replace,
        progress: progressLine('Restoring'),
      });
      if (data) console.log(`Data: ${data.manifest.archive} of ${data.manifest.createdAt}`);
      if (files) console.log(`${files} files beside the database.`);
      if (keys) console.log(`Keys: ${keys.manifest.archive} of ${keys.manifest.createdAt}`);
      if (!signed) {
        console.log(
          'NOT verified: who signed the archives. There is no key store here to know the key of the log by.'
        );
      }
      console.log(
        'Start the application: what was destroyed since is destroyed again before it answers anybody. ' +
          'Then declare the restore in the audit log: npm run governance -- audit:resume'
      );
    },
  },
  'backup:drill': {
    options: { identity: 'FILE', 'keys-identity': 'FILE' },
    does: 'restores the newest archives beside the application, examines them and keeps a record',
    async run({ service, options }) {
      const at = (file) => file && path.resolve(file);
      const run = await service('backup').run('drill', {
        data: at(options.identity),
        keys: at(options['keys-identity']),
      });
      report(run);
      const { dataArchive, keysArchive, tables, rows, opened, entries } = run.drill;
      console.log(`${dataArchive} and ${keysArchive} were restored into a scratch database.`);
      console.log(
        `${rows} rows of ${tables} tables are there, ${opened} records opened with the restored keys, and ${entries} entries of the audit log are as they were signed.`
      );
    },
  },
};
