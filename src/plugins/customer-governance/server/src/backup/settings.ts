import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { readRecipient } from './archive/age';

/** `backup` of the plugin's configuration. */
export interface BackupConfiguration {
  directory?: string;
  secondDirectory?: string;
  keysDirectory?: string;
  recipient?: string;
  keysRecipient?: string;
  identity?: string;
  keysIdentity?: string;
  tools?: string;
  work?: string;
}

/** What is made of it: absolute paths, nothing half. */
export interface BackupSettings {
  directory: string;
  secondDirectory: string | null;
  keysDirectory: string;
  recipient: string;
  keysRecipient: string;
  /** Files with the identities, where drills run by themselves. */
  identity: string | null;
  keysIdentity: string | null;
}

const NAMES: Record<keyof BackupConfiguration, string> = {
  directory: 'GOVERNANCE_BACKUP_DIRECTORY',
  secondDirectory: 'GOVERNANCE_BACKUP_SECOND_DIRECTORY',
  keysDirectory: 'GOVERNANCE_BACKUP_KEYS_DIRECTORY',
  recipient: 'GOVERNANCE_BACKUP_RECIPIENT',
  keysRecipient: 'GOVERNANCE_BACKUP_KEYS_RECIPIENT',
  identity: 'GOVERNANCE_BACKUP_IDENTITY_FILE',
  keysIdentity: 'GOVERNANCE_BACKUP_KEYS_IDENTITY_FILE',
  tools: 'GOVERNANCE_BACKUP_TOOLS',
  work: 'GOVERNANCE_BACKUP_WORK_DIRECTORY',
};
const NEEDED = ['directory', 'keysDirectory', 'recipient', 'keysRecipient'] as const;
const OPTIONAL = ['secondDirectory', 'identity', 'keysIdentity'] as const;

/**
 * The settings of backups. @param base of relative paths
 * @returns null where nothing is set: then nothing is backed up.
 * @throws Error that says what is missing or wrong, so that nobody believes in backups that there are not.
 */
export function readBackupSettings(
  given: BackupConfiguration,
  base: string
): BackupSettings | null {
  const missing = NEEDED.filter((name) => !given[name]);
  if (missing.length === NEEDED.length && OPTIONAL.every((name) => !given[name])) return null;
  if (missing.length > 0) {
    throw new Error(
      `Backups are set up in part: ${missing.map((name) => NAMES[name]).join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing.`
    );
  }
  const at = (name: keyof BackupConfiguration) => {
    const value = given[name];
    return value ? path.resolve(base, value) : null;
  };
  const settings: BackupSettings = {
    directory: at('directory') as string,
    secondDirectory: at('secondDirectory'),
    keysDirectory: at('keysDirectory') as string,
    recipient: String(given.recipient),
    keysRecipient: String(given.keysRecipient),
    identity: at('identity'),
    keysIdentity: at('keysIdentity'),
  };
  for (const name of ['recipient', 'keysRecipient'] as const) {
    if (!readRecipient(settings[name])) {
      throw new Error(
        `${NAMES[name]} is no recipient of age: it begins with age1. "npm run governance -- backup:identity" makes one.`
      );
    }
  }
  if (settings.recipient === settings.keysRecipient) {
    throw new Error(
      `${NAMES.recipient} and ${NAMES.keysRecipient} are the same: whoever opens one archive would open the other. Make two identities.`
    );
  }
  const pairs = [
    ['keysDirectory', 'directory'],
    ['keysDirectory', 'secondDirectory'],
    ['secondDirectory', 'directory'],
  ] as const;
  for (const [one, other] of pairs) {
    const [a, b] = [settings[one], settings[other]];
    if (a && b && (isWithin(a, b) || isWithin(b, a))) {
      throw new Error(
        `${NAMES[one]} and ${NAMES[other]} are one within the other. They must be apart, best on different machines.`
      );
    }
  }
  return settings;
}

/** Whether a path is a folder or something in it. */
export function isWithin(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

/** Where snapshots lie while they are written: on this machine, and only so long. Whatever else lies there is removed. */
export const workDirectory = (given: BackupConfiguration, base: string): string =>
  path.join(path.resolve(base, given.work ?? '.data'), 'backup-work');

export const backupConfiguration = (strapi: Core.Strapi): BackupConfiguration =>
  strapi.config.get('plugin::customer-governance.backup', {}) as BackupConfiguration;

/** @see readBackupSettings */
export const backupSettings = (strapi: Core.Strapi): BackupSettings | null =>
  readBackupSettings(backupConfiguration(strapi), strapi.dirs.app.root);
