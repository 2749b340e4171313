import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../audit/audit';
import { zoneOf } from '../calendar/zone';
import { actorOf, type Actor } from '../organisation/actor';
import { CLEARANCE_REFUSALS, clearanceGap, type ClearanceGap } from '../organisation/clearance';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { policyOf } from '../policy';
import { forbidden } from '../refusal';
import { vaultOf } from '../vault/vault';
import { filterFor, REVEAL_ACTION, type Ability } from './abilities';
import { grantsOf } from './grants';
import { justified, lawfulFor, purposeOf } from './lawfulness';
import { adminAbility, holdsContentApiAction, inSight, visibleToAsker } from './visibility';

/** Content-API action that lets a token or role reveal, within what its purposes justify. */
export const API_REVEAL = 'plugin::customer-governance.access.reveal';

export interface RevealRequest {
  type: string;
  documentIds: readonly string[];
  attributes: readonly string[];
  /** Code of the purpose. */
  purpose: string;
}

const SHUT =
  'No protected value is opened at the moment: a witness could not be asked yet what was destroyed. Try again in a while, and tell the administrator if it stays so.';

export type Scope = Pick<RevealRequest, 'type' | 'documentIds' | 'attributes'>;

export interface Right {
  basis: 'standing' | 'grant';
  until: Date | null;
  requestId: string | null;
  /** The grant that it is, to be counted; `null` for a standing permission. */
  grantId: number | null;
}

