import type { Core } from '@strapi/strapi';
import {
  ABSENCE,
  ASSESSMENT,
  ATTACHMENT,
  CONSENT,
  CONTACT,
  CUSTOMER,
  DEPARTMENT,
  HOLD,
  NOTICE,
  LEAD,
  GROUP,
  PARTNER,
  PLAN,
  PLUGIN,
  PURPOSE,
  RETENTION_RULE,
  STAFF,
  WEB_FORM,
} from './uids';

export const ROLE_NAMES = [
  'Sales representative',
  'Department head',
  'Leadership',
  'Information department',
  'Entry staff',
  'Auditor',
  'Supervisor',
  'Legal counsel',
] as const;
export type RoleName = (typeof ROLE_NAMES)[number];

interface Permission {
  action: string;
  subject: string | null;
  properties: { fields?: string[] };
  conditions: string[];
}

type Explorer = 'read' | 'create' | 'update' | 'delete';
type Condition = 'own' | 'team' | 'department';

const explorer = (
  actions: Explorer[],
  subject: string,
  fields: string[],
  condition?: Condition
): Permission[] =>
  actions.map((action) => ({
    action: `plugin::content-manager.explorer.${action}`,
    subject,
    // Deleting is of the whole record: the action knows no fields.
    properties: action === 'delete' ? {} : { fields },
    conditions: condition ? [`plugin::${PLUGIN}.${condition}`] : [],
  }));

const reveal = (subject: string, fields: string[], condition: Condition): Permission => ({
  action: `plugin::${PLUGIN}.reveal`,
  subject,
  properties: { fields },
  conditions: [`plugin::${PLUGIN}.${condition}`],
});

const plugin = (...actions: string[]): Permission[] =>
  actions.map((action) => ({
    action: `plugin::${PLUGIN}.${action}`,
    subject: null,
    properties: {},
    conditions: [],
  }));

/** What is known of the customer itself. */
const ABOUT_CUSTOMER = [
  ...['kind', 'name', 'companyName', 'creditCode', 'industry', 'website', 'companySize'],
  ...['position', 'contactDepartment', 'needs', 'decisionChain', 'mobile', 'landline', 'email'],
  ...['wechat', 'address', 'birthDate', 'residentId', 'passport', 'bankCard', 'notes'],
  'region',
];
/** How the relation to the customer stands; its owner keeps it current. */
const RELATION = [
  ...['stage', 'lastContactOn', 'plannedFollowUp', 'relationEndedOn', 'inDispute'],
  'erasureRequestedOn',
];
const ORIGIN = ['source', 'method', 'partner', 'firstContactAt', 'firstContactMethod', 'plan'];
const RESPONSIBILITY = ['owner', 'department', 'keyCustomer', 'group'];
const KEPT = [
  ...['filingState', 'filingNumber', 'filedAt', 'enteredBy'],
  ...['enteredLate', 'entryDelayMinutes', 'retentionDueOn', 'retentionReason'],
];

