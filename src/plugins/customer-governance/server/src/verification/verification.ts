import type { Core } from '@strapi/strapi';
import { chunks, tablesOf } from '../database';
import { PLUGIN } from '../domain';
import { CUSTOMER } from '../policy/attribute-path';
import { createCustomerFacts } from './customers';
import { SAMPLES, STANDINGS, VERIFICATIONS } from './models';
import { createRecording } from './recording';
import { createSampling } from './sampling';
import { createTasks } from './tasks';

const IDS_PER_QUERY = 500;

/** Whether what is on file is so: verifications of key facts, what waits for one, and the sample [COL-8]. */
export function verificationService({ strapi }: { strapi: Core.Strapi }) {
  const facts = createCustomerFacts(strapi);
  return {
    facts,
    recording: createRecording(strapi, facts),
    tasks: createTasks(strapi, facts),
    sampling: createSampling(strapi, facts, Math.random),

    /** With customers goes what was found out of them; what the sample came to stays, of nobody. */
    async forgetCustomers(documentIds: readonly string[]): Promise<void> {
      const tables = await tablesOf(strapi);
      for (const part of chunks(documentIds, IDS_PER_QUERY)) {
        for (const table of [VERIFICATIONS, STANDINGS])
          await tables(table).whereIn('document_id', part).delete();
        await tables(SAMPLES).whereIn('document_id', part).where({ state: 'open' }).delete();
        await tables(SAMPLES).whereIn('document_id', part).update({ document_id: null });
      }
    },

    /** Of a file that goes into another one: the verifications of the values that are taken over go with them. */
    async moveFacts(from: string, to: string, attributes: readonly string[]): Promise<void> {
      await (
        await tablesOf(strapi)
      )(VERIFICATIONS)
        .where({ document_id: from })
        .whereIn('attribute', [...attributes])
        .update({ document_id: to });
    },

    /** What is forgotten of single attributes that are destroyed. */
    async forgetAttributes(
      type: string,
      documentIds: readonly string[],
      attributes: readonly string[]
    ): Promise<void> {
      if (type !== CUSTOMER) return;
      for (const part of chunks(documentIds, IDS_PER_QUERY)) {
        await (
          await tablesOf(strapi)
        )(VERIFICATIONS)
          .whereIn('document_id', part)
          .whereIn('attribute', [...attributes])
          .delete();
      }
    },
  };
}

export type VerificationService = ReturnType<typeof verificationService>;

export const verificationOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('verification') as VerificationService;
