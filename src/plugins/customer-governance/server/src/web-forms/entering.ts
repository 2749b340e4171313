import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../audit/audit';
import { consentsOf } from '../consents/consents';
import { toProblems, type Finding } from '../customers/entry/finding';
import { onceTransactionEnds } from '../customers/entry/transaction';
import { duplicatesOf } from '../customers/duplicates/duplicates';
import { inTransaction, tablesOf } from '../database';
import { actorOf } from '../organisation/actor';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { assertNoProblems } from '../vault/sealing';
import { vaultOf } from '../vault/vault';
import { isUnderAge } from './age';
import { readAgreement, type Answered } from './agreement';
import type { Answers } from './answers';
import type { Days } from './days';
import { openForm, type Language, type OpenForm, type WebFormRow } from './form';
import { NONCES } from './models';
import { Refused } from './refused';
import { readToken, writeToken } from './token';

const USE = 'customer-governance/web-form-tokens';
const MINUTE_MS = 60_000;
/** The system actor that the log shows: the visitor is nobody whom we know. */
const ACTOR = 'web-form';

/** What no visitor fills in: of customers, and of their consents. */
const OURS: ReadonlySet<string> = new Set([
  ...['owner', 'department', 'plan', 'kind', 'source', 'method', 'firstContactAt'],
  ...['customer', 'purpose', 'evidence', 'noticeVersion'],
]);

/** An entry as a client sends it. */
export interface Sent {
  token: string;
  language?: Language;
  fields: Record<string, unknown>;
  consents: Answered[];
}

/** What a client is answered: nothing that was not sent, and nothing of whether the person was known. */
export interface Receipt {
  receipt: string;
  receivedAt: string;
  notice: { version: string; hash: string };
  consents: Array<{ purpose: string; scope: string; state: 'given' | 'refused' }>;
}

const TOKEN_REFUSED = {
  forged: 'The token is not one of ours. Fetch the form again.',
  expired:
    'The form was open for too long. Fetch it again, and send what was filled in with the new token.',
  'other-form': 'The token is that of another form. Fetch this form.',
} as const;

