import type { Core } from '@strapi/strapi';
import Joi from 'joi';
import { PLUGIN, type RequestContext } from '../domain';
import { actorOf } from '../organisation/actor';
import { organisationOf } from '../organisation/organisation';
import { pageOf, pagingKeys, type Paging } from '../paging';
import { validate, validateParams } from '../validate';
import { notificationsOf } from './notifications';

const id = Joi.number().integer().min(1).max(2_147_483_647);
const listSchema = Joi.object<Paging & { unread: boolean }>({
  unread: Joi.boolean().default(false),
  ...pagingKeys,
});
const idSchema = Joi.object<{ id: number }>({ id: id.required() });
const readSchema = Joi.object<{ upTo: number }>({ upTo: id.required() });

/** What a person is told, as the panel shows it. Everybody sees their own. */
export const notificationsController = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: RequestContext) {
    const { unread, cursor, limit } = validate(listSchema, ctx.query);
    const person = await organisationOf(strapi).requireStaff();
    const rows = await notificationsOf(strapi).page(
      person,
      { unread },
      cursor ? Number(cursor) : null,
      limit + 1
    );
    const { items, nextCursor } = pageOf(rows, limit);
    const people = await organisationOf(strapi).byIds(
      items.flatMap(({ requesterId }) => requesterId ?? [])
    );
    ctx.body = {
      items: items.map((row) => {
        const requester = people.get(row.requesterId ?? 0);
        return {
          id: row.id,
          event: row.event,
          kind: row.kind,
          requestId: row.subjectId,
          requester: requester ? { name: requester.displayName } : null,
          mine: row.requesterId === person.id,
          at: row.at,
          readAt: row.readAt,
        };
      }),
      nextCursor,
    };
  },

  /** The numbers of the badges; zeros for accounts without a staff profile, whom nothing is told. */
  async counts(ctx: RequestContext) {
    const person = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
    const ability = ctx.state.userAbility as { can(action: string, on: string): boolean };
    const decides = ability.can(`plugin::${PLUGIN}.approvals.decide`, 'all');
    ctx.body = {
      unread: person?.active ? await notificationsOf(strapi).unreadOf(person) : 0,
      waiting: person?.active && decides ? await notificationsOf(strapi).waitingFor(person) : 0,
      findings: person?.active ? await notificationsOf(strapi).findingsOf(person) : 0,
      tasks: person?.active ? await notificationsOf(strapi).tasksOf(person) : 0,
    };
  },

  async read(ctx: RequestContext) {
    const { id: which } = validateParams(idSchema, ctx.params);
    const person = await organisationOf(strapi).requireStaff();
    ctx.body = { read: await notificationsOf(strapi).read(person, { id: which }) };
  },

  async readAll(ctx: RequestContext) {
    const { upTo } = validate(readSchema, ctx.request.body);
    const person = await organisationOf(strapi).requireStaff();
    ctx.body = { read: await notificationsOf(strapi).read(person, { upTo }) };
  },
});
