// The application that the browser tests walk through: the demo company on a temporary database, without .env.
// It backs up into folders of its own, and may open what it has archived.
// E2E_DIR says where, so that a test can reach the database as the passing of time would; left out, it is anywhere. A file in
// its folder `jobs` runs the job of its name, as the clock would, and is gone when the job has run.
import { existsSync, mkdirSync, mkdtempSync, rmSync, watch, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { requirePlugin } from './lib/app.mjs';
import { startDemo } from './lib/demo.mjs';
import { randomSecrets } from './lib/env.mjs';
import { fail } from './lib/fail.mjs';

const dir = process.env.E2E_DIR || mkdtempSync(path.join(os.tmpdir(), 'governance-e2e-'));
mkdirSync(dir, { recursive: true });
Object.assign(process.env, randomSecrets(), backups(), { HOST: '127.0.0.1', PORT: '1447' });

/** Settings of backups with identities that are made for this run. */
function backups() {
  const { newIdentity } = requirePlugin().services['backup-offline']();
  const made = (name) => {
    const folder = path.join(dir, name);
    mkdirSync(folder, { recursive: true });
    const { identity, recipient } = newIdentity();
    const file = path.join(dir, `${name}.age`);
    writeFileSync(file, `${identity}\n`, { mode: 0o600 });
    return { folder, recipient, file };
  };
  const [data, keys] = [made('backup'), made('backup-keys')];
  return {
    GOVERNANCE_BACKUP_DIRECTORY: data.folder,
    GOVERNANCE_BACKUP_KEYS_DIRECTORY: keys.folder,
    GOVERNANCE_BACKUP_RECIPIENT: data.recipient,
    GOVERNANCE_BACKUP_KEYS_RECIPIENT: keys.recipient,
    GOVERNANCE_BACKUP_IDENTITY_FILE: data.file,
    GOVERNANCE_BACKUP_KEYS_IDENTITY_FILE: keys.file,
    GOVERNANCE_BACKUP_WORK_DIRECTORY: dir,
  };
}

try {
  const { strapi } = await startDemo({ dir: path.join(dir, 'demo') });
  const jobs = path.join(dir, 'jobs');
  mkdirSync(jobs, { recursive: true });
  watch(jobs, async (event, name) => {
    if (event !== 'rename' || !name || !existsSync(path.join(jobs, name))) return;
    const run = (minutes) =>
      strapi
        .plugin('customer-governance')
        .service('jobs')
        .run(name, new Date(Date.now() + minutes * 60_000));
    // The clock itself may have run it in this minute already, and once a minute is all that it runs.
    for (let minutes = 0; !(await run(minutes));) minutes += 1;
    rmSync(path.join(jobs, name), { force: true });
  });
  // Not on the process's exit: Strapi takes all listeners off the process when it ends.
  const destroy = strapi.destroy.bind(strapi);
  strapi.destroy = async () => {
    await destroy();
    rmSync(dir, { recursive: true, force: true });
  };
} catch (error) {
  rmSync(dir, { recursive: true, force: true });
  fail(error);
}
