import type { Core } from '@strapi/strapi';

const middlewares: Core.Config.Middlewares = [
  // In place of strapi::logger, which writes the query string, and so whatever a client searched for.
  'plugin::customer-governance.request-log',
  // Outside of whatever refuses: it brings the words into the reader's language.
  'plugin::customer-governance.refusals-in-language',
  // Outside of what answers, for it decides which pages may read it.
  'plugin::customer-governance.web-form-gate',
  'strapi::errors',
  'plugin::customer-governance.quiet-errors',
  'strapi::security',
  'strapi::cors',
  'strapi::poweredBy',
  'strapi::query',
  'plugin::customer-governance.refuse-forms',
  { name: 'strapi::body', config: { jsonLimit: '1mb', formLimit: '1mb' } },
  'plugin::customer-governance.clean-input',
  'plugin::customer-governance.refuse-drafts',
  'strapi::session',
  'strapi::favicon',
  'strapi::public',
];

export default middlewares;
