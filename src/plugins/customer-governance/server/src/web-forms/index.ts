import { z } from '@strapi/utils';
import { adminRoute, type Domain, type Route } from '../domain';
import { dataOf } from '../http/answer';
import { jobsOf } from '../jobs/jobs';
import webForm from './content-types/web-form/schema.json';
import { webFormController } from './controller';
import { addWebFormRules } from './documents';
import { webFormGate } from './gate';
import { registerWebFormModels } from './models';
import { webFormsOf, webFormsService } from './web-forms';

const READ = 'web-forms.read';
const notice = z.object({ version: z.string(), hash: z.string() });
const text = z.union([z.string(), z.object({ en: z.string(), zh: z.string() })]);
const code = { code: z.string() };

/** Called by visitors of websites, who are nobody here: what they may do the form itself says. */
const publicRoutes: Route[] = [
  {
    method: 'GET',
    path: '/web-forms/:code',
    handler: 'web-forms.show',
    config: { auth: false },
    request: { params: code, query: { language: z.enum(['zh', 'en']).optional() } },
    response: dataOf(
      z.object({
        code: z.string(),
        title: z.string(),
        customerKind: z.string(),
        languages: z.array(z.string()),
        notice: notice.extend({ text: z.string() }),
        fields: z.array(
          z.object({
            name: z.string(),
            label: text,
            kind: z.string().nullable(),
            type: z.string(),
            example: z.string().nullable(),
            maxLength: z.number().nullable(),
            choices: z.array(z.string()).nullable(),
            required: z.boolean(),
            recommended: z.boolean(),
            sensitive: z.boolean(),
            purposes: z.array(z.string()),
          })
        ),
        consents: z.array(
          z.object({
            purpose: z.string(),
            name: text,
            scope: z.string(),
            fields: z.array(z.string()),
          })
        ),
        token: z.string(),
        expiresAt: z.string(),
      })
    ),
  },
  {
    method: 'POST',
    path: '/web-forms/:code',
    handler: 'web-forms.enter',
    config: { auth: false },
    request: { params: code },
    response: dataOf(
      z.object({
        receipt: z.string(),
        receivedAt: z.string(),
        notice,
        consents: z.array(z.object({ purpose: z.string(), scope: z.string(), state: z.string() })),
      })
    ),
  },
];

/** Customers who enter themselves, through the forms of the company's own websites. */
export const webForms: Domain = {
  name: 'web-forms',
  contentTypes: { 'web-form': { schema: webForm } },
  services: { 'web-forms': webFormsService },
  controllers: { 'web-forms': webFormController },
  middlewares: { 'web-form-gate': webFormGate as never },
  adminRoutes: [adminRoute('GET', '/web-forms', 'web-forms.list', READ)],
  contentApiRoutes: publicRoutes,
  actions: [
    { uid: READ, displayName: 'See web forms and their counts', subCategory: 'collection' },
  ],

  register({ strapi }) {
    registerWebFormModels(strapi);
  },

  bootstrap({ strapi }) {
    addWebFormRules(strapi);
    jobsOf(strapi).register({
      name: 'web-forms',
      cron: '25 * * * *',
      run: async (now) => {
        await webFormsOf(strapi).sweep(now);
      },
    });
  },
};