const ENTERED_OF_CUSTOMER = [...ABOUT_CUSTOMER, ...RELATION, ...ORIGIN, ...RESPONSIBILITY];
const CUSTOMER_FIELDS = [...ENTERED_OF_CUSTOMER, ...KEPT];
const ABOUT_CONTACT = ['name', 'mobile', 'landline', 'email', 'wechat', 'position', 'role'];
const CONTACT_FIELDS = [...ABOUT_CONTACT, 'customer'];
const ENTERED_OF_CONSENT = [
  ...['reference', 'customer', 'purpose', 'scope', 'state', 'evidenceKind', 'evidence'],
  ...['evidenceFile', 'noticeVersion', 'guardian', 'givenAt', 'expiresAt', 'channel', 'notice'],
  ...['guardianContact', 'guardianRelationship'],
];
const CONSENT_FIELDS = [
  ...ENTERED_OF_CONSENT,
  ...['withdrawnAt', 'noticeHash', 'confirmedAt', 'confirmedFrom', 'confirmedIn'],
];
const NOTICE_FIELDS = [
  ...['title', 'code', 'version', 'texts', 'state', 'textHash', 'publisher', 'issuedAt'],
  ...['replacedAt', 'reliedUntil'],
];
const FILE_FIELDS = [
  ...['displayName', 'customer', 'kind', 'date', 'content', 'sensitiveContent', 'mime', 'size'],
  ...['digest', 'state', 'uploadedBy', 'removedAt', 'removedBy', 'removalReason'],
];
const PLAN_FIELDS = [
  ...['title', 'code', 'goal', 'purposes', 'attributes', 'channels', 'method', 'startsOn'],
  ...['schedule', 'endsOn', 'responsible', 'notice', 'noticeVersion', 'noticeText', 'state'],
];
const ASSESSMENT_FIELDS = [
  'title',
  'plan',
  'necessity',
  'risks',
  'riskLevel',
  'measures',
  'assessor',
];
const PARTNER_FIELDS = [
  ...['name', 'kind', 'state', 'qualifiedUntil', 'ndaReference', 'ndaSignedOn', 'ndaValidUntil'],
];
const WEB_FORM_FIELDS = [
  ...['title', 'code', 'state', 'plan', 'customerKind', 'allowedOrigins', 'languages', 'owner'],
  ...['department', 'entriesPerDay'],
];
const PURPOSE_FIELDS = ['code', 'name', 'description', 'legalBasis', 'attributes', 'active'];
const RULE_FIELDS = [
  ...['code', 'category', 'purpose', 'event', 'atMostMonths', 'atLeastMonths', 'customerClass'],
  'attributes',
];
const HOLD_FIELDS = [
  ...['reason', 'scope', 'customer', 'recordType', 'recordId', 'filter', 'reviewOn', 'state'],
  'releaseReason',
];
const HOLD_STAMPS = ['issuer', 'issuedAt', 'remindedAt', 'releasedAt', 'releasedBy'];
const ABSENCE_FIELDS = ['staff', 'deputy', 'startsAt', 'endsAt'];
const STAFF_FIELDS = [
  ...['displayName', 'title', 'staffNumber', 'level', 'active', 'department', 'superior', 'deputy'],
  ...['ndaValidUntil', 'trainedOn', 'leavesOn', 'accessSuspended'],
];
const DEPARTMENT_FIELDS = ['name', 'code', 'function', 'parent', 'head'];
const LEAD_FIELDS = ['topic', 'name', 'mobile', 'source'];

/** Without these the panel shows ids where a form names the owner, the department or the plan. */
const NAMES_IN_FORMS = [
  ...explorer(['read'], STAFF, ['displayName', 'title', 'department']),
  ...explorer(['read'], DEPARTMENT, ['name', 'code']),
  ...explorer(['read'], PLAN, PLAN_FIELDS),
  ...explorer(['read'], PURPOSE, PURPOSE_FIELDS),
  ...explorer(['read'], NOTICE, NOTICE_FIELDS),
  ...explorer(['read'], PARTNER, PARTNER_FIELDS),
  ...explorer(['read'], GROUP, ['name']),
];

