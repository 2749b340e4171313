import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { tablesOf } from '../database';
import { open, openUnder, seal, SealBroken } from './cipher';
import type { Keyring } from './keyring';
import { PENDING_TABLE } from './models';
import type { SealedRecords } from './sealed-records';

/** What proposed values belong to: the request that proposes them, and the record that they are proposed for. */
export interface ProposalPlace {
  requestId: string;
  type: string;
  documentId: string;
}

/** Attribute → canonical plaintext; `null` proposes that the attribute be emptied. Lives in memory only. */
export type ProposedValues = Record<string, string | null>;

/** As it is sealed: with the value that the proposal was made over. */
interface Proposal {
  before: string | null;
  after: string | null;
}

/** A proposed value opens for its own request, record and attribute only, and never as a value of the record. */
export const proposalPlace = ({ requestId, type, documentId }: ProposalPlace, attribute: string) =>
  `${type}\n${documentId}\n${attribute}\nproposed\n${requestId}\n1`;

const GONE =
  'The proposed values cannot be opened any more: the record was destroyed, or its key is not in the key store. Reject the request.';
const BROKEN =
  'The proposed values do not open: they were altered, or are those of another request. Reject the request, and tell the administrator.';
const STALE =
  'The record was changed since this was proposed, so the change is not applied. Reject the request; it can be proposed anew.';

/**
 * Proposed values of records, sealed under the records' own keys until somebody decides: destroyed with the record, and
 * removed with the decision.
 */
export function createPendingValues(
  strapi: Core.Strapi,
  keyring: () => Keyring,
  records: SealedRecords
) {
  /** The key to seal under first; beside it that which it is about to replace. */
  const keysOf = async ({ type, documentId }: ProposalPlace): Promise<[Buffer, ...Buffer[]]> => {
    const [next, current] = await keyring().bothKeys(type, [documentId]);
    const [first, ...others] = [next.get(documentId), current.get(documentId)].filter(
      (key) => key !== undefined
    );
    if (!first) throw new errors.ApplicationError(GONE);
    return [first, ...others];
  };

  return {
    /** Seals what a request proposes, in the running transaction. The caller has locked the record. */
    async propose(where: ProposalPlace, values: ProposedValues): Promise<void> {
      if (Object.keys(values).length === 0) return;
      const [key] = await keysOf(where);
      const current = await records.openOne(where.type, where.documentId);
      const payload = Object.fromEntries(
        Object.entries(values).map(([attribute, after]) => {
          const proposal: Proposal = { before: current[attribute] ?? null, after };
          const sealed = seal(
            key,
            Buffer.from(JSON.stringify(proposal)),
            proposalPlace(where, attribute)
          );
          return [attribute, sealed.toString('base64')];
        })
      );
      const table = (await tablesOf(strapi))(PENDING_TABLE);
      await table.insert({
        request_id: where.requestId,
        record_type: where.type,
        document_id: where.documentId,
        payload: JSON.stringify(payload),
      });
    },

    /**
     * Opens what a request proposes, for the one who writes it into the record, which the caller has locked.
     * @throws ApplicationError when it is not there any more, or the record has other values by now.
     */
    async openProposed(where: ProposalPlace): Promise<ProposedValues> {
      const table = (await tablesOf(strapi))(PENDING_TABLE);
      const row = await table.where({ request_id: where.requestId }).first();
      if (!row) throw new errors.ApplicationError(GONE);
      const keys = await keysOf(where);
      const current = await records.openOne(where.type, where.documentId);
      const values: ProposedValues = {};
      for (const [attribute, text] of Object.entries(JSON.parse(row.payload) as object)) {
        const { before, after } = openOne(keys, String(text), proposalPlace(where, attribute));
        if (before !== (current[attribute] ?? null)) throw new errors.ApplicationError(STALE);
        values[attribute] = after;
      }
      return values;
    },

    /** Removes what a request proposed, once it is decided or withdrawn. */
    async forget(requestId: string): Promise<void> {
      const table = (await tablesOf(strapi))(PENDING_TABLE);
      await table.where({ request_id: requestId }).delete();
    },
  };
}

function openOne(keys: readonly Buffer[], sealed: string, associated: string): Proposal {
  try {
    const bytes = Buffer.from(sealed, 'base64');
    return JSON.parse(openUnder(keys, (key) => open(key, bytes, associated)).toString('utf8'));
  } catch (error) {
    throw error instanceof SealBroken ? new errors.ApplicationError(BROKEN) : error;
  }
}
