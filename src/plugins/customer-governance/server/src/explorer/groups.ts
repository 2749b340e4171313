import { AUDIT_ACTIONS, type AuditAction } from '../audit/actions';

/** What an auditor looks for together, by the first part of the actions' names. */
const FAMILIES = {
  'sign-in': ['account', 'credential'],
  reading: [
    'record.view',
    'record.reveal',
    'record.lookup',
    'duplicate.lookup',
    'file.read',
    'use',
  ],
  changes: [
    ...['record', 'file', 'change', 'collection', 'delete', 'consent', 'attachment', 'import'],
    ...['duplicate', 'plan', 'assessment', 'filing', 'verification', 'merge'],
    'notice',
    'web-form',
    ...['ownership', 'visit', 'lead'],
  ],
  requests: ['request', 'grant'],
  retention: ['retention', 'destruction', 'hold'],
  refusals: ['access', 'call'],
  people: ['user', 'role', 'permission', 'token'],
  system: [
    'configuration',
    'data',
    'log',
    'data-map',
    'policy',
    'schema',
    'system',
    'vault',
    'backup',
    'webhook',
    'anomaly',
    'internal-audit',
    'finding',
  ],
} as const;

export type ActionGroup = keyof typeof FAMILIES;
export const ACTION_GROUPS = Object.keys(FAMILIES) as ActionGroup[];

const groups = new Map<string, ActionGroup>(
  ACTION_GROUPS.flatMap((group) => FAMILIES[group].map((family) => [family, group] as const))
);

/** The group of an action; a whole action that a group names goes before its family. */
export function groupOf(action: string): ActionGroup {
  return groups.get(action) ?? groups.get(action.split('.')[0]) ?? 'system';
}

/** Whether a group names the action or its family: what none names would be counted as the system's. */
export const isGrouped = (action: string): boolean =>
  groups.has(action) || groups.has(action.split('.')[0]);

/** The actions of a group. */
export const actionsOf = (group: ActionGroup): AuditAction[] =>
  (Object.keys(AUDIT_ACTIONS) as AuditAction[]).filter((action) => groupOf(action) === group);