/** The least that each role needs for its part. Only sales see values in clear without asking: names and mobiles. */
const PERMISSIONS: Record<RoleName, Permission[]> = {
  'Sales representative': [
    ...explorer(['read'], CUSTOMER, CUSTOMER_FIELDS, 'own'),
    ...explorer(['update'], CUSTOMER, [...ABOUT_CUSTOMER, ...RELATION], 'own'),
    ...explorer(['read'], CONTACT, CONTACT_FIELDS, 'own'),
    ...explorer(['update'], CONTACT, ABOUT_CONTACT, 'own'),
    ...explorer(['read'], ATTACHMENT, FILE_FIELDS, 'own'),
    reveal(ATTACHMENT, ['content'], 'own'),
    reveal(CUSTOMER, ['name', 'mobile'], 'own'),
    reveal(CONTACT, ['name', 'mobile'], 'own'),
    ...explorer(['read'], LEAD, LEAD_FIELDS),
    ...NAMES_IN_FORMS,
    ...plugin('overview.read', 'access.request', 'changes.request', 'attachments.upload'),
    ...plugin('notices.read'),
    ...plugin('filing.submit', 'register.write', 'verification.record'),
    ...plugin('customers.merge'),
  ],
  'Department head': [
    ...explorer(['read'], CUSTOMER, CUSTOMER_FIELDS, 'department'),
    ...explorer(['read'], CONTACT, CONTACT_FIELDS, 'department'),
    ...explorer(['read'], CONSENT, CONSENT_FIELDS, 'department'),
    ...explorer(['read'], ATTACHMENT, FILE_FIELDS, 'department'),
    reveal(CUSTOMER, ['name', 'mobile'], 'department'),
    reveal(CONTACT, ['name', 'mobile'], 'department'),
    ...NAMES_IN_FORMS,
    ...plugin('overview.read', 'approvals.decide', 'access.request', 'access.revoke'),
    ...plugin('changes.request', 'attachments.upload', 'attachments.remove', 'notices.read'),
    ...plugin('filing.submit', 'filing.review', 'verification.record', 'verification.sample'),
    ...plugin('register.write', 'register.read', 'register.assign'),
    ...plugin('customers.merge'),
  ],
  // Statistics more than rows [USE-1]: no customers, contacts or consents.
  Leadership: [
    ...plugin('overview.read', 'approvals.decide', 'retention.read'),
    ...plugin('internal-audits.read', 'anomalies.read'),
  ],
  'Information department': [
    ...explorer(['read'], CUSTOMER, CUSTOMER_FIELDS),
    ...explorer(['read'], CONTACT, CONTACT_FIELDS),
    ...explorer(['read'], CONSENT, CONSENT_FIELDS),
    ...explorer(['read'], ATTACHMENT, FILE_FIELDS),
    ...explorer(['read'], HOLD, [...HOLD_FIELDS, ...HOLD_STAMPS]),
    // Deleting belongs to the role, and the product refuses it of every hold: they are released.
    ...explorer(['create', 'update', 'delete'], HOLD, HOLD_FIELDS),
    ...explorer(['read'], PLAN, PLAN_FIELDS),
    ...explorer(['create', 'update', 'delete'], PLAN, PLAN_FIELDS),
    ...explorer(['read'], PURPOSE, [...PURPOSE_FIELDS, 'origin']),
    ...explorer(['create', 'update', 'delete'], PURPOSE, PURPOSE_FIELDS),
    ...explorer(['create', 'read', 'update', 'delete'], PARTNER, PARTNER_FIELDS),
    ...explorer(['read'], RETENTION_RULE, [...RULE_FIELDS, 'origin']),
    ...explorer(['read', 'update'], STAFF, STAFF_FIELDS),
    ...explorer(['create', 'read', 'update', 'delete'], ABSENCE, ABSENCE_FIELDS),
    ...explorer(['read', 'update'], DEPARTMENT, DEPARTMENT_FIELDS),
    ...plugin('overview.read', 'lookup', 'consents.withdraw', 'approvals.decide'),
    ...plugin('retention.read', 'retention.propose', 'retention.review', 'retention.execute'),
    ...plugin('retention.supervise', 'retention.rules'),
    ...plugin('attachments.remove', 'holds.manage'),
    ...plugin('anomalies.read', 'anomalies.manage', 'backup.read', 'backup.run', 'data-map.read'),
    ...explorer(['read', 'create', 'update'], ASSESSMENT, ASSESSMENT_FIELDS),
    ...explorer(['create', 'read', 'update', 'delete'], WEB_FORM, WEB_FORM_FIELDS),
    ...plugin(
      'plans.read',
      'plans.submit',
      'assessments.approve',
      'filing.review',
      'web-forms.read'
    ),
    ...explorer(['read'], NOTICE, NOTICE_FIELDS),
    ...plugin('notices.read', 'notices.publish'),
    ...plugin('verification.sample'),
  ],
  'Entry staff': [
    ...explorer(['read'], CUSTOMER, CUSTOMER_FIELDS, 'department'),
    ...explorer(['create'], CUSTOMER, ENTERED_OF_CUSTOMER),
    ...explorer(['update'], CUSTOMER, ENTERED_OF_CUSTOMER, 'department'),
    ...explorer(['read'], CONTACT, CONTACT_FIELDS, 'department'),
    ...explorer(['create'], CONTACT, CONTACT_FIELDS),
    ...explorer(['update'], CONTACT, CONTACT_FIELDS, 'department'),
    ...explorer(['read'], CONSENT, CONSENT_FIELDS, 'department'),
    ...explorer(['create'], CONSENT, ENTERED_OF_CONSENT),
    ...explorer(['update'], CONSENT, ENTERED_OF_CONSENT, 'department'),
    ...explorer(['read'], ATTACHMENT, FILE_FIELDS, 'department'),
    ...plugin('attachments.upload', 'imports.run', 'filing.submit', 'notices.read'),
    ...plugin('register.write'),
    ...explorer(['read', 'create', 'update'], LEAD, LEAD_FIELDS),
    ...explorer(['create', 'update'], GROUP, ['name', 'members']),
    ...NAMES_IN_FORMS,
    ...plugin('changes.request'),
  ],
  Auditor: [
    ...plugin('overview.read', 'audit.read', 'audit.verify', 'audit.export', 'anomalies.read'),
    ...plugin('internal-audits.read', 'internal-audits.manage', 'data-map.read'),
    // The second person, under whose eye customers are destroyed [END-1].
    ...plugin('retention.read', 'retention.supervise'),
  ],
  Supervisor: [
    ...explorer(['read'], CUSTOMER, CUSTOMER_FIELDS, 'team'),
    ...explorer(['read'], CONTACT, CONTACT_FIELDS, 'team'),
    ...NAMES_IN_FORMS,
    ...plugin('overview.read', 'approvals.decide', 'access.request'),
  ],
  'Legal counsel': plugin('overview.read', 'approvals.decide'),
};

