import type { Schema, Struct } from '@strapi/strapi';

export interface AdminApiToken extends Struct.CollectionTypeSchema {
  collectionName: 'strapi_api_tokens';
  info: {
    description: '';
    displayName: 'Api Token';
    name: 'Api Token';
    pluralName: 'api-tokens';
    singularName: 'api-token';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    accessKey: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    adminPermissions: Schema.Attribute.Relation<'oneToMany', 'admin::permission'>;
    adminUserOwner: Schema.Attribute.Relation<'manyToOne', 'admin::user'>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    description: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }> &
      Schema.Attribute.DefaultTo<''>;
    encryptedKey: Schema.Attribute.Text &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    expiresAt: Schema.Attribute.DateTime;
    kind: Schema.Attribute.Enumeration<['content-api', 'admin']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'content-api'>;
    lastUsedAt: Schema.Attribute.DateTime;
    lifespan: Schema.Attribute.BigInteger;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'admin::api-token'> &
      Schema.Attribute.Private;
    name: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.Unique &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    permissions: Schema.Attribute.Relation<'oneToMany', 'admin::api-token-permission'>;
    publishedAt: Schema.Attribute.DateTime;
    type: Schema.Attribute.Enumeration<['read-only', 'full-access', 'custom']> &
      Schema.Attribute.DefaultTo<'read-only'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface AdminApiTokenPermission extends Struct.CollectionTypeSchema {
  collectionName: 'strapi_api_token_permissions';
  info: {
    description: '';
    displayName: 'API Token Permission';
    name: 'API Token Permission';
    pluralName: 'api-token-permissions';
    singularName: 'api-token-permission';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    action: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'admin::api-token-permission'> &
      Schema.Attribute.Private;
    publishedAt: Schema.Attribute.DateTime;
    token: Schema.Attribute.Relation<'manyToOne', 'admin::api-token'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface AdminPermission extends Struct.CollectionTypeSchema {
  collectionName: 'admin_permissions';
  info: {
    description: '';
    displayName: 'Permission';
    name: 'Permission';
    pluralName: 'permissions';
    singularName: 'permission';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    action: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    actionParameters: Schema.Attribute.JSON & Schema.Attribute.DefaultTo<{}>;
    apiToken: Schema.Attribute.Relation<'manyToOne', 'admin::api-token'>;
    conditions: Schema.Attribute.JSON & Schema.Attribute.DefaultTo<[]>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'admin::permission'> &
      Schema.Attribute.Private;
    properties: Schema.Attribute.JSON & Schema.Attribute.DefaultTo<{}>;
    publishedAt: Schema.Attribute.DateTime;
    role: Schema.Attribute.Relation<'manyToOne', 'admin::role'>;
    subject: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface AdminRole extends Struct.CollectionTypeSchema {
  collectionName: 'admin_roles';
  info: {
    description: '';
    displayName: 'Role';
    name: 'Role';
    pluralName: 'roles';
    singularName: 'role';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    code: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.Unique &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    description: Schema.Attribute.String;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'admin::role'> & Schema.Attribute.Private;
    name: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.Unique &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    permissions: Schema.Attribute.Relation<'oneToMany', 'admin::permission'>;
    publishedAt: Schema.Attribute.DateTime;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    users: Schema.Attribute.Relation<'manyToMany', 'admin::user'>;
  };
}

export interface AdminSession extends Struct.CollectionTypeSchema {
  collectionName: 'strapi_sessions';
  info: {
    description: 'Session Manager storage';
    displayName: 'Session';
    name: 'Session';
    pluralName: 'sessions';
    singularName: 'session';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
    i18n: {
      localized: false;
    };
  };
  attributes: {
    absoluteExpiresAt: Schema.Attribute.DateTime & Schema.Attribute.Private;
    childId: Schema.Attribute.String & Schema.Attribute.Private;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    deviceId: Schema.Attribute.String & Schema.Attribute.Required & Schema.Attribute.Private;
    expiresAt: Schema.Attribute.DateTime & Schema.Attribute.Required & Schema.Attribute.Private;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'admin::session'> &
      Schema.Attribute.Private;
    metadata: Schema.Attribute.JSON & Schema.Attribute.Private;
    origin: Schema.Attribute.String & Schema.Attribute.Required & Schema.Attribute.Private;
    publishedAt: Schema.Attribute.DateTime;
    sessionId: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.Private &
      Schema.Attribute.Unique;
    status: Schema.Attribute.String & Schema.Attribute.Private;
    type: Schema.Attribute.String & Schema.Attribute.Private;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    userId: Schema.Attribute.String & Schema.Attribute.Required & Schema.Attribute.Private;
  };
}

export interface AdminTransferToken extends Struct.CollectionTypeSchema {
  collectionName: 'strapi_transfer_tokens';
  info: {
    description: '';
    displayName: 'Transfer Token';
    name: 'Transfer Token';
    pluralName: 'transfer-tokens';
    singularName: 'transfer-token';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    accessKey: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    description: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }> &
      Schema.Attribute.DefaultTo<''>;
    expiresAt: Schema.Attribute.DateTime;
    lastUsedAt: Schema.Attribute.DateTime;
    lifespan: Schema.Attribute.BigInteger;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'admin::transfer-token'> &
      Schema.Attribute.Private;
    name: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.Unique &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    permissions: Schema.Attribute.Relation<'oneToMany', 'admin::transfer-token-permission'>;
    publishedAt: Schema.Attribute.DateTime;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface AdminTransferTokenPermission extends Struct.CollectionTypeSchema {
  collectionName: 'strapi_transfer_token_permissions';
  info: {
    description: '';
    displayName: 'Transfer Token Permission';
    name: 'Transfer Token Permission';
    pluralName: 'transfer-token-permissions';
    singularName: 'transfer-token-permission';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    action: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'admin::transfer-token-permission'> &
      Schema.Attribute.Private;
    publishedAt: Schema.Attribute.DateTime;
    token: Schema.Attribute.Relation<'manyToOne', 'admin::transfer-token'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface AdminUser extends Struct.CollectionTypeSchema {
  collectionName: 'admin_users';
  info: {
    description: '';
    displayName: 'User';
    name: 'User';
    pluralName: 'users';
    singularName: 'user';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    apiTokens: Schema.Attribute.Relation<'oneToMany', 'admin::api-token'> &
      Schema.Attribute.Private;
    blocked: Schema.Attribute.Boolean &
      Schema.Attribute.Private &
      Schema.Attribute.DefaultTo<false>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    email: Schema.Attribute.Email &
      Schema.Attribute.Required &
      Schema.Attribute.Private &
      Schema.Attribute.Unique &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 6;
      }>;
    firstname: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    isActive: Schema.Attribute.Boolean &
      Schema.Attribute.Private &
      Schema.Attribute.DefaultTo<false>;
    lastname: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'admin::user'> & Schema.Attribute.Private;
    password: Schema.Attribute.Password &
      Schema.Attribute.Private &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 6;
      }>;
    preferedLanguage: Schema.Attribute.String;
    publishedAt: Schema.Attribute.DateTime;
    registrationToken: Schema.Attribute.String & Schema.Attribute.Private;
    resetPasswordToken: Schema.Attribute.String & Schema.Attribute.Private;
    resetPasswordTokenExpiresAt: Schema.Attribute.DateTime & Schema.Attribute.Private;
    roles: Schema.Attribute.Relation<'manyToMany', 'admin::role'> & Schema.Attribute.Private;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    username: Schema.Attribute.String;
  };
}

export interface ApiLeadLead extends Struct.CollectionTypeSchema {
  collectionName: 'leads';
  info: {
    description: "A type of the project's own, governed by nothing but its attributes";
    displayName: 'Lead';
    pluralName: 'leads';
    singularName: 'lead';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'api::lead.lead'> &
      Schema.Attribute.Private;
    mobile: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'mobile';
        }
      >;
    name: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'person-name';
        }
      >;
    publishedAt: Schema.Attribute.DateTime;
    source: Schema.Attribute.Enumeration<['exhibition', 'website', 'call']>;
    topic: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 120;
      }>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginContentReleasesRelease extends Struct.CollectionTypeSchema {
  collectionName: 'strapi_releases';
  info: {
    displayName: 'Release';
    pluralName: 'releases';
    singularName: 'release';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    actions: Schema.Attribute.Relation<'oneToMany', 'plugin::content-releases.release-action'>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::content-releases.release'> &
      Schema.Attribute.Private;
    name: Schema.Attribute.String & Schema.Attribute.Required;
    publishedAt: Schema.Attribute.DateTime;
    releasedAt: Schema.Attribute.DateTime;
    scheduledAt: Schema.Attribute.DateTime;
    status: Schema.Attribute.Enumeration<['ready', 'blocked', 'failed', 'done', 'empty']> &
      Schema.Attribute.Required;
    timezone: Schema.Attribute.String;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginContentReleasesReleaseAction extends Struct.CollectionTypeSchema {
  collectionName: 'strapi_release_actions';
  info: {
    displayName: 'Release Action';
    pluralName: 'release-actions';
    singularName: 'release-action';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    contentType: Schema.Attribute.String & Schema.Attribute.Required;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    entryDocumentId: Schema.Attribute.String;
    isEntryValid: Schema.Attribute.Boolean;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::content-releases.release-action'
    > &
      Schema.Attribute.Private;
    publishedAt: Schema.Attribute.DateTime;
    release: Schema.Attribute.Relation<'manyToOne', 'plugin::content-releases.release'>;
    type: Schema.Attribute.Enumeration<['publish', 'unpublish']> & Schema.Attribute.Required;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceAbsence extends Struct.CollectionTypeSchema {
  collectionName: 'governance_absences';
  info: {
    description: 'When somebody is away, and who decides in their place';
    displayName: 'Absence';
    pluralName: 'absences';
    singularName: 'absence';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    deputy: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    endsAt: Schema.Attribute.DateTime & Schema.Attribute.Required;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::customer-governance.absence'> &
      Schema.Attribute.Private;
    publishedAt: Schema.Attribute.DateTime;
    staff: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    startsAt: Schema.Attribute.DateTime & Schema.Attribute.Required;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceAccessGrant extends Struct.CollectionTypeSchema {
  collectionName: 'governance_access_grants';
  info: {
    description: 'The right that an approved request gives, until it ends';
    displayName: 'Access grant';
    pluralName: 'access-grants';
    singularName: 'access-grant';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    actions: Schema.Attribute.JSON & Schema.Attribute.Required;
    attributes: Schema.Attribute.JSON & Schema.Attribute.Required;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    endReason: Schema.Attribute.Enumeration<['term', 'used-up', 'holder', 'purpose', 'records']>;
    endsAt: Schema.Attribute.DateTime & Schema.Attribute.Required;
    holder: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    holderDepartmentId: Schema.Attribute.Integer;
    lastRevealAt: Schema.Attribute.DateTime;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.access-grant'
    > &
      Schema.Attribute.Private;
    publishedAt: Schema.Attribute.DateTime;
    purpose: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.purpose'>;
    recordType: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 120;
      }>;
    request: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.access-request'>;
    revealLimit: Schema.Attribute.Integer &
      Schema.Attribute.SetMinMax<
        {
          min: 1;
        },
        number
      >;
    reveals: Schema.Attribute.Integer & Schema.Attribute.DefaultTo<0>;
    revokedAt: Schema.Attribute.DateTime;
    revokeReason: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 500;
      }>;
    startsAt: Schema.Attribute.DateTime & Schema.Attribute.Required;
    state: Schema.Attribute.Enumeration<['active', 'suspended', 'used-up', 'ended', 'revoked']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'active'>;
    suspendReason: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 500;
      }>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceAccessRequest extends Struct.CollectionTypeSchema {
  collectionName: 'governance_access_requests';
  info: {
    description: 'An application to use customer information';
    displayName: 'Access request';
    pluralName: 'access-requests';
    singularName: 'access-request';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    actions: Schema.Attribute.JSON & Schema.Attribute.Required;
    attributes: Schema.Attribute.JSON & Schema.Attribute.Required;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    decidedAt: Schema.Attribute.DateTime;
    filter: Schema.Attribute.JSON;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.access-request'
    > &
      Schema.Attribute.Private;
    pendingKey: Schema.Attribute.String &
      Schema.Attribute.Private &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 64;
      }>;
    publishedAt: Schema.Attribute.DateTime;
    purpose: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.purpose'>;
    reason: Schema.Attribute.Text &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 1000;
      }>;
    recipient: Schema.Attribute.Enumeration<['self', 'colleagues', 'third-party']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'self'>;
    records: Schema.Attribute.JSON & Schema.Attribute.Required;
    recordType: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 120;
      }>;
    renewalOf: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    requester: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    revealLimit: Schema.Attribute.Integer &
      Schema.Attribute.SetMinMax<
        {
          min: 1;
        },
        number
      >;
    state: Schema.Attribute.Enumeration<
      [
        'draft',
        'submitted',
        'in-review',
        'returned',
        'approved',
        'rejected',
        'withdrawn',
        'expired',
      ]
    > &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'draft'>;
    submittedAt: Schema.Attribute.DateTime;
    termDays: Schema.Attribute.Integer &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMax<
        {
          min: 1;
        },
        number
      >;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceAnomalyAlert extends Struct.CollectionTypeSchema {
  collectionName: 'governance_anomaly_alerts';
  info: {
    description: 'What a rule of the policy found in the log';
    displayName: 'Anomaly alert';
    pluralName: 'anomaly-alerts';
    singularName: 'anomaly-alert';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    acknowledgedAt: Schema.Attribute.DateTime;
    acknowledgedById: Schema.Attribute.Integer;
    actorId: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    actorKind: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 20;
      }>;
    closedAt: Schema.Attribute.DateTime;
    closedById: Schema.Attribute.Integer;
    closingReason: Schema.Attribute.Text &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 1000;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    departmentId: Schema.Attribute.Integer;
    evidence: Schema.Attribute.JSON;
    evidenceCount: Schema.Attribute.Integer & Schema.Attribute.Required;
    expected: Schema.Attribute.Decimal & Schema.Attribute.Required;
    figures: Schema.Attribute.JSON;
    kind: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 40;
      }>;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.anomaly-alert'
    > &
      Schema.Attribute.Private;
    observed: Schema.Attribute.Integer & Schema.Attribute.Required;
    publishedAt: Schema.Attribute.DateTime;
    raisedAt: Schema.Attribute.DateTime & Schema.Attribute.Required;
    ruleCode: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    severity: Schema.Attribute.Enumeration<['low', 'medium', 'high']> & Schema.Attribute.Required;
    staffId: Schema.Attribute.Integer;
    state: Schema.Attribute.Enumeration<['open', 'acknowledged', 'closed']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'open'>;
    suspendedGrants: Schema.Attribute.JSON;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    windowFrom: Schema.Attribute.DateTime & Schema.Attribute.Required;
    windowTo: Schema.Attribute.DateTime & Schema.Attribute.Required;
  };
}

export interface PluginCustomerGovernanceAttachment extends Struct.CollectionTypeSchema {
  collectionName: 'governance_attachments';
  info: {
    description: 'A file of a customer, whose content lies sealed outside the database';
    displayName: 'Attachment';
    pluralName: 'attachments';
    singularName: 'attachment';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    content: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'free-text';
        }
      >;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    customer: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.customer'>;
    date: Schema.Attribute.Date;
    digest: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 64;
      }>;
    displayName: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 160;
      }>;
    kind: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.attachment'
    > &
      Schema.Attribute.Private;
    location: Schema.Attribute.String &
      Schema.Attribute.Private &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 255;
      }>;
    mime: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 120;
      }>;
    publishedAt: Schema.Attribute.DateTime;
    removalReason: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 255;
      }>;
    removedAt: Schema.Attribute.DateTime;
    removedBy: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    sensitiveContent: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'free-text';
        }
      >;
    size: Schema.Attribute.Integer;
    state: Schema.Attribute.Enumeration<['stored', 'removed']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'stored'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    uploadedBy: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
  };
}

