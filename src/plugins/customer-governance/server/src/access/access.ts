import type { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../audit/audit';
import { ordinaryUse } from '../customers/stages';
import { inTransaction } from '../database';
import { actorOf } from '../organisation/actor';
import type { ClearanceGap } from '../organisation/clearance';
import { organisationInRequest } from '../organisation/in-request';
import { organisationOf } from '../organisation/organisation';
import { policyOf } from '../policy';
import type { ChangedValues } from '../vault/changed-values';
import { vaultOf, type PlainValues } from '../vault/vault';
import { filterFor, REVEAL_ACTION } from './abilities';
import { createAuthorisation, type RevealRequest, type Scope } from './authorisation';
import { grantsOf } from './grants';
import { ambientAttributes, CUSTOMER, notStopped } from './lawfulness';
import { adminAbility, inSight, visibleToAsker } from './visibility';

const NO_VALUES =
  'This entry holds no old and new values, or they went with the key of their record.';

export interface Revealed {
  values: Record<string, PlainValues>;
  basis: 'standing' | 'grant';
  /** When the right ends; `null` for a standing permission. */
  until: Date | null;
}

/** The one door out of the vault. What leaves is authorised, logged, and only then returned. */
export function accessService({ strapi }: { strapi: Core.Strapi }) {
  const vault = () => vaultOf(strapi);
  const { authorise, assertProtected, assertOpen, gapOf, mayAlways, useOf, staffOf } =
    createAuthorisation(strapi);

  const inOrdinaryUse = async (documentIds: string[]): Promise<string[]> => {
    if (documentIds.length === 0) return [];
    const rows: Array<{ documentId: string }> = await strapi.db.query(CUSTOMER).findMany({
      select: ['documentId'],
      where: { documentId: { $in: documentIds }, ...ordinaryUse() },
    });
    const ordinary = new Set(rows.map(({ documentId }) => documentId));
    return documentIds.filter((id) => ordinary.has(id));
  };

  /**
   * Writes unseal and log into one transaction; the values leave it only when it has committed.
   * @param open opens what is released, once the entry is written.
   * @param use counts the use of a grant, in the same transaction.
   */
  const release = <T>(
    { type, documentIds, attributes }: Scope,
    entry: {
      action: 'record.reveal' | 'record.view';
      purpose?: string;
      requestId?: string | null;
      basis: string;
      details?: { entry: string };
    },
    open: () => Promise<T>,
    use?: () => Promise<void>
  ): Promise<T> =>
    inTransaction(strapi, async () => {
      await use?.();
      await auditOf(strapi).append({
        ...entry,
        recordType: type,
        recordIds: documentIds,
        attributes,
      });
      return open();
    });

  const opened = ({ type, documentIds, attributes }: Scope) =>
    vault().unseal(type, documentIds, [...attributes]);

  /** Of the rows, the documentIds of those that a filter of the ability and the consents let through. */
  const shownOf = async (
    type: string,
    ids: number[],
    filter: Record<string, unknown>
  ): Promise<Set<string>> => {
    const $and = [{ id: { $in: ids } }, filter, await notStopped(strapi, type, ids)];
    const found = await strapi.db.query(type).findMany({ select: ['documentId'], where: { $and } });
    return new Set(found.map(({ documentId }: { documentId: string }) => documentId));
  };

  return {
    /**
     * Reveals protected attributes of records for a purpose, on a standing permission or a running grant.
     * The audit entry commits before the values are returned.
     * @throws NotFoundError for records that the asker may not read, as for records that do not exist.
     * @throws ForbiddenError when there is no right, the purpose does not justify an attribute, or consent is missing.
     */
    async reveal(request: RevealRequest, now: Date = new Date()): Promise<Revealed> {
      const right = await authorise(request, now);
      const { basis, until, requestId, purpose } = right;
      const values = await release(
        request,
        { action: 'record.reveal', purpose, requestId, basis },
        () => opened(request),
        useOf(right, now)
      );
      return { values: Object.fromEntries(values), basis, until };
    },

    /**
     * Reveals the old and new values that an entry of the log holds of one record: to whoever may be revealed these attributes
     * of the record now, for a purpose, and logged like any other reveal.
     * @throws NotFoundError when the entry holds none, or none that can be opened any more.
     */
    async revealChange(
      entryId: string,
      purposeCode: string,
      now: Date = new Date()
    ): Promise<Pick<Revealed, 'basis' | 'until'> & { values: ChangedValues }> {
      const entry = await auditOf(strapi).find(entryId);
      const [id = '', sealed] = Object.entries(entry?.sealed ?? {})[0] ?? [];
      const type = entry?.recordType ?? '';
      const known = vault().protectedAttributes(type);
      const attributes = (entry?.attributes ?? []).filter((name) => Object.hasOwn(known, name));
      if (!sealed || attributes.length === 0) throw new errors.NotFoundError(NO_VALUES);
      const request = { type, documentIds: [id], attributes, purpose: purposeCode };
      const right = await authorise(request, now);
      const { basis, until, requestId, purpose } = right;
      const values = await release(
        request,
        { action: 'record.reveal', purpose, requestId, basis, details: { entry: entryId } },
        () => vault().unsealChange(type, id, sealed),
        useOf(right, now)
      );
      if (!values) throw new errors.NotFoundError(NO_VALUES);
      const shown = attributes.flatMap((name) => (values[name] ? [[name, values[name]]] : []));
      return { values: Object.fromEntries(shown) as ChangedValues, basis, until };
    },

    /**
     * Opens the file that hangs on a protected attribute of a record, by the rules of a reveal. Its beginning is verified first,
     * then the entry commits, and only then is anything given out.
     * @param sealed fetches the sealed file, once the right is sure.
     * @throws like `reveal`, and ApplicationError when the file does not open.
     */
    async revealFile(
      file: { type: string; documentId: string; attribute: string; purpose: string },
      sealed: () => Promise<Readable>,
      now: Date = new Date()
    ): Promise<Readable> {
      const { type, documentId, attribute } = file;
      const request = {
        type,
        documentIds: [documentId],
        attributes: [attribute],
        purpose: file.purpose,
      };
      const right = await authorise(request, now);
      const { basis, requestId, purpose } = right;
      const content = await vault().unsealFile(type, documentId, attribute, sealed);
      try {
        return await release(
          request,
          { action: 'record.reveal', purpose, requestId, basis },
          () => Promise.resolve(content),
          useOf(right, now)
        );
      } catch (error) {
        content.destroy();
        throw error;
      }
    },

    /** Puts clear values into rows that the caller may see them in, as one batch with one entry. The rows are changed in place. */
    async fillAmbient(
      type: string,
      rows: Array<Record<string, unknown>>,
      now: Date = new Date()
    ): Promise<void> {
      const ability = adminAbility(strapi);
      const actor = actorOf(strapi).identity();
      if (!ability || actor?.kind !== 'admin' || vault().isShut()) return;
      // The conditions of the role have asked for the profile already.
      const staff = await organisationInRequest(strapi).staffOfUser(Number(actor.id));
      if (gapOf(actor, staff, now)) return;
      const ids = rows.map((row) => Number(row.id));
      const allowed = new Map<string, Set<string>>();
      const answers = new Map<string, Set<string>>();
      for (const attribute of ambientAttributes(strapi, type)) {
        const filter = filterFor(ability, REVEAL_ACTION, type, attribute);
        if (!filter || !rows.some((row) => row[attribute])) continue;
        // Attributes with equal conditions share one query, which also asks for the consents.
        const key = JSON.stringify(filter);
        const passed = answers.get(key) ?? (await shownOf(type, ids, filter));
        answers.set(key, passed);
        if (passed.size > 0) allowed.set(attribute, passed);
      }
      const shown = rows
        .map((row) => String(row.documentId))
        .filter((id) => [...allowed.values()].some((set) => set.has(id)));
      if (shown.length === 0) return;
      const scope = { type, documentIds: shown, attributes: [...allowed.keys()] };
      const values = await release(scope, { action: 'record.view', basis: 'ambient' }, () =>
        opened(scope)
      );
      for (const row of rows) {
        const id = String(row.documentId);
        const plain = values.get(id);
        if (!plain) continue;
        for (const [attribute, passed] of allowed) {
          if (passed.has(id) && row[attribute] && plain[attribute] !== undefined) {
            row[attribute] = plain[attribute];
          }
        }
      }
    },

    /** Fills rows of a content-API answer for a request that names `reveal` and `purpose`. */
    async fillRequested(
      type: string,
      rows: Array<Record<string, unknown>>,
      attributes: string[],
      purpose: string
    ): Promise<void> {
      const selected = attributes.filter((attribute) => rows.some((row) => row[attribute]));
      assertProtected(type, attributes);
      const documentIds = rows.map((row) => String(row.documentId));
      if (documentIds.length > policyOf(strapi).get().access.listRevealMax) {
        throw new errors.ValidationError(
          `One answer reveals at most ${policyOf(strapi).get().access.listRevealMax} records. Ask for a smaller page.`
        );
      }
      const { values } = await this.reveal({ type, documentIds, attributes, purpose });
      for (const row of rows) {
        for (const attribute of selected) {
          const value = values[String(row.documentId)]?.[attribute];
          if (value !== undefined) row[attribute] = value;
        }
      }
    },

    /**
     * Records with exactly this value, among those that the asker may read. Logged without the value.
     * @param request.dormant whether dormant and invalid customers are answered, too.
     */
    async lookup(request: {
      type: string;
      attribute: string;
      value: string;
      transform?: string;
      dormant?: boolean;
    }) {
      const { type, attribute, value, transform = 'exact', dormant = false } = request;
      assertProtected(type, [attribute]);
      actorOf(strapi).require();
      assertOpen();
      const ids = await vault().lookup(type, attribute, value, transform);
      const visible = await visibleToAsker(strapi, type, ids);
      const readable = ids.filter((id) => visible.has(id));
      const found = dormant || type !== CUSTOMER ? readable : await inOrdinaryUse(readable);
      await auditOf(strapi).append({
        action: 'record.lookup',
        recordType: type,
        recordIds: found,
        attributes: [attribute],
        details: { transform, hits: found.length },
      });
      return found;
    },

    /**
     * Whether the asker may see this value of a record anyway, by a standing permission, so that telling whether a value
     * is the stored one tells nothing new. Code that runs as a system actor may.
     */
    async maySee(type: string, documentId: string, attribute: string): Promise<boolean> {
      const actor = actorOf(strapi).identity();
      if (actor?.kind === 'system') return true;
      if (!actor || gapOf(actor, await staffOf(actor), new Date())) return false;
      if (!(await visibleToAsker(strapi, type, [documentId])).has(documentId)) return false;
      return mayAlways(actor, { type, documentIds: [documentId], attributes: [attribute] });
    },

    /** Why whoever asks may see nothing at present, or `null`. */
    async clearance(now: Date = new Date()): Promise<ClearanceGap | null> {
      const actor = actorOf(strapi).require();
      return gapOf(actor, await staffOf(actor), now);
    },

    /** What the asker could do with each protected attribute of one record now. */
    async status(type: string, documentId: string, now: Date = new Date()) {
      const ability = adminAbility(strapi);
      const ambient = new Set(ambientAttributes(strapi, type));
      const present = (await vault().presence(type, [documentId])).get(documentId) ?? [];
      const staff = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
      const grants = staff ? await grantsOf(strapi).runningFor(staff, type, [documentId], now) : [];
      const controlled = policyOf(strapi).controlledOf(type);
      const status: Record<string, unknown> = {};
      for (const [attribute, kind] of Object.entries(vault().protectedAttributes(type))) {
        const filter = ability ? filterFor(ability, REVEAL_ACTION, type, attribute) : null;
        const stands = (await inSight(strapi, type, [documentId], filter)).has(documentId);
        const fitting = grants.filter((grant) => grant.attributes.includes(attribute));
        const grant = fitting.sort((a, b) => Number(b.endsAt) - Number(a.endsAt))[0];
        status[attribute] = {
          kind: kind.id,
          level:
            policyOf(strapi).classificationOf(type, attribute)?.level ?? kind.classification.level,
          ambient: ambient.has(attribute),
          controlled: controlled.has(attribute),
          reveal: stands ? 'standing' : grant ? 'grant' : null,
          until: stands ? null : (grant?.endsAt ?? null),
          purposes: stands ? null : fitting.map(({ purpose }) => purpose),
          present: present.includes(attribute),
        };
      }
      return status;
    },
  };
}

export type AccessService = ReturnType<typeof accessService>;

export const accessOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('access') as AccessService;
