import type { Core } from '@strapi/strapi';

const PLUGIN = 'customer-governance';

export default {
  /** Strapi skips a plugin that was not built without a word; without this one nothing would be sealed. */
  register({ strapi }: { strapi: Core.Strapi }) {
    if (!strapi.plugins[PLUGIN]) {
      throw new Error(
        `The plugin "${PLUGIN}" is not loaded, so nothing would protect customer data. ` +
          'Build it with "npm run build" and see that config/plugins.ts enables it.'
      );
    }
  },
};