export interface PluginCustomerGovernanceAuditEntry extends Struct.CollectionTypeSchema {
  collectionName: 'governance_audit_entries';
  info: {
    description: 'Who did what to whom and why; append-only';
    displayName: 'Audit entry';
    pluralName: 'audit-entries';
    singularName: 'audit-entry';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    action: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    actorId: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    actorKind: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 20;
      }>;
    address: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    at: Schema.Attribute.DateTime & Schema.Attribute.Required;
    attributes: Schema.Attribute.JSON;
    basis: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 40;
      }>;
    channel: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 40;
      }>;
    correlationId: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    details: Schema.Attribute.JSON;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.audit-entry'
    > &
      Schema.Attribute.Private;
    onBehalfOf: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    outcome: Schema.Attribute.Enumeration<['done', 'refused']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'done'>;
    publishedAt: Schema.Attribute.DateTime;
    purpose: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    recordIds: Schema.Attribute.JSON;
    recordType: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 120;
      }>;
    requestId: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    sealed: Schema.Attribute.JSON & Schema.Attribute.Private;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceAuditFinding extends Struct.CollectionTypeSchema {
  collectionName: 'governance_audit_findings';
  info: {
    description: 'What an internal audit found, who remedies it and until when, and whether it was checked';
    displayName: 'Audit finding';
    pluralName: 'audit-findings';
    singularName: 'audit-finding';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    audit: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.internal-audit'>;
    chapter: Schema.Attribute.Enumeration<
      ['collection', 'storage', 'use', 'sharing', 'protection', 'rights', 'destruction']
    > &
      Schema.Attribute.Required;
    closedAt: Schema.Attribute.DateTime;
    closedBy: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    description: Schema.Attribute.Text &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 5000;
      }>;
    dueOn: Schema.Attribute.Date & Schema.Attribute.Required;
    earlier: Schema.Attribute.JSON;
    evidence: Schema.Attribute.JSON;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.audit-finding'
    > &
      Schema.Attribute.Private;
    openedAt: Schema.Attribute.DateTime & Schema.Attribute.Required;
    openedBy: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    overdueToldAt: Schema.Attribute.DateTime;
    position: Schema.Attribute.Integer & Schema.Attribute.Required;
    publishedAt: Schema.Attribute.DateTime;
    recheckedAt: Schema.Attribute.DateTime;
    recheckedBy: Schema.Attribute.Relation<
      'manyToOne',
      'plugin::customer-governance.staff-profile'
    >;
    recheckNote: Schema.Attribute.Text &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 2000;
      }>;
    remediatedAt: Schema.Attribute.DateTime;
    remediatedBy: Schema.Attribute.Relation<
      'manyToOne',
      'plugin::customer-governance.staff-profile'
    >;
    remediation: Schema.Attribute.Text &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 5000;
      }>;
    remindedAt: Schema.Attribute.DateTime;
    responsible: Schema.Attribute.Relation<
      'manyToOne',
      'plugin::customer-governance.staff-profile'
    >;
    severity: Schema.Attribute.Enumeration<['minor', 'major', 'critical']> &
      Schema.Attribute.Required;
    state: Schema.Attribute.Enumeration<['open', 'remediated', 'rechecked', 'closed', 'reopened']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'open'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceBackupRun extends Struct.CollectionTypeSchema {
  collectionName: 'governance_backup_runs';
  info: {
    description: 'A backup that was made, or a drill of a restore';
    displayName: 'Backup run';
    pluralName: 'backup-runs';
    singularName: 'backup-run';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    dataArchive: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 100;
      }>;
    dataBytes: Schema.Attribute.BigInteger;
    dataDigest: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 64;
      }>;
    done: Schema.Attribute.BigInteger;
    drill: Schema.Attribute.JSON;
    finishedAt: Schema.Attribute.DateTime;
    heartbeatAt: Schema.Attribute.DateTime & Schema.Attribute.Required;
    keysArchive: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 100;
      }>;
    keysBytes: Schema.Attribute.BigInteger;
    keysDigest: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 64;
      }>;
    kind: Schema.Attribute.Enumeration<['full', 'incremental', 'keys', 'drill']> &
      Schema.Attribute.Required;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.backup-run'
    > &
      Schema.Attribute.Private;
    message: Schema.Attribute.Text &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 1000;
      }>;
    publishedAt: Schema.Attribute.DateTime;
    reason: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 40;
      }>;
    requestedById: Schema.Attribute.Integer;
    secondCopy: Schema.Attribute.Enumeration<['none', 'verified']>;
    slot: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 20;
      }>;
    startedAt: Schema.Attribute.DateTime & Schema.Attribute.Required;
    state: Schema.Attribute.Enumeration<['running', 'succeeded', 'failed']> &
      Schema.Attribute.Required;
    step: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 40;
      }>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceChangeRequest extends Struct.CollectionTypeSchema {
  collectionName: 'governance_change_requests';
  info: {
    description: 'A proposed change of controlled attributes';
    displayName: 'Change request';
    pluralName: 'change-requests';
    singularName: 'change-request';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    after: Schema.Attribute.JSON & Schema.Attribute.Required;
    attributes: Schema.Attribute.JSON & Schema.Attribute.Required;
    before: Schema.Attribute.JSON & Schema.Attribute.Required;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    decidedAt: Schema.Attribute.DateTime;
    lateAt: Schema.Attribute.DateTime;
    lateNotedAt: Schema.Attribute.DateTime;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.change-request'
    > &
      Schema.Attribute.Private;
    publishedAt: Schema.Attribute.DateTime;
    reason: Schema.Attribute.Text &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 1000;
      }>;
    recordId: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    recordType: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 120;
      }>;
    repeated: Schema.Attribute.Integer;
    requester: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    state: Schema.Attribute.Enumeration<
      ['pending', 'applied', 'rejected', 'withdrawn', 'expired']
    > &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'pending'>;
    submittedAt: Schema.Attribute.DateTime;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceCollectionPlan extends Struct.CollectionTypeSchema {
  collectionName: 'governance_collection_plans';
  info: {
    description: 'What is collected, why, how and with which notice';
    displayName: 'Collection plan';
    pluralName: 'collection-plans';
    singularName: 'collection-plan';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    activatedAt: Schema.Attribute.DateTime;
    attributes: Schema.Attribute.JSON;
    channels: Schema.Attribute.JSON;
    closedAt: Schema.Attribute.DateTime;
    code: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    endsOn: Schema.Attribute.Date;
    goal: Schema.Attribute.Text &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 4000;
      }>;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.collection-plan'
    > &
      Schema.Attribute.Private;
    method: Schema.Attribute.Enumeration<['direct', 'indirect', 'online']>;
    notice: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.notice'>;
    noticeText: Schema.Attribute.Text &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 20000;
      }>;
    noticeVersion: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 40;
      }>;
    proposedAt: Schema.Attribute.DateTime;
    proposer: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    publishedAt: Schema.Attribute.DateTime;
    purposes: Schema.Attribute.Relation<'manyToMany', 'plugin::customer-governance.purpose'>;
    responsible: Schema.Attribute.Relation<
      'manyToOne',
      'plugin::customer-governance.staff-profile'
    >;
    schedule: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 500;
      }>;
    startsOn: Schema.Attribute.Date;
    state: Schema.Attribute.Enumeration<['draft', 'in-review', 'active', 'closed']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'draft'>;
    title: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 160;
      }>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceConsent extends Struct.CollectionTypeSchema {
  collectionName: 'governance_consents';
  info: {
    description: 'What a data subject agreed to, on which evidence';
    displayName: 'Consent';
    pluralName: 'consents';
    singularName: 'consent';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    channel: Schema.Attribute.Enumeration<
      ['any', 'phone', 'sms', 'e-mail', 'wechat', 'post', 'visit']
    > &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'any'>;
    confirmedAt: Schema.Attribute.DateTime;
    confirmedFrom: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 80;
      }>;
    confirmedIn: Schema.Attribute.Enumeration<['zh', 'en']>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    customer: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.customer'>;
    evidence: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 255;
      }>;
    evidenceFile: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.attachment'>;
    evidenceKind: Schema.Attribute.Enumeration<['signed-paper', 'electronic']> &
      Schema.Attribute.Required;
    expiresAt: Schema.Attribute.DateTime;
    givenAt: Schema.Attribute.DateTime;
    guardian: Schema.Attribute.Boolean & Schema.Attribute.DefaultTo<false>;
    guardianContact: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.contact'>;
    guardianRelationship: Schema.Attribute.Enumeration<
      ['parent', 'grandparent', 'sibling', 'other-guardian']
    >;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::customer-governance.consent'> &
      Schema.Attribute.Private;
    notice: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.notice'>;
    noticeHash: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 64;
      }>;
    noticeVersion: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 40;
      }>;
    publishedAt: Schema.Attribute.DateTime;
    purpose: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.purpose'>;
    reference: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 80;
      }>;
    scope: Schema.Attribute.Enumeration<['general', 'sensitive', 'sharing', 'marketing']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'general'>;
    state: Schema.Attribute.Enumeration<['given', 'refused', 'withdrawn']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'given'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    withdrawnAt: Schema.Attribute.DateTime;
  };
}