const DESCRIPTIONS: Record<RoleName, string> = {
  'Sales representative': 'Own customers; asks for access to what is not seen in clear',
  'Department head': 'Customers of the department; decides on access',
  Leadership: 'Decides on sensitive access and destruction; sees no records',
  'Information department':
    'Retention, legal holds, purposes and plans; files what leaves the company; sees masks',
  'Entry staff': 'Enters customers, contacts and consents; sees masks',
  Auditor:
    'Reads the log, carries out internal audits and watches over destruction; sees no records',
  Supervisor: 'Customers of the own team, masked; decides as superior',
  'Legal counsel': 'Decides where information is to leave the company; sees no records',
};

/** Creates the roles. @returns their ids by name. */
export async function createRoles(strapi: Core.Strapi): Promise<Map<RoleName, number>> {
  const roles = new Map<RoleName, number>();
  for (const name of ROLE_NAMES) {
    const permissions = PERMISSIONS[name];
    assertKnown(strapi, name, permissions);
    const service = strapi.service('admin::role');
    const role = await service.create({ name, description: DESCRIPTIONS[name] });
    await service.assignPermissions(role.id, permissions);
    roles.set(name, role.id);
  }
  return roles;
}

/**
 * Strapi checks neither: a field that does not exist is kept, and a condition that does not exist is left out, which
 * would give the role every record.
 */
function assertKnown(strapi: Core.Strapi, role: RoleName, permissions: Permission[]): void {
  const { conditionProvider } = strapi.service('admin::permission');
  for (const { action, subject, properties, conditions } of permissions) {
    const attributes = subject
      ? strapi.contentTypes[subject as keyof typeof strapi.contentTypes].attributes
      : {};
    const unknown = [
      ...(properties.fields ?? []).filter((field) => !Object.hasOwn(attributes, field)),
      ...conditions.filter((condition) => !conditionProvider.has(condition)),
    ];
    if (unknown.length > 0) {
      throw new Error(`Role ${role}, ${action} on ${subject}: there is no ${unknown.join(', ')}.`);
    }
  }
}
