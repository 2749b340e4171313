import type { Core } from '@strapi/strapi';
import { forbidden } from '../refusal';
import { ABSENCE } from './absences';
import { STAFF_ACCOUNT } from './accounts';
import { actorOf } from './actor';
import { DEPARTMENT, organisationOf, STAFF } from './organisation';

type Row = Record<string, unknown> & { id: number };
interface Event {
  params: { where?: object };
  state: Record<string, unknown>;
  result?: { id?: number };
}

/** What of a profile decides who approves what. */
const DECISIVE = ['level', 'active', 'user', 'department', 'superior', 'deputy'];
const POPULATE: Record<string, object> = {
  [STAFF]: { user: true, department: true, superior: true, deputy: true },
  [STAFF_ACCOUNT]: { user: true },
  [DEPARTMENT]: { head: true },
  [ABSENCE]: { staff: { populate: { deputy: true } }, deputy: true },
};

const refOf = (value: unknown): unknown =>
  value && typeof value === 'object' && 'id' in value ? value.id : (value ?? null);

/**
 * Nobody gives themselves a part in approvals, whatever their role may edit: not another level or superior in one's own
 * profile, not the place of somebody's superior, deputy or head of a department, not an absence in which one stands in.
 * Somebody else does. Super admins set up the company with themselves in it, so profiles and departments are theirs to enter.
 * Looked at after the write, which its transaction then takes back.
 */
export function refuseOwnParts(strapi: Core.Strapi): void {
  const read = (uid: string, where: object): Promise<Row | null> =>
    strapi.db.query(uid).findOne({ where, populate: POPULATE[uid] });
  const before = (uid: string) => async (event: Event) => {
    if (actorOf(strapi).identity()?.kind !== 'admin') return;
    event.state.before = await read(uid, event.params.where ?? {});
  };
  const after = (uid: string) => async (event: Event) => {
    const actor = actorOf(strapi).identity();
    if (actor?.kind !== 'admin' || !event.result?.id) return;
    const was = (event.state.before ?? null) as Row | null;
    const is = await read(uid, { id: event.result.id });
    const staff = await organisationOf(strapi).staffOf(actor);
    const me = { user: Number(actor.id), staff: staff?.id ?? 0 };
    if (!is || !takesPart[uid]?.(was, is, me)) return;
    if (uid !== ABSENCE && actorOf(strapi).isSuperAdmin()) return;
    throw forbidden(
      'This would give you a part in approvals, or change the one that you have. Ask somebody else who may edit it.'
    );
  };
  for (const uid of [STAFF, STAFF_ACCOUNT, DEPARTMENT, ABSENCE]) {
    strapi.db.lifecycles.subscribe({
      models: [uid],
      beforeUpdate: before(uid) as never,
      afterUpdate: after(uid) as never,
      afterCreate: after(uid) as never,
    });
  }
}

type Me = { user: number; staff: number };

const takesPart: Record<string, (was: Row | null, is: Row, me: Me) => boolean> = {
  [STAFF](was, is, me) {
    const changed = DECISIVE.filter((name) => refOf(was?.[name]) !== refOf(is[name]));
    if (refOf(was?.user) === me.user || refOf(is.user) === me.user) return changed.length > 0;
    return changed.some(
      (name) => (name === 'superior' || name === 'deputy') && refOf(is[name]) === me.staff
    );
  },
  [STAFF_ACCOUNT]: (_was, is, me) => refOf(is.user) === me.user,
  [DEPARTMENT]: (was, is, me) => refOf(was?.head) !== me.staff && refOf(is.head) === me.staff,
  [ABSENCE](_was, { staff, deputy }, me) {
    const away = staff as { id: number; deputy?: unknown } | null;
    return away?.id !== me.staff && (refOf(deputy) ?? refOf(away?.deputy)) === me.staff;
  },
};
