import type { Domain } from '../domain';
import { coreApi } from '../http/core-api';
import partner from './content-types/partner/schema.json';
import { addPartnerRules } from './documents';
import { keepFormerPartners } from './former-texts';
import { PARTNER, partnersService } from './partners';

const api = coreApi(PARTNER);

/** The companies from which customers come: qualified or not, bound by an NDA or not. */
export const partners: Domain = {
  name: 'partners',
  contentTypes: { partner: { schema: partner } },
  services: { partners: partnersService, ...api.services },
  controllers: { ...api.controllers },
  contentApiRoutes: [...api.contentApiRoutes],

  register({ strapi }) {
    keepFormerPartners(strapi);
  },

  bootstrap({ strapi }) {
    addPartnerRules(strapi);
  },
};
