import { adminRoute, type Domain } from '../domain';
import { asData } from '../http/answer';
import { coreApi, readApi } from '../http/core-api';
import { jobsOf } from '../jobs/jobs';
import { assessmentsService } from './assessments/assessments';
import { addAssessmentRules } from './assessments/rules';
import collectionPlan from './content-types/collection-plan/schema.json';
import impactAssessment from './content-types/impact-assessment/schema.json';
import purpose from './content-types/purpose/schema.json';
import { addCollectionRules } from './documents';
import { addGuardianRule } from './guardians';
import { registerMinimalityModels } from './minimality/models';
import { countFilled, noteUses } from './minimality/uses';
import { planApiRoutes } from './plans/content-api';
import { planController } from './plans/controller';
import { plansOf, plansService } from './plans/plans';
import { addPlanRules } from './plans/rules';
import { addPurposeRules, protectPurposes, syncPurposes } from './purposes';
import { PLAN, PURPOSE } from './uids';

const purposeApi = readApi(PURPOSE);
const planApi = coreApi(PLAN);
const READ = 'plans.read';
const SUBMIT = 'plans.submit';
const ASSESS = 'assessments.approve';

/** What may be collected: purposes, plans, and the rules that they make for every entry. */
export const collection: Domain = {
  name: 'collection',
  contentTypes: {
    purpose: { schema: purpose },
    'collection-plan': { schema: collectionPlan },
    'impact-assessment': { schema: impactAssessment },
  },
  services: {
    plans: plansService,
    assessments: assessmentsService,
    ...purposeApi.services,
    ...planApi.services,
  },
  controllers: {
    plans: planController,
    'plans-api': (context) => ({ form: asData(planController(context).form) }),
    ...purposeApi.controllers,
    ...planApi.controllers,
  },
  adminRoutes: [
    adminRoute('GET', '/collection-plans', 'plans.find', READ),
    adminRoute('GET', '/collection-plans/:documentId', 'plans.findOne', READ),
    // Whoever enters customers needs it; it holds nothing but what is asked for.
    adminRoute('GET', '/collection-plans/:documentId/form', 'plans.form', null),
    adminRoute('POST', '/collection-plans/:documentId/submit', 'plans.submit', SUBMIT),
    adminRoute('POST', '/collection-plans/:documentId/withdraw', 'plans.withdraw', SUBMIT),
    adminRoute(
      'POST',
      '/impact-assessments/:documentId/approve',
      'plans.approveAssessment',
      ASSESS
    ),
    adminRoute('GET', '/minimality', 'plans.minimality', READ),
  ],
  contentApiRoutes: [
    ...purposeApi.contentApiRoutes,
    // Before the core routes, of which one takes any documentId.
    ...planApiRoutes,
    ...planApi.contentApiRoutes,
  ],
  actions: [
    {
      uid: READ,
      displayName: 'Read collection plans and the minimality report',
      subCategory: 'collection',
    },
    { uid: SUBMIT, displayName: 'Submit collection plans', subCategory: 'collection' },
    { uid: ASSESS, displayName: 'Approve impact assessments', subCategory: 'collection' },
  ],

  register({ strapi }) {
    registerMinimalityModels(strapi);
    plansOf(strapi).registerKind();
  },

  async bootstrap({ strapi }) {
    const clock = () => new Date();
    addPurposeRules(strapi);
    addPlanRules(strapi);
    addAssessmentRules(strapi, clock);
    addCollectionRules(strapi, clock);
    addGuardianRule(strapi, clock);
    protectPurposes(strapi);
    await syncPurposes(strapi);
    jobsOf(strapi).register({
      name: 'collection-plans',
      cron: '20 0 * * *',
      run: async (now) => {
        await plansOf(strapi).closeEnded(now);
      },
    });
    jobsOf(strapi).register({
      name: 'attribute-uses',
      cron: '35 2 * * *',
      run: async (now) => {
        await noteUses(strapi);
        await countFilled(strapi, now);
      },
    });
  },
};