/** Who may be revealed what: right, purpose, clearance and consent. It decides, and gives nothing out. */
export function createAuthorisation(strapi: Core.Strapi) {
  const vault = () => vaultOf(strapi);
  const staffOf = (actor: Actor) => organisationOf(strapi).staffOf(actor);

  /** @throws ForbiddenError while a restore is being looked at. */
  const assertOpen = (): void => {
    if (vault().isShut()) throw forbidden(SHUT);
  };

  const assertProtected = (type: string, attributes: readonly string[]) => {
    const known = vault().protectedAttributes(type);
    if (Object.keys(known).length === 0) {
      throw new errors.ValidationError(`"${type}" is not a governed type.`);
    }
    const unknown = attributes.filter((attribute) => !Object.hasOwn(known, attribute));
    if (unknown.length > 0) {
      throw new errors.ValidationError(
        `Not protected attributes of ${type}: ${unknown.join(', ')}`,
        {
          errors: unknown.map((name) => ({
            path: [name],
            message: 'is not a protected attribute',
            name: 'ValidationError',
          })),
        }
      );
    }
  };

  /** @param request with records that are there, and a purpose that is; a client's own words are not for the log. */
  const refuse = async (
    request: Omit<RevealRequest, 'purpose'> & { purpose: string | null },
    message: string
  ): Promise<never> => {
    await auditOf(strapi).refused({
      action: 'access.refused',
      recordType: request.type,
      recordIds: request.documentIds,
      attributes: request.attributes,
      purpose: request.purpose,
    });
    throw forbidden(message);
  };

  /** Why whoever asks may see nothing at present, whatever their rights; tokens are no persons, and sign nothing. */
  const gapOf = (actor: Actor, staff: StaffRef | null, now: Date): ClearanceGap | null => {
    if (actor.kind === 'api-token') return null;
    const { people, calendar } = policyOf(strapi).get();
    return clearanceGap(staff, people, zoneOf(calendar.timezone).dayAt(now));
  };

  /** A standing permission over all the records and attributes, by the admin's own role and its conditions. */
  const standing = async (ability: Ability, request: Scope): Promise<boolean> => {
    for (const attribute of request.attributes) {
      const filter = filterFor(ability, REVEAL_ACTION, request.type, attribute);
      const allowed = await inSight(strapi, request.type, request.documentIds, filter);
      if (!request.documentIds.every((id) => allowed.has(id))) return false;
    }
    return true;
  };

  /** The same for whoever asks; on the content API the action stands for it. */
  const mayAlways = async (actor: Actor, request: Scope): Promise<boolean> => {
    if (actor.kind === 'api-token' || actor.kind === 'user') {
      return holdsContentApiAction(strapi, API_REVEAL);
    }
    const ability = adminAbility(strapi);
    return actor.kind === 'admin' && ability !== undefined && standing(ability, request);
  };

  const granted = async (
    staff: StaffRef | null,
    request: RevealRequest,
    now: Date
  ): Promise<Right | null> => {
    if (!staff?.active || actorOf(strapi).byAdminToken()) return null;
    const grants = await grantsOf(strapi).runningFor(staff, request.type, request.documentIds, now);
    const fitting = grants.find(
      (grant) =>
        grant.purpose === request.purpose &&
        grant.actions.includes('reveal') &&
        request.attributes.every((attribute) => grant.attributes.includes(attribute)) &&
        request.documentIds.every((id) => grant.records.has(id))
    );
    if (!fitting) return null;
    return {
      basis: 'grant',
      until: fitting.endsAt,
      requestId: fitting.request,
      grantId: fitting.id,
    };
  };

  const rightOf = async (
    actor: Actor,
    staff: StaffRef | null,
    request: RevealRequest,
    now: Date
  ): Promise<Right | null> => {
    if (await mayAlways(actor, request)) {
      return { basis: 'standing', until: null, requestId: null, grantId: null };
    }
    // Whose grant it is, is a person; that the records are in sight was asked before.
    return granted(staff, request, now);
  };

  /**
   * By which right whoever asks may be revealed this.
   * @throws NotFoundError for records that the asker may not read, as for records that do not exist.
   * @throws ForbiddenError when there is no right, the purpose does not justify an attribute, or consent is missing.
   */
  const authorise = async (
    request: RevealRequest,
    now: Date
  ): Promise<Right & { purpose: string }> => {
    const { type, documentIds, attributes } = request;
    assertProtected(type, attributes);
    assertOpen();
    const actor = actorOf(strapi).require();
    const visible = await visibleToAsker(strapi, type, documentIds);
    if (!documentIds.every((id) => visible.has(id))) {
      throw new errors.NotFoundError('No such record, or not one that you may read.');
    }
    const purpose = await purposeOf(strapi, request.purpose);
    if (!purpose?.active) {
      return refuse(
        { ...request, purpose: purpose?.code ?? null },
        'There is no active purpose of this code. Choose one of the purposes offered.'
      );
    }
    const unjustified = attributes.filter((attribute) => !justified(purpose, type).has(attribute));
    if (unjustified.length > 0) {
      return refuse(
        request,
        `The purpose ${purpose.code} does not justify: ${unjustified.join(', ')}.`
      );
    }
    const staff = await staffOf(actor);
    const gap = gapOf(actor, staff, now);
    if (gap) return refuse(request, CLEARANCE_REFUSALS[gap]);
    const right = await rightOf(actor, staff, request, now);
    if (!right) {
      return refuse(
        request,
        `You have no right to see ${attributes.join(', ')} for this purpose now. Request access, and it is decided by those responsible.`
      );
    }
    const lawful = await lawfulFor(strapi, type, documentIds, attributes, purpose, now);
    if (!documentIds.every((id) => lawful.has(id))) {
      return refuse(
        request,
        `The data subject's consent for ${purpose.code} does not stand (not given, expired or withdrawn, or no separate consent for sensitive attributes).`
      );
    }
    return { ...right, purpose: purpose.code };
  };

  /** Counts the use of what the right rests on, where it is a grant. */
  const useOf = ({ grantId }: Right, now: Date) =>
    grantId === null ? undefined : () => grantsOf(strapi).use(grantId, now);

  return { authorise, assertProtected, assertOpen, gapOf, mayAlways, useOf, staffOf };
}
