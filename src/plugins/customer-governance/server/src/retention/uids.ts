import { PLAN, PURPOSE } from '../collection/uids';
import { CONSENT } from '../consents/consents';
import { NOTICE } from '../consents/notices/models';
import { resolveType } from '../policy';
import { ATTACHMENT, CONTACT, CUSTOMER } from '../policy/attribute-path';

export { ATTACHMENT, CONSENT, CONTACT, CUSTOMER, NOTICE, PLAN, PURPOSE };
export const RULE = resolveType('retention-rule');
export const RULE_CHANGE = resolveType('retention-rule-change');
export const HOLD = resolveType('legal-hold');
export const ORDER = resolveType('destruction-order');
export const TASK = resolveType('destruction-task');
export const CERTIFICATE = resolveType('destruction-certificate');

/** What hangs on a customer and goes with it, in the order in which it goes. */
export const DEPENDENTS = [CONSENT, HOLD, ATTACHMENT, CONTACT] as const;

/** Whatever a legal hold can cover: customers, and what hangs on them. */
export const HOLDABLE: readonly string[] = [CUSTOMER, ...DEPENDENTS.filter((uid) => uid !== HOLD)];

/** The kind under which orders are approved; the policy's approval rules name it. */
export const DESTRUCTION_KIND = 'destruction';

/** The kind under which changes of retention rules are approved. */
export const RULE_KIND = 'retention-rule';

/** The governed operations of this domain. */
export const OPERATIONS = {
  /** Orders and certificates, and the removal that they order. */
  destruction: 'destruction',
  /** Removing again what a restored backup brought back. */
  repeat: 'destruction.repeat',
  /** What goes along when a customer is deleted by permission. */
  cascade: 'retention.cascade',
  /** Reminders of holds. */
  holds: 'retention.holds',
  ruleSync: 'retention.rules',
  ruleChange: 'retention.rule-change',
} as const;

/** Whether rows are being removed by this domain itself, which has asked for holds before. */
export const isRemoval = (operation: string | undefined) =>
  operation === OPERATIONS.destruction ||
  operation === OPERATIONS.repeat ||
  operation === OPERATIONS.cascade;