export interface PluginCustomerGovernanceContact extends Struct.CollectionTypeSchema {
  collectionName: 'governance_contacts';
  info: {
    description: 'A person whom we speak to at a customer';
    displayName: 'Contact';
    pluralName: 'contacts';
    singularName: 'contact';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    customer: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.customer'>;
    email: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'email';
        }
      >;
    landline: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'landline';
        }
      >;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::customer-governance.contact'> &
      Schema.Attribute.Private;
    mobile: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'mobile';
        }
      >;
    name: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'person-name';
        }
      >;
    position: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 80;
      }>;
    publishedAt: Schema.Attribute.DateTime;
    role: Schema.Attribute.Enumeration<
      ['user', 'influencer', 'decision-maker', 'purchaser', 'other']
    >;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    wechat: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'instant-messenger';
        }
      >;
  };
}

export interface PluginCustomerGovernanceCustomer extends Struct.CollectionTypeSchema {
  collectionName: 'governance_customers';
  info: {
    description: 'A person or company whose information is governed';
    displayName: 'Customer';
    pluralName: 'customers';
    singularName: 'customer';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    address: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'address';
        }
      >;
    bankCard: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'bank-card';
        }
      >;
    birthDate: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'birth-date';
        }
      >;
    companyName: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 200;
      }>;
    companySize: Schema.Attribute.Enumeration<['micro', 'small', 'medium', 'large']>;
    contactDepartment: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 80;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    creditCode: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 40;
      }>;
    decisionChain: Schema.Attribute.Text &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 4000;
      }>;
    department: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.department'>;
    email: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'email';
        }
      >;
    enteredBy: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    enteredLate: Schema.Attribute.Boolean;
    entryDelayMinutes: Schema.Attribute.Integer;
    erasureRequestedOn: Schema.Attribute.Date;
    filedAt: Schema.Attribute.DateTime;
    filingNumber: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    filingState: Schema.Attribute.Enumeration<['entered', 'in-review', 'filed', 'returned']> &
      Schema.Attribute.DefaultTo<'entered'>;
    firstContactAt: Schema.Attribute.DateTime;
    firstContactMethod: Schema.Attribute.Enumeration<
      ['visit', 'call', 'message', 'event', 'online-form', 'introduction']
    >;
    group: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.customer-group'>;
    inDispute: Schema.Attribute.Boolean & Schema.Attribute.DefaultTo<false>;
    industry: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 80;
      }>;
    keyCustomer: Schema.Attribute.Boolean & Schema.Attribute.DefaultTo<false>;
    kind: Schema.Attribute.Enumeration<['person', 'company']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'person'>;
    landline: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'landline';
        }
      >;
    lastContactOn: Schema.Attribute.Date;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::customer-governance.customer'> &
      Schema.Attribute.Private;
    method: Schema.Attribute.Enumeration<['direct', 'indirect', 'online']>;
    mobile: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'mobile';
        }
      >;
    name: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'person-name';
        }
      >;
    needs: Schema.Attribute.Text &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 4000;
      }>;
    notes: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'free-text';
        }
      >;
    owner: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    partner: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.partner'>;
    passport: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'passport';
        }
      >;
    plan: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.collection-plan'>;
    plannedFollowUp: Schema.Attribute.Date;
    position: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 80;
      }>;
    publishedAt: Schema.Attribute.DateTime;
    region: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 80;
      }>;
    relationEndedOn: Schema.Attribute.Date;
    residentId: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'resident-id';
        }
      >;
    retentionDueOn: Schema.Attribute.Date;
    retentionReason: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 255;
      }>;
    source: Schema.Attribute.Enumeration<
      [
        'sales',
        'marketing-event',
        'customer-service',
        'partner',
        'website',
        'referral',
        'public-source',
      ]
    >;
    stage: Schema.Attribute.Enumeration<['active', 'dormant', 'invalid', 'ended']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'active'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    website: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 200;
      }>;
    wechat: Schema.Attribute.String &
      Schema.Attribute.CustomField<
        'plugin::customer-governance.protected',
        {
          kind: 'instant-messenger';
        }
      >;
  };
}

