import { PLUGIN_ID } from './pluginId';

/** The plugin's own actions, as the server registers them. */
export type GovernanceAction =
  | 'overview.read'
  | 'approvals.decide'
  | 'access.request'
  | 'changes.request'
  | 'access.revoke'
  | 'lookup'
  | 'retention.read'
  | 'retention.propose'
  | 'retention.review'
  | 'retention.execute'
  | 'retention.supervise'
  | 'retention.rules'
  | 'holds.manage'
  | 'audit.read'
  | 'internal-audits.read'
  | 'internal-audits.manage'
  | 'anomalies.read'
  | 'anomalies.manage'
  | 'plans.read'
  | 'plans.submit'
  | 'web-forms.read'
  | 'assessments.approve'
  | 'data-map.read'
  | 'backup.read'
  | 'backup.run'
  | 'audit.verify'
  | 'audit.export'
  | 'filing.submit'
  | 'filing.review'
  | 'imports.run'
  | 'attachments.upload'
  | 'attachments.remove'
  | 'consents.withdraw'
  | 'verification.record'
  | 'verification.sample'
  | 'notices.read'
  | 'notices.publish'
  | 'register.write'
  | 'register.read'
  | 'register.assign'
  | 'customers.merge';

interface PanelPermission {
  action: string;
  // Actions without a content type are stored with a null subject, and Page.Protect compares strictly.
  subject: null;
}

/** The full action id, as it stands in a role. */
export const actionId = (action: GovernanceAction): string => `plugin::${PLUGIN_ID}.${action}`;

const anyOf = (...actions: GovernanceAction[]): PanelPermission[] =>
  actions.map((action) => ({ action: actionId(action), subject: null }));

/** Who may open which page: whoever may read its lists. Any one of the listed actions is enough. */
export const PAGE_PERMISSIONS = {
  overview: anyOf('overview.read'),
  approvals: anyOf('approvals.decide'),
  requests: anyOf('access.request', 'changes.request'),
  // Whoever asks is told what became of it, and whoever decides that something waits.
  notifications: anyOf(
    'approvals.decide',
    'access.request',
    'changes.request',
    'retention.propose',
    'holds.manage',
    'internal-audits.read',
    'notices.read',
    'anomalies.manage',
    'verification.record',
    'register.write'
  ),
  filing: anyOf('filing.review', 'filing.submit'),
  register: anyOf('register.write'),
  imports: anyOf('imports.run'),
  collection: anyOf('plans.read', 'notices.read', 'web-forms.read'),
  duplicates: anyOf('customers.merge'),
  verification: anyOf('verification.record', 'verification.sample'),
  retention: anyOf('retention.read'),
  anomalies: anyOf('anomalies.read'),
  audit: anyOf('audit.read'),
  audits: anyOf('internal-audits.read'),
  'data-map': anyOf('data-map.read'),
  backup: anyOf('backup.read'),
} as const;

/** The page of one request is for those who ask and those who decide; whose request it is, the server looks at. */
export const REQUEST_PERMISSIONS = anyOf('access.request', 'approvals.decide');

export type GovernancePage = keyof typeof PAGE_PERMISSIONS;

/** Who sees the menu link: everybody who may open at least one page. */
export const MENU_PERMISSIONS: PanelPermission[] = Object.values(PAGE_PERMISSIONS).flat();