/** How visitors of a website become customers: form, notice, consent and record, in one transaction [COL-4]. */
export function createEntering(strapi: Core.Strapi, answers: Answers, days: Days) {
  const key = () => vaultOf(strapi).keyring().ownKey(USE);

  const open = async (row: WebFormRow, now: Date): Promise<OpenForm> => {
    const form = await openForm(strapi, row, now);
    if ('closed' in form) {
      throw new Refused(403, 'ForbiddenError', 'This form takes no entries at the moment.');
    }
    return form;
  };

  /** The database lets each token through once; what is refused afterwards gives it back. */
  const useToken = async (form: OpenForm, token: string, now: Date): Promise<void> => {
    const read = readToken(key(), token, form.row.code, now);
    if (!read.ok) throw new Refused(403, 'ForbiddenError', TOKEN_REFUSED[read.reason]);
    if (read.facts.notice !== form.notice.hash) {
      throw new Refused(
        409,
        'ConflictError',
        'The notice has changed since the form was fetched. Fetch it again and show the new one.'
      );
    }
    const taken = (await (
      await tablesOf(strapi)
    )(NONCES)
      .insert({ nonce: read.facts.nonce, expires_at: read.facts.expiresAt })
      .onConflict(['nonce'])
      .ignore()
      .returning('id')) as unknown[];
    if (taken.length > 0) return;
    throw new Refused(
      409,
      'ConflictError',
      'This form was sent already. Fetch it again for another entry.'
    );
  };

  const refuse = async (findings: readonly Finding[]): Promise<void> => {
    const refused = findings.filter((finding) => finding.refused);
    if (refused.length > 0) {
      await onceTransactionEnds(strapi, () =>
        auditOf(strapi).refused({
          action: 'collection.refused',
          recordType: CUSTOMER,
          attributes: [...new Set(refused.map(({ attribute }) => attribute))],
        })
      );
    }
    assertNoProblems(toProblems(findings));
  };

  const write = async (
    form: OpenForm,
    sent: Sent,
    address: string | undefined,
    now: Date
  ): Promise<Receipt> => {
    const { row, notice } = form;
    const { findings, plain, sensitive } = readAgreement(form, sent.fields, sent.consents);
    const { guardianUnderAge } = policyOf(strapi).get().collection;
    if (isUnderAge(sent.fields, guardianUnderAge, days.dayAt(now))) {
      findings.push({
        attribute: 'birthDate',
        reason: `is that of somebody under ${guardianUnderAge}, for whom a guardian agrees. Ask the company to enter them with the guardian`,
        refused: true,
      });
    }
    if (findings.length > 0) await refuse(findings);
    const receipt = randomBytes(9).toString('base64url');
    const customers = strapi.documents(CUSTOMER as never);
    const created = (await customers.create({
      data: {
        ...plain,
        kind: row.customerKind,
        source: 'website',
        method: 'online',
        firstContactAt: now.toISOString(),
        plan: row.plan?.documentId,
        ...(row.owner ? { owner: row.owner.id } : {}),
        ...(row.department ? { department: row.department.id } : {}),
      },
    } as never)) as unknown as { id: number; documentId: string };
    const { documentId } = created;
    await consentsOf(strapi).recordElectronic(
      {
        customer: { id: created.id },
        notice,
        answers: sent.consents.map(({ purpose, scope, given }) => ({
          purpose,
          scope,
          agreed: given,
        })),
        evidence: `web-form ${row.code} ${receipt}`,
        language: sent.language ?? null,
        address,
      },
      now
    );
    // Sensitive values wait until the consent that they rest on stands.
    if (Object.keys(sensitive).length > 0)
      await customers.update({ documentId, data: sensitive } as never);
    await auditOf(strapi).append({
      action: 'web-form.enter',
      recordType: CUSTOMER,
      recordIds: [documentId],
      attributes: Object.keys(plain).concat(Object.keys(sensitive)),
      details: { webForm: row.code, receipt },
    });
    return {
      receipt,
      receivedAt: now.toISOString(),
      notice: { version: notice.version, hash: notice.hash },
      consents: sent.consents.map(({ purpose, scope, given }) => ({
        purpose,
        scope,
        state: given ? 'given' : 'refused',
      })),
    };
  };

  const assertWithinDay = (row: WebFormRow, entered: number): void => {
    const { entriesPerDay } = policyOf(strapi).get().webForms;
    if (entered <= (row.entriesPerDay ?? entriesPerDay)) return;
    throw new Refused(
      429,
      'RateLimitError',
      'This form takes no more entries today. Try again tomorrow.'
    );
  };

  return {
    open,

    /** A form as it is shown to one visitor, with the token to send it back with. */
    tokenFor({ row, notice }: OpenForm, now: Date): { token: string; expiresAt: string } {
      const expiresAt = now.getTime() + policyOf(strapi).get().webForms.tokenMinutes * MINUTE_MS;
      const nonce = randomBytes(18).toString('base64url');
      const facts = { form: row.code, nonce, notice: notice.hash, expiresAt };
      return { token: writeToken(key(), facts), expiresAt: new Date(expiresAt).toISOString() };
    },

    /**
     * Takes an entry in: token, customer, consents and log are one transaction. That the person is on file already stops nothing
     * and is told to nobody outside; whoever may sees it among the duplicates [COL-7].
     * @param clientKey under which the same entry, sent again, is answered again.
     */
    async enter(
      row: WebFormRow,
      sent: Sent,
      clientKey: string | undefined,
      now: Date
    ): Promise<{ receipt: object; repeated: boolean }> {
      // Asked for before the visitor is nobody: of the system there is no address.
      const address = actorOf(strapi).address();
      const asVisitor = <T>(work: () => Promise<T>): Promise<T> =>
        actorOf(strapi).asSystem(ACTOR, () =>
          duplicatesOf(strapi).acceptingDuplicates(() => inTransaction(strapi, work))
        );
      try {
        return await asVisitor(async () => {
          if (clientKey !== undefined) {
            const before = await answers.take(row.id, clientKey, sent, now);
            if (before) return { receipt: before, repeated: true };
          }
          const form = await open(row, now);
          await useToken(form, sent.token, now);
          const receipt = await write(form, sent, address, now);
          if (clientKey !== undefined) await answers.keep(row.id, clientKey, receipt);
          // Last, for all entries of the form wait for each other here.
          assertWithinDay(row, await days.add(row.id, 'entered', now));
          return { receipt, repeated: false };
        });
      } catch (error) {
        await days.add(row.id, 'refused', now);
        throw toldToVisitor(error, sent);
      }
    },
  };

  /**
   * What is wrong with what the visitor filled in is told, field by field. What is wrong with the form itself is no business of
   * theirs: it goes to the server's log, by the names of attributes alone.
   */
  function toldToVisitor(error: unknown, sent: Sent): unknown {
    const details = (error as { details?: { errors?: Array<{ path: string[]; message: string }> } })
      .details;
    if (!(error instanceof errors.ValidationError) || !details?.errors) return error;
    const isOurs = ({ path: [name = ''] }: { path: string[] }) =>
      !Object.hasOwn(sent.fields, name) && OURS.has(name);
    const ours = details.errors.filter(isOurs);
    if (ours.length === 0) return error;
    strapi.log.warn(
      `A web form cannot enter anybody: ${ours.map(({ path }) => path.join('.')).join(', ')}.`
    );
    return new Refused(403, 'ForbiddenError', 'This form takes no entries at the moment.');
  }
}

export type Entering = ReturnType<typeof createEntering>;