export interface PluginCustomerGovernanceCustomerGroup extends Struct.CollectionTypeSchema {
  collectionName: 'governance_customer_groups';
  info: {
    description: 'Companies that belong together, such as a parent and its subsidiaries';
    displayName: 'Customer group';
    pluralName: 'customer-groups';
    singularName: 'customer-group';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.customer-group'
    > &
      Schema.Attribute.Private;
    members: Schema.Attribute.Relation<'oneToMany', 'plugin::customer-governance.customer'>;
    name: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 200;
      }>;
    publishedAt: Schema.Attribute.DateTime;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceDepartment extends Struct.CollectionTypeSchema {
  collectionName: 'governance_departments';
  info: {
    description: 'A unit of the company';
    displayName: 'Department';
    pluralName: 'departments';
    singularName: 'department';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    code: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 40;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    function: Schema.Attribute.Enumeration<
      ['business', 'information', 'legal', 'audit', 'leadership']
    > &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'business'>;
    head: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.department'
    > &
      Schema.Attribute.Private;
    name: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 120;
      }>;
    parent: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.department'>;
    publishedAt: Schema.Attribute.DateTime;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceDestructionCertificate
  extends Struct.CollectionTypeSchema {
  collectionName: 'governance_destruction_certificates';
  info: {
    description: 'What was destroyed, when, how and by whom';
    displayName: 'Destruction certificate';
    pluralName: 'destruction-certificates';
    singularName: 'destruction-certificate';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    approvers: Schema.Attribute.JSON;
    content: Schema.Attribute.JSON;
    count: Schema.Attribute.Integer & Schema.Attribute.Required;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    digest: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 64;
      }>;
    executedAt: Schema.Attribute.DateTime & Schema.Attribute.Required;
    executedBy: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 120;
      }>;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.destruction-certificate'
    > &
      Schema.Attribute.Private;
    method: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    note: Schema.Attribute.Text;
    number: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 40;
      }>;
    order: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.destruction-order'>;
    proposedBy: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 120;
      }>;
    publishedAt: Schema.Attribute.DateTime;
    signedBy: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 255;
      }>;
    summary: Schema.Attribute.JSON;
    supervisedBy: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 120;
      }>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceDestructionOrder extends Struct.CollectionTypeSchema {
  collectionName: 'governance_destruction_orders';
  info: {
    description: 'Customers whose time is over, from proposal to certificate';
    displayName: 'Destruction order';
    pluralName: 'destruction-orders';
    singularName: 'destruction-order';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    approvedAt: Schema.Attribute.DateTime;
    attributes: Schema.Attribute.JSON;
    count: Schema.Attribute.Integer & Schema.Attribute.Required;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    executedAt: Schema.Attribute.DateTime;
    executor: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    executorConfirmedAt: Schema.Attribute.DateTime;
    leaseBy: Schema.Attribute.String &
      Schema.Attribute.Private &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    leaseUntil: Schema.Attribute.DateTime & Schema.Attribute.Private;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.destruction-order'
    > &
      Schema.Attribute.Private;
    method: Schema.Attribute.Enumeration<['sealed-data']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'sealed-data'>;
    number: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 40;
      }>;
    pausedAt: Schema.Attribute.DateTime;
    proposedAt: Schema.Attribute.DateTime;
    proposer: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    publishedAt: Schema.Attribute.DateTime;
    reason: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 1000;
      }>;
    runFrom: Schema.Attribute.Integer & Schema.Attribute.Private;
    runSince: Schema.Attribute.DateTime & Schema.Attribute.Private;
    scheduledAt: Schema.Attribute.DateTime;
    stalledAt: Schema.Attribute.DateTime;
    state: Schema.Attribute.Enumeration<
      [
        'in-review',
        'proposed',
        'approved',
        'rejected',
        'executing',
        'paused',
        'confirming',
        'executed',
        'cancelled',
      ]
    > &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'in-review'>;
    submittedAt: Schema.Attribute.DateTime;
    submitter: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    supervisor: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    supervisorConfirmedAt: Schema.Attribute.DateTime;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    verification: Schema.Attribute.JSON;
  };
}

