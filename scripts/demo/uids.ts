export const PLUGIN = 'customer-governance';

const uid = (name: string) => `plugin::${PLUGIN}.${name}`;

export const AUDIT_ENTRY = uid('audit-entry');
export const CUSTOMER = uid('customer');
export const CONTACT = uid('contact');
export const CONSENT = uid('consent');
export const ATTACHMENT = uid('attachment');
export const NOTICE = uid('notice');
export const PURPOSE = uid('purpose');
export const PLAN = uid('collection-plan');
export const ASSESSMENT = uid('impact-assessment');
export const PARTNER = uid('partner');
export const WEB_FORM = uid('web-form');
export const GROUP = uid('customer-group');
export const DEPARTMENT = uid('department');
export const STAFF = uid('staff-profile');
export const ABSENCE = uid('absence');
export const HOLD = uid('legal-hold');
export const RETENTION_RULE = uid('retention-rule');
export const LEAD = 'api::lead.lead';
