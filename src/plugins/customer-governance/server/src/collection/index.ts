import type { Domain } from '../domain';
import { coreApi, readApi } from '../http/core-api';
import collectionPlan from './content-types/collection-plan/schema.json';
import purpose from './content-types/purpose/schema.json';
import { addCollectionRules } from './documents';
import { addPlanRules } from './plans';
import { addPurposeRules, protectPurposes, syncPurposes } from './purposes';
import { PLAN, PURPOSE } from './uids';

const purposeApi = readApi(PURPOSE);
const planApi = coreApi(PLAN);

/** What may be collected: purposes, plans, and the rules that they make for every entry. */
export const collection: Domain = {
  name: 'collection',
  contentTypes: {
    purpose: { schema: purpose },
    'collection-plan': { schema: collectionPlan },
  },
  services: { ...purposeApi.services, ...planApi.services },
  controllers: { ...purposeApi.controllers, ...planApi.controllers },
  contentApiRoutes: [...purposeApi.contentApiRoutes, ...planApi.contentApiRoutes],

  async bootstrap({ strapi }) {
    addPurposeRules(strapi);
    addPlanRules(strapi);
    addCollectionRules(strapi, () => new Date());
    protectPurposes(strapi);
    await syncPurposes(strapi);
  },
};