export interface PluginCustomerGovernanceDestructionTask extends Struct.CollectionTypeSchema {
  collectionName: 'governance_destruction_tasks';
  info: {
    description: 'What a person destroys by hand and confirms: paper, copies outside, files';
    displayName: 'Destruction task';
    pluralName: 'destruction-tasks';
    singularName: 'destruction-task';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    confirmedAt: Schema.Attribute.DateTime;
    confirmedBy: Schema.Attribute.Relation<
      'manyToOne',
      'plugin::customer-governance.staff-profile'
    >;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    dueOn: Schema.Attribute.Date;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.destruction-task'
    > &
      Schema.Attribute.Private;
    medium: Schema.Attribute.Enumeration<['paper', 'external', 'files']> &
      Schema.Attribute.Required;
    method: Schema.Attribute.Enumeration<
      [
        'shredding',
        'incineration',
        'pulping',
        'remote-deletion',
        'return',
        'written-confirmation',
        'erasure',
        'media-destruction',
      ]
    > &
      Schema.Attribute.Required;
    note: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 1000;
      }>;
    order: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.destruction-order'>;
    place: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 200;
      }>;
    publishedAt: Schema.Attribute.DateTime;
    responsible: Schema.Attribute.Relation<
      'manyToOne',
      'plugin::customer-governance.staff-profile'
    >;
    state: Schema.Attribute.Enumeration<['open', 'confirmed']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'open'>;
    toldAt: Schema.Attribute.DateTime;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceImpactAssessment extends Struct.CollectionTypeSchema {
  collectionName: 'governance_impact_assessments';
  info: {
    description: 'Why sensitive information is needed, what could go wrong, and what is done about it';
    displayName: 'Impact assessment';
    pluralName: 'impact-assessments';
    singularName: 'impact-assessment';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    approvedAt: Schema.Attribute.DateTime;
    approver: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    assessor: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    attributes: Schema.Attribute.JSON;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    keepUntil: Schema.Attribute.Date;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.impact-assessment'
    > &
      Schema.Attribute.Private;
    measures: Schema.Attribute.Text &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 8000;
      }>;
    necessity: Schema.Attribute.Text &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 8000;
      }>;
    plan: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.collection-plan'>;
    publishedAt: Schema.Attribute.DateTime;
    riskLevel: Schema.Attribute.Enumeration<['low-risk', 'medium-risk', 'high-risk']> &
      Schema.Attribute.Required;
    risks: Schema.Attribute.Text &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 8000;
      }>;
    state: Schema.Attribute.Enumeration<['draft', 'approved']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'draft'>;
    title: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 160;
      }>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceImportRun extends Struct.CollectionTypeSchema {
  collectionName: 'governance_import_runs';
  info: {
    description: 'A file of customers, from its upload to its end';
    displayName: 'Import';
    pluralName: 'import-runs';
    singularName: 'import-run';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    account: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 20;
      }>;
    bytes: Schema.Attribute.BigInteger;
    checkCounts: Schema.Attribute.JSON;
    constants: Schema.Attribute.JSON & Schema.Attribute.Private;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    encoding: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 20;
      }>;
    endedAt: Schema.Attribute.DateTime;
    failure: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    fileState: Schema.Attribute.Enumeration<['stored', 'leaving', 'gone']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'stored'>;
    format: Schema.Attribute.Enumeration<['csv', 'xlsx']>;
    leaseBy: Schema.Attribute.String &
      Schema.Attribute.Private &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    leaseUntil: Schema.Attribute.DateTime & Schema.Attribute.Private;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.import-run'
    > &
      Schema.Attribute.Private;
    location: Schema.Attribute.Text & Schema.Attribute.Private;
    mapping: Schema.Attribute.JSON;
    number: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 40;
      }>;
    pausedAt: Schema.Attribute.DateTime;
    person: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    phase: Schema.Attribute.Enumeration<['check', 'run', 'undo']>;
    plan: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.collection-plan'>;
    position: Schema.Attribute.Integer & Schema.Attribute.DefaultTo<0>;
    publishedAt: Schema.Attribute.DateTime;
    runCounts: Schema.Attribute.JSON;
    seed: Schema.Attribute.String &
      Schema.Attribute.Private &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 64;
      }>;
    stalledAt: Schema.Attribute.DateTime;
    startedAt: Schema.Attribute.DateTime;
    state: Schema.Attribute.Enumeration<
      [
        'storing',
        'uploaded',
        'checking',
        'checked',
        'running',
        'paused',
        'finished',
        'cancelled',
        'undoing',
        'undone',
        'failed',
      ]
    > &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'storing'>;
    total: Schema.Attribute.Integer;
    undoCounts: Schema.Attribute.JSON;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceInternalAudit extends Struct.CollectionTypeSchema {
  collectionName: 'governance_internal_audits';
  info: {
    description: 'An examination of how the handbook is kept, from its plan to its closure';
    displayName: 'Internal audit';
    pluralName: 'internal-audits';
    singularName: 'internal-audit';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    auditors: Schema.Attribute.Relation<'manyToMany', 'plugin::customer-governance.staff-profile'>;
    cancelledAt: Schema.Attribute.DateTime;
    cancelReason: Schema.Attribute.Text &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 2000;
      }>;
    closedAt: Schema.Attribute.DateTime;
    closedBy: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    conclusion: Schema.Attribute.Text &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 10000;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    kind: Schema.Attribute.Enumeration<['scheduled', 'special']> & Schema.Attribute.Required;
    lead: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.internal-audit'
    > &
      Schema.Attribute.Private;
    number: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 40;
      }>;
    periodFrom: Schema.Attribute.Date & Schema.Attribute.Required;
    periodTo: Schema.Attribute.Date & Schema.Attribute.Required;
    plannedBy: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    plannedOn: Schema.Attribute.Date & Schema.Attribute.Required;
    publishedAt: Schema.Attribute.DateTime;
    reason: Schema.Attribute.Text &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 2000;
      }>;
    reportedAt: Schema.Attribute.DateTime;
    scope: Schema.Attribute.JSON;
    startedAt: Schema.Attribute.DateTime;
    state: Schema.Attribute.Enumeration<
      ['planned', 'in-progress', 'reported', 'closed', 'cancelled']
    > &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'planned'>;
    title: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 200;
      }>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceLegalHold extends Struct.CollectionTypeSchema {
  collectionName: 'governance_legal_holds';
  info: {
    description: 'Stops every delete path for what it covers: a customer, one record, or every customer that a filter fits';
    displayName: 'Legal hold';
    pluralName: 'legal-holds';
    singularName: 'legal-hold';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    customer: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.customer'>;
    filter: Schema.Attribute.JSON;
    issuedAt: Schema.Attribute.DateTime;
    issuer: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.legal-hold'
    > &
      Schema.Attribute.Private;
    publishedAt: Schema.Attribute.DateTime;
    reason: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 500;
      }>;
    recordId: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    recordType: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 100;
      }>;
    releasedAt: Schema.Attribute.DateTime;
    releasedBy: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    releaseReason: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 500;
      }>;
    remindedAt: Schema.Attribute.DateTime;
    reviewOn: Schema.Attribute.Date;
    scope: Schema.Attribute.Enumeration<['customer', 'record', 'filter']> &
      Schema.Attribute.DefaultTo<'customer'>;
    state: Schema.Attribute.Enumeration<['active', 'released']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'active'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceNotice extends Struct.CollectionTypeSchema {
  collectionName: 'governance_notices';
  info: {
    description: 'What data subjects are told before they consent, in versions that stay as they were published';
    displayName: 'Notice';
    pluralName: 'notices';
    singularName: 'notice';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    code: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    issuedAt: Schema.Attribute.DateTime;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::customer-governance.notice'> &
      Schema.Attribute.Private;
    publishedAt: Schema.Attribute.DateTime;
    publishedCode: Schema.Attribute.String &
      Schema.Attribute.Private &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    publisher: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    reliedUntil: Schema.Attribute.DateTime;
    replacedAt: Schema.Attribute.DateTime;
    state: Schema.Attribute.Enumeration<['draft', 'published', 'replaced']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'draft'>;
    textHash: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 64;
      }>;
    texts: Schema.Attribute.JSON & Schema.Attribute.Required;
    title: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 160;
      }>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    version: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 40;
      }>;
  };
}

