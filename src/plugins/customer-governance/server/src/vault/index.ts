import type { Domain } from '../domain';
import { useVaultDocuments } from './documents';
import { keyEpochsService } from './epochs-service';
import { fieldProblems, registerField } from './field';
import { subscribeSealing, writeInTransactions } from './lifecycles';
import { registerVaultModels } from './models';
import { vaultUpkeepService } from './upkeep';
import { vaultOf, vaultService } from './vault';

/** Keys, sealing, masks, look-up and the custom field. */
export const vault: Domain = {
  name: 'vault',
  services: {
    vault: vaultService,
    'vault-upkeep': vaultUpkeepService,
    'key-epochs': keyEpochsService,
  },

  register({ strapi }) {
    registerField(strapi);
    registerVaultModels(strapi);
  },

  async bootstrap({ strapi }) {
    const problems = Object.values(strapi.contentTypes).flatMap((type) => fieldProblems(type));
    if (problems.length > 0) {
      throw new Error(`Protected attributes are declared wrongly:\n- ${problems.join('\n- ')}`);
    }
    const service = vaultOf(strapi);
    await service.start();
    writeInTransactions(strapi, new Set(service.governed().keys()));
    subscribeSealing(strapi, {
      governed: service.governed(),
      records: service.records,
      guards: service.guards,
      identities: service.identities,
      removeKeys: (type, ids) => service.removeKeys(type, ids),
    });
  },

  async destroy({ strapi }) {
    await vaultOf(strapi).stop();
  },
};

/**
 * The vault's own check of a write in the document service. It comes after all the others, so that these can name
 * everything that is wrong in one answer; and right before Strapi's validation, which quotes values.
 */
export const vaultCheck: Domain = {
  name: 'vault-check',
  bootstrap({ strapi }) {
    useVaultDocuments(strapi);
  },
};
