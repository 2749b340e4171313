import type { AuditAction } from '../audit/actions';

type Verb = 'create' | 'update' | 'delete';

/** How a change of a row is written: as what, and which attributes say nothing of it. */
export interface ChangeActions {
  create: AuditAction;
  update: AuditAction;
  delete: AuditAction;
}

const actionsOf = <T extends string>(noun: T) => ({
  create: `${noun}.create` as const,
  update: `${noun}.update` as const,
  delete: `${noun}.delete` as const,
});

const RECORD = actionsOf('record');
const USER = actionsOf('user');
const ROLE = actionsOf('role');
const TOKEN = actionsOf('token');
const FILE = actionsOf('file');
const SETTING: ChangeActions = {
  create: 'configuration.change',
  update: 'configuration.change',
  delete: 'configuration.change',
};

/** Strapi's own tables; every other content type is of records. */
const ACTIONS: Readonly<Record<string, ChangeActions>> = {
  'admin::user': USER,
  'plugin::users-permissions.user': USER,
  'admin::role': ROLE,
  'plugin::users-permissions.role': ROLE,
  'admin::api-token': TOKEN,
  'admin::transfer-token': TOKEN,
  'strapi::webhook': actionsOf('webhook'),
  'plugin::upload.file': FILE,
  'plugin::upload.folder': FILE,
  'plugin::i18n.locale': SETTING,
};

export const changeActionsOf = (uid: string): ChangeActions => ACTIONS[uid] ?? RECORD;

/** Where permissions stand, and of what they are: their owner is the record that the log names. */
export const PERMISSIONS: Readonly<Record<string, Record<string, string>>> = {
  'admin::permission': { role: 'admin::role', apiToken: 'admin::api-token' },
  'admin::api-token-permission': { token: 'admin::api-token' },
  'admin::transfer-token-permission': { token: 'admin::transfer-token' },
  'plugin::users-permissions.permission': { role: 'plugin::users-permissions.role' },
};

export const PERMISSION_ACTIONS: Readonly<Record<Verb, AuditAction>> = {
  create: 'permission.grant',
  update: 'permission.change',
  delete: 'permission.revoke',
};

/** Stamps that every use leaves: a write of these alone is no change. */
export const STAMPS: ReadonlySet<string> = new Set(['lastUsedAt', 'lastActiveAt']);

export const SETTINGS_STORE = 'strapi::core-store';

/** Content types of which another part of the product writes the log, or that are no data of anybody. */
export const SILENT: ReadonlySet<string> = new Set([
  'admin::session',
  'plugin::customer-governance.audit-entry',
]);