export interface PluginCustomerGovernancePartner extends Struct.CollectionTypeSchema {
  collectionName: 'governance_partners';
  info: {
    description: 'Another company from which customers come, with its qualification and NDA';
    displayName: 'Partner';
    pluralName: 'partners';
    singularName: 'partner';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    kind: Schema.Attribute.Enumeration<
      ['distributor', 'agency', 'platform', 'event-organiser', 'other']
    > &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'distributor'>;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::customer-governance.partner'> &
      Schema.Attribute.Private;
    name: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 200;
      }>;
    ndaReference: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 120;
      }>;
    ndaSignedOn: Schema.Attribute.Date;
    ndaValidUntil: Schema.Attribute.Date;
    publishedAt: Schema.Attribute.DateTime;
    qualifiedUntil: Schema.Attribute.Date;
    state: Schema.Attribute.Enumeration<['candidate', 'active', 'suspended']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'candidate'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernancePurpose extends Struct.CollectionTypeSchema {
  collectionName: 'governance_purposes';
  info: {
    description: 'What customer information is used for';
    displayName: 'Purpose';
    pluralName: 'purposes';
    singularName: 'purpose';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    active: Schema.Attribute.Boolean & Schema.Attribute.DefaultTo<true>;
    attributes: Schema.Attribute.JSON & Schema.Attribute.Required;
    code: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    description: Schema.Attribute.Text &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 4000;
      }>;
    legalBasis: Schema.Attribute.Enumeration<
      ['consent', 'contract', 'legal-obligation', 'legitimate-public']
    > &
      Schema.Attribute.Required;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::customer-governance.purpose'> &
      Schema.Attribute.Private;
    name: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 120;
      }>;
    origin: Schema.Attribute.Enumeration<['policy', 'panel']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'panel'>;
    publishedAt: Schema.Attribute.DateTime;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceRetentionRule extends Struct.CollectionTypeSchema {
  collectionName: 'governance_retention_rules';
  info: {
    description: 'How long information of a category is kept';
    displayName: 'Retention rule';
    pluralName: 'retention-rules';
    singularName: 'retention-rule';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    atLeastMonths: Schema.Attribute.Integer &
      Schema.Attribute.SetMinMax<
        {
          max: 1200;
          min: 1;
        },
        number
      >;
    atMostMonths: Schema.Attribute.Integer &
      Schema.Attribute.SetMinMax<
        {
          max: 1200;
          min: 0;
        },
        number
      >;
    attributes: Schema.Attribute.JSON;
    category: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    code: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    customerClass: Schema.Attribute.Enumeration<['all', 'ordinary', 'key', 'disputed']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'all'>;
    event: Schema.Attribute.Enumeration<
      [
        'created',
        'last-contact',
        'relation-ended',
        'consent-withdrawn',
        'purpose-ended',
        'erasure-requested',
      ]
    > &
      Schema.Attribute.Required;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.retention-rule'
    > &
      Schema.Attribute.Private;
    origin: Schema.Attribute.Enumeration<['policy', 'panel']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'panel'>;
    publishedAt: Schema.Attribute.DateTime;
    purpose: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.purpose'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceRetentionRuleChange extends Struct.CollectionTypeSchema {
  collectionName: 'governance_retention_rule_changes';
  info: {
    description: 'What somebody proposed to change of the retention rules, and what it would do';
    displayName: 'Change of a retention rule';
    pluralName: 'retention-rule-changes';
    singularName: 'retention-rule-change';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    after: Schema.Attribute.JSON;
    before: Schema.Attribute.JSON;
    code: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    decidedAt: Schema.Attribute.DateTime;
    effect: Schema.Attribute.JSON;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.retention-rule-change'
    > &
      Schema.Attribute.Private;
    openCode: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    operation: Schema.Attribute.Enumeration<['create', 'change', 'delete']> &
      Schema.Attribute.Required;
    proposedAt: Schema.Attribute.DateTime;
    proposer: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    publishedAt: Schema.Attribute.DateTime;
    reason: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 1000;
      }>;
    state: Schema.Attribute.Enumeration<
      ['pending', 'applied', 'rejected', 'withdrawn', 'expired']
    > &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'pending'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginCustomerGovernanceStaffAccount extends Struct.CollectionTypeSchema {
  collectionName: 'governance_staff_accounts';
  info: {
    description: 'Another account of a person who has a staff profile';
    displayName: 'Further account';
    pluralName: 'staff-accounts';
    singularName: 'staff-account';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    apiUser: Schema.Attribute.Relation<'manyToOne', 'plugin::users-permissions.user'>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.staff-account'
    > &
      Schema.Attribute.Private;
    publishedAt: Schema.Attribute.DateTime;
    staff: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    user: Schema.Attribute.Relation<'manyToOne', 'admin::user'>;
  };
}

export interface PluginCustomerGovernanceStaffProfile extends Struct.CollectionTypeSchema {
  collectionName: 'governance_staff_profiles';
  info: {
    description: "Ties a person's accounts to department, superior and deputy";
    displayName: 'Staff profile';
    pluralName: 'staff-profiles';
    singularName: 'staff-profile';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    accessSuspended: Schema.Attribute.Boolean & Schema.Attribute.DefaultTo<false>;
    active: Schema.Attribute.Boolean & Schema.Attribute.DefaultTo<true>;
    apiUser: Schema.Attribute.Relation<'manyToOne', 'plugin::users-permissions.user'>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    department: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.department'>;
    deputy: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    displayName: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 120;
      }>;
    leavesOn: Schema.Attribute.Date;
    level: Schema.Attribute.Enumeration<['staff', 'supervisor', 'head', 'leadership']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'staff'>;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::customer-governance.staff-profile'
    > &
      Schema.Attribute.Private;
    ndaValidUntil: Schema.Attribute.Date;
    publishedAt: Schema.Attribute.DateTime;
    staffNumber: Schema.Attribute.String &
      Schema.Attribute.Unique &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    superior: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    title: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 120;
      }>;
    trainedOn: Schema.Attribute.Date;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    user: Schema.Attribute.Relation<'manyToOne', 'admin::user'>;
  };
}

