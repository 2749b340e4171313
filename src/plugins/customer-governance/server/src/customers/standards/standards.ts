import type { Core } from '@strapi/strapi';
import { PLUGIN } from '../../domain';
import { policyOf } from '../../policy';
import { completenessOf, type Completeness } from './completeness';

type Data = Readonly<Record<string, unknown>>;

/** What a customer's file must look like, the same for the panel, the API and imports [COL-5]. */
export function standardsService({ strapi }: { strapi: Core.Strapi }) {
  return {
    /** How complete a customer's file is. @param record with masks or in clear. */
    completeness(record: Data): Completeness {
      return completenessOf(policyOf(strapi).get().collection, record);
    },
  };
}

export type StandardsService = ReturnType<typeof standardsService>;

export const standardsOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('standards') as StandardsService;
