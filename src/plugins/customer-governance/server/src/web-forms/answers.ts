import { createHmac } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { canonicalJson } from '../audit/encoding';
import { tablesOf } from '../database';
import { policyOf } from '../policy';
import { vaultOf } from '../vault/vault';
import { ANSWERS } from './models';
import { Refused } from './refused';

const USE = 'customer-governance/web-form-answers';
const HOUR_MS = 60 * 60 * 1000;

interface Row {
  body_digest: string;
  answer: string | null;
}

/**
 * What was answered under a client's own key (`Idempotency-Key`). All of it happens in the transaction of the entry: of two that
 * come at once, the second waits for the first, and what was refused leaves nothing behind.
 */
export function createAnswers(strapi: Core.Strapi) {
  const digestOf = (text: string): string =>
    createHmac('sha256', vaultOf(strapi).keyring().ownKey(USE)).update(text).digest('base64url');

  return {
    /**
     * Takes a key for an entry. @returns the answer that was given under it before, or `null` when the entry is to be made.
     * @throws Refused when the key was used for another entry.
     */
    async take(form: number, key: string, body: unknown, now: Date): Promise<object | null> {
      const { keepAnswersHours } = policyOf(strapi).get().webForms;
      const key_digest = digestOf(key);
      const body_digest = digestOf(canonicalJson(body));
      const tables = await tablesOf(strapi);
      await tables(ANSWERS)
        .where({ form, key_digest })
        .andWhere('expires_at', '<=', now.getTime())
        .delete();
      const taken = (await tables(ANSWERS)
        .insert({
          form,
          key_digest,
          body_digest,
          answer: null,
          expires_at: now.getTime() + keepAnswersHours * HOUR_MS,
        })
        .onConflict(['form', 'key_digest'])
        .ignore()
        .returning('id')) as unknown[];
      if (taken.length > 0) return null;
      const row = (await tables(ANSWERS).where({ form, key_digest }).first()) as Row | undefined;
      if (row?.body_digest !== body_digest) {
        throw new Refused(
          422,
          'UnprocessableEntityError',
          'This Idempotency-Key was used for another entry. Send each entry under a key of its own.'
        );
      }
      return JSON.parse(row.answer ?? '{}') as object;
    },

    async keep(form: number, key: string, answer: object): Promise<void> {
      await (
        await tablesOf(strapi)
      )(ANSWERS)
        .where({ form, key_digest: digestOf(key) })
        .update({ answer: JSON.stringify(answer) });
    },
  };
}

export type Answers = ReturnType<typeof createAnswers>;