export interface PluginCustomerGovernanceWebForm extends Struct.CollectionTypeSchema {
  collectionName: 'governance_web_forms';
  info: {
    description: "A form of the company's own website through which customers enter themselves";
    displayName: 'Web form';
    pluralName: 'web-forms';
    singularName: 'web-form';
  };
  options: {
    draftAndPublish: false;
  };
  attributes: {
    allowedOrigins: Schema.Attribute.JSON;
    code: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 60;
      }>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    customerKind: Schema.Attribute.Enumeration<['person', 'company']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'person'>;
    department: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.department'>;
    entriesPerDay: Schema.Attribute.Integer;
    languages: Schema.Attribute.JSON;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::customer-governance.web-form'> &
      Schema.Attribute.Private;
    owner: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.staff-profile'>;
    plan: Schema.Attribute.Relation<'manyToOne', 'plugin::customer-governance.collection-plan'>;
    publishedAt: Schema.Attribute.DateTime;
    state: Schema.Attribute.Enumeration<['active', 'closed']> &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'closed'>;
    title: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 160;
      }>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginI18NLocale extends Struct.CollectionTypeSchema {
  collectionName: 'i18n_locale';
  info: {
    collectionName: 'locales';
    description: '';
    displayName: 'Locale';
    pluralName: 'locales';
    singularName: 'locale';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    code: Schema.Attribute.String & Schema.Attribute.Unique;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::i18n.locale'> &
      Schema.Attribute.Private;
    name: Schema.Attribute.String &
      Schema.Attribute.SetMinMax<
        {
          max: 50;
          min: 1;
        },
        number
      >;
    publishedAt: Schema.Attribute.DateTime;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginReviewWorkflowsWorkflow extends Struct.CollectionTypeSchema {
  collectionName: 'strapi_workflows';
  info: {
    description: '';
    displayName: 'Workflow';
    name: 'Workflow';
    pluralName: 'workflows';
    singularName: 'workflow';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    contentTypes: Schema.Attribute.JSON &
      Schema.Attribute.Required &
      Schema.Attribute.DefaultTo<'[]'>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::review-workflows.workflow'> &
      Schema.Attribute.Private;
    name: Schema.Attribute.String & Schema.Attribute.Required & Schema.Attribute.Unique;
    publishedAt: Schema.Attribute.DateTime;
    stageRequiredToPublish: Schema.Attribute.Relation<
      'oneToOne',
      'plugin::review-workflows.workflow-stage'
    >;
    stages: Schema.Attribute.Relation<'oneToMany', 'plugin::review-workflows.workflow-stage'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginReviewWorkflowsWorkflowStage extends Struct.CollectionTypeSchema {
  collectionName: 'strapi_workflows_stages';
  info: {
    description: '';
    displayName: 'Stages';
    name: 'Workflow Stage';
    pluralName: 'workflow-stages';
    singularName: 'workflow-stage';
  };
  options: {
    draftAndPublish: false;
    version: '1.1.0';
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    color: Schema.Attribute.String & Schema.Attribute.DefaultTo<'#4945FF'>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<
      'oneToMany',
      'plugin::review-workflows.workflow-stage'
    > &
      Schema.Attribute.Private;
    name: Schema.Attribute.String;
    permissions: Schema.Attribute.Relation<'manyToMany', 'admin::permission'>;
    publishedAt: Schema.Attribute.DateTime;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    workflow: Schema.Attribute.Relation<'manyToOne', 'plugin::review-workflows.workflow'>;
  };
}

export interface PluginUploadFile extends Struct.CollectionTypeSchema {
  collectionName: 'files';
  info: {
    description: '';
    displayName: 'File';
    pluralName: 'files';
    singularName: 'file';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    alternativeText: Schema.Attribute.Text;
    caption: Schema.Attribute.Text;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    ext: Schema.Attribute.String;
    focalPoint: Schema.Attribute.JSON;
    folder: Schema.Attribute.Relation<'manyToOne', 'plugin::upload.folder'> &
      Schema.Attribute.Private;
    folderPath: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.Private &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    formats: Schema.Attribute.JSON;
    hash: Schema.Attribute.String & Schema.Attribute.Required;
    height: Schema.Attribute.Integer;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::upload.file'> &
      Schema.Attribute.Private;
    mime: Schema.Attribute.String & Schema.Attribute.Required;
    name: Schema.Attribute.String & Schema.Attribute.Required;
    previewUrl: Schema.Attribute.Text;
    provider: Schema.Attribute.String & Schema.Attribute.Required;
    provider_metadata: Schema.Attribute.JSON;
    publishedAt: Schema.Attribute.DateTime;
    related: Schema.Attribute.Relation<'morphToMany'>;
    size: Schema.Attribute.Decimal & Schema.Attribute.Required;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    url: Schema.Attribute.Text & Schema.Attribute.Required;
    width: Schema.Attribute.Integer;
  };
}

export interface PluginUploadFolder extends Struct.CollectionTypeSchema {
  collectionName: 'upload_folders';
  info: {
    displayName: 'Folder';
    pluralName: 'folders';
    singularName: 'folder';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    children: Schema.Attribute.Relation<'oneToMany', 'plugin::upload.folder'>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    files: Schema.Attribute.Relation<'oneToMany', 'plugin::upload.file'>;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::upload.folder'> &
      Schema.Attribute.Private;
    name: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    parent: Schema.Attribute.Relation<'manyToOne', 'plugin::upload.folder'>;
    path: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 1;
      }>;
    pathId: Schema.Attribute.Integer & Schema.Attribute.Required & Schema.Attribute.Unique;
    publishedAt: Schema.Attribute.DateTime;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginUsersPermissionsPermission extends Struct.CollectionTypeSchema {
  collectionName: 'up_permissions';
  info: {
    description: '';
    displayName: 'Permission';
    name: 'permission';
    pluralName: 'permissions';
    singularName: 'permission';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    action: Schema.Attribute.String & Schema.Attribute.Required;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::users-permissions.permission'> &
      Schema.Attribute.Private;
    publishedAt: Schema.Attribute.DateTime;
    role: Schema.Attribute.Relation<'manyToOne', 'plugin::users-permissions.role'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  };
}

export interface PluginUsersPermissionsRole extends Struct.CollectionTypeSchema {
  collectionName: 'up_roles';
  info: {
    description: '';
    displayName: 'Role';
    name: 'role';
    pluralName: 'roles';
    singularName: 'role';
  };
  options: {
    draftAndPublish: false;
  };
  pluginOptions: {
    'content-manager': {
      visible: false;
    };
    'content-type-builder': {
      visible: false;
    };
  };
  attributes: {
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    description: Schema.Attribute.String;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::users-permissions.role'> &
      Schema.Attribute.Private;
    name: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 3;
      }>;
    permissions: Schema.Attribute.Relation<'oneToMany', 'plugin::users-permissions.permission'>;
    publishedAt: Schema.Attribute.DateTime;
    type: Schema.Attribute.String & Schema.Attribute.Unique;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    users: Schema.Attribute.Relation<'oneToMany', 'plugin::users-permissions.user'>;
  };
}

export interface PluginUsersPermissionsUser extends Struct.CollectionTypeSchema {
  collectionName: 'up_users';
  info: {
    description: '';
    displayName: 'User';
    name: 'user';
    pluralName: 'users';
    singularName: 'user';
  };
  options: {
    draftAndPublish: false;
    timestamps: true;
  };
  attributes: {
    blocked: Schema.Attribute.Boolean & Schema.Attribute.DefaultTo<false>;
    confirmationToken: Schema.Attribute.String & Schema.Attribute.Private;
    confirmed: Schema.Attribute.Boolean & Schema.Attribute.DefaultTo<false>;
    createdAt: Schema.Attribute.DateTime;
    createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    email: Schema.Attribute.Email &
      Schema.Attribute.Required &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 6;
      }>;
    locale: Schema.Attribute.String & Schema.Attribute.Private;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::users-permissions.user'> &
      Schema.Attribute.Private;
    password: Schema.Attribute.Password &
      Schema.Attribute.Private &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 6;
      }>;
    provider: Schema.Attribute.String;
    publishedAt: Schema.Attribute.DateTime;
    resetPasswordToken: Schema.Attribute.String & Schema.Attribute.Private;
    role: Schema.Attribute.Relation<'manyToOne', 'plugin::users-permissions.role'>;
    updatedAt: Schema.Attribute.DateTime;
    updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
    username: Schema.Attribute.String &
      Schema.Attribute.Required &
      Schema.Attribute.Unique &
      Schema.Attribute.SetMinMaxLength<{
        minLength: 3;
      }>;
  };
}

declare module '@strapi/strapi' {
  export namespace Public {
    export interface ContentTypeSchemas {
      'admin::api-token': AdminApiToken;
      'admin::api-token-permission': AdminApiTokenPermission;
      'admin::permission': AdminPermission;
      'admin::role': AdminRole;
      'admin::session': AdminSession;
      'admin::transfer-token': AdminTransferToken;
      'admin::transfer-token-permission': AdminTransferTokenPermission;
      'admin::user': AdminUser;
      'api::lead.lead': ApiLeadLead;
      'plugin::content-releases.release': PluginContentReleasesRelease;
      'plugin::content-releases.release-action': PluginContentReleasesReleaseAction;
      'plugin::customer-governance.absence': PluginCustomerGovernanceAbsence;
      'plugin::customer-governance.access-grant': PluginCustomerGovernanceAccessGrant;
      'plugin::customer-governance.access-request': PluginCustomerGovernanceAccessRequest;
      'plugin::customer-governance.anomaly-alert': PluginCustomerGovernanceAnomalyAlert;
      'plugin::customer-governance.attachment': PluginCustomerGovernanceAttachment;
      'plugin::customer-governance.audit-entry': PluginCustomerGovernanceAuditEntry;
      'plugin::customer-governance.audit-finding': PluginCustomerGovernanceAuditFinding;
      'plugin::customer-governance.backup-run': PluginCustomerGovernanceBackupRun;
      'plugin::customer-governance.change-request': PluginCustomerGovernanceChangeRequest;
      'plugin::customer-governance.collection-plan': PluginCustomerGovernanceCollectionPlan;
      'plugin::customer-governance.consent': PluginCustomerGovernanceConsent;
      'plugin::customer-governance.contact': PluginCustomerGovernanceContact;
      'plugin::customer-governance.customer': PluginCustomerGovernanceCustomer;
      'plugin::customer-governance.customer-group': PluginCustomerGovernanceCustomerGroup;
      'plugin::customer-governance.department': PluginCustomerGovernanceDepartment;
      'plugin::customer-governance.destruction-certificate': PluginCustomerGovernanceDestructionCertificate;
      'plugin::customer-governance.destruction-order': PluginCustomerGovernanceDestructionOrder;
      'plugin::customer-governance.destruction-task': PluginCustomerGovernanceDestructionTask;
      'plugin::customer-governance.impact-assessment': PluginCustomerGovernanceImpactAssessment;
      'plugin::customer-governance.import-run': PluginCustomerGovernanceImportRun;
      'plugin::customer-governance.internal-audit': PluginCustomerGovernanceInternalAudit;
      'plugin::customer-governance.legal-hold': PluginCustomerGovernanceLegalHold;
      'plugin::customer-governance.notice': PluginCustomerGovernanceNotice;
      'plugin::customer-governance.partner': PluginCustomerGovernancePartner;
      'plugin::customer-governance.purpose': PluginCustomerGovernancePurpose;
      'plugin::customer-governance.retention-rule': PluginCustomerGovernanceRetentionRule;
      'plugin::customer-governance.retention-rule-change': PluginCustomerGovernanceRetentionRuleChange;
      'plugin::customer-governance.staff-account': PluginCustomerGovernanceStaffAccount;
      'plugin::customer-governance.staff-profile': PluginCustomerGovernanceStaffProfile;
      'plugin::customer-governance.web-form': PluginCustomerGovernanceWebForm;
      'plugin::i18n.locale': PluginI18NLocale;
      'plugin::review-workflows.workflow': PluginReviewWorkflowsWorkflow;
      'plugin::review-workflows.workflow-stage': PluginReviewWorkflowsWorkflowStage;
      'plugin::upload.file': PluginUploadFile;
      'plugin::upload.folder': PluginUploadFolder;
      'plugin::users-permissions.permission': PluginUsersPermissionsPermission;
      'plugin::users-permissions.role': PluginUsersPermissionsRole;
      'plugin::users-permissions.user': PluginUsersPermissionsUser;
    }
  }
}
