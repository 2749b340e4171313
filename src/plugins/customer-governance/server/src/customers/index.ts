import type { Domain } from '../domain';
import { explorerOf } from '../explorer/explorer';
import { coreApi } from '../http/core-api';
import { jobsOf } from '../jobs/jobs';
import { CONTACT, CUSTOMER } from '../policy/attribute-path';
import { registerConditions } from './conditions';
import contact from './content-types/contact/schema.json';
import customer from './content-types/customer/schema.json';
import { duplicatesOf, duplicatesService } from './duplicates/duplicates';
import { registerDuplicateModels } from './duplicates/models';
import { entryOf, entryService } from './entry/entry';
import { addCustomerRules } from './rules';
import { useOrdinaryStages } from './stages';
import { vaultOf } from '../vault/vault';

const customerApi = coreApi(CUSTOMER);
const contactApi = coreApi(CONTACT);

/** Customers and their contacts, who is responsible for them, and the gate that every entry passes. */
export const customers: Domain = {
  name: 'customers',
  contentTypes: { customer: { schema: customer }, contact: { schema: contact } },
  services: {
    entry: entryService,
    duplicates: duplicatesService,
    ...customerApi.services,
    ...contactApi.services,
  },
  controllers: { ...customerApi.controllers, ...contactApi.controllers },
  contentApiRoutes: [...customerApi.contentApiRoutes, ...contactApi.contentApiRoutes],

  register({ strapi }) {
    registerDuplicateModels(strapi);
  },

  async bootstrap({ strapi }) {
    vaultOf(strapi).setIdentityRules(duplicatesOf(strapi).rules);
    await duplicatesOf(strapi).adoption.sync();
    jobsOf(strapi).register({
      name: 'duplicates-adoption',
      cron: '*/10 * * * *',
      run: async () => {
        await duplicatesOf(strapi).adoption.run();
      },
    });
    await registerConditions(strapi);
    entryOf(strapi).guard();
    addCustomerRules(strapi, () => new Date());
    useOrdinaryStages(strapi);
    explorerOf(strapi).registerRelated(async (documentId, limit) => {
      const contacts: Array<{ documentId: string }> = await strapi.db.query(CONTACT).findMany({
        select: ['documentId'],
        where: { customer: { documentId } },
        orderBy: 'id',
        limit,
      });
      return contacts.map((contact) => contact.documentId);
    });
  },
};
