import type { Core } from '@strapi/strapi';
import type { RequestContext } from '../../domain';
import { actorOf } from '../../organisation/actor';
import { organisationOf } from '../../organisation/organisation';
import { pageOf } from '../../paging';
import { validate, validateParams } from '../../validate';
import { schemas } from './order-schemas';
import { retentionOf } from '../retention';

const PEOPLE = 20;
const OPEN_TASKS = 100;

interface Download {
  set(name: string, value: string): void;
}

/** Destruction orders, tasks and certificates as the panel uses them. */
export const orderController = ({ strapi }: { strapi: Core.Strapi }) => {
  const retention = () => retentionOf(strapi);
  const viewOf = async (id: string) => (await retention().views.ofOrders([id])).get(id);
  const requireStaff = () => organisationOf(strapi).requireStaff();
  const idOf = (ctx: RequestContext) => validateParams(schemas.id, ctx.params).documentId;

  return {
    async find(ctx: RequestContext) {
      const { state, cursor, limit } = validate(schemas.list, ctx.query);
      const rows = await retention().orders.page(state, cursor ? Number(cursor) : null, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: [...(await retention().views.ofRows(items)).values()], nextCursor };
    },

    async findOne(ctx: RequestContext) {
      const { documentId } = await retention().orders.require(idOf(ctx));
      ctx.body = await viewOf(documentId);
    },

    async findItems(ctx: RequestContext) {
      const id = idOf(ctx);
      const { state, cursor, limit } = validate(schemas.items, ctx.query);
      const order = await retention().orders.require(id);
      ctx.body = await retention().orderItems.page(order.id, state, Number(cursor ?? 0), limit);
    },

    async propose(ctx: RequestContext) {
      const { customers, dueUntil, reason } = validate(schemas.proposal, ctx.request.body);
      const person = await requireStaff();
      const order = customers
        ? await retention().propose({ customers, reason }, person)
        : await retention().proposeUntil(dueUntil ?? '', reason, person);
      ctx.body = await viewOf(order);
    },

    async add(ctx: RequestContext) {
      const id = idOf(ctx);
      const { customers } = validate(schemas.add, ctx.request.body);
      await requireStaff();
      await retention().review.add(id, customers);
      ctx.body = await viewOf(id);
    },

    async takeOut(ctx: RequestContext) {
      const id = idOf(ctx);
      const { customers, reason } = validate(schemas.takeOut, ctx.request.body);
      await requireStaff();
      await retention().review.takeOut(id, customers, reason);
      ctx.body = await viewOf(id);
    },

    async submit(ctx: RequestContext) {
      const id = idOf(ctx);
      validate(schemas.nothing, ctx.request.body);
      await retention().review.submit(id, await requireStaff());
      ctx.body = await viewOf(id);
    },

    async schedule(ctx: RequestContext) {
      const id = idOf(ctx);
      const { scheduledAt } = validate(schemas.schedule, ctx.request.body);
      await requireStaff();
      await retention().review.schedule(id, scheduledAt);
      ctx.body = await viewOf(id);
    },

    async confirm(ctx: RequestContext) {
      const id = idOf(ctx);
      validate(schemas.nothing, ctx.request.body);
      await retention().confirm(id, await requireStaff());
      ctx.body = await viewOf(id);
    },

    async supervise(ctx: RequestContext) {
      const id = idOf(ctx);
      validate(schemas.nothing, ctx.request.body);
      await retention().supervise(id, await requireStaff());
      retention().running.start(id);
      ctx.body = await viewOf(id);
    },

    async pause(ctx: RequestContext) {
      const id = idOf(ctx);
      validate(schemas.nothing, ctx.request.body);
      await requireStaff();
      await retention().running.pause(id);
      ctx.body = await viewOf(id);
    },

    async resume(ctx: RequestContext) {
      const id = idOf(ctx);
      validate(schemas.nothing, ctx.request.body);
      await retention().running.resume(id, await requireStaff());
      retention().running.start(id);
      ctx.body = await viewOf(id);
    },

    async cancel(ctx: RequestContext) {
      const id = idOf(ctx);
      validate(schemas.nothing, ctx.request.body);
      await requireStaff();
      await retention().orders.cancel(id);
      ctx.body = await viewOf(id);
    },

    async addTask(ctx: RequestContext) {
      const id = idOf(ctx);
      const task = validate(schemas.task, ctx.request.body);
      await requireStaff();
      await retention().tasks.add(id, task);
      ctx.body = await viewOf(id);
    },

    async removeTask(ctx: RequestContext) {
      const id = idOf(ctx);
      validate(schemas.nothing, ctx.request.body);
      await requireStaff();
      ctx.body = await viewOf(await retention().tasks.remove(id));
    },

    async reassignTask(ctx: RequestContext) {
      const id = idOf(ctx);
      const change = validate(schemas.reassign, ctx.request.body);
      await requireStaff();
      ctx.body = await viewOf(await retention().tasks.reassign(id, change));
    },

    /** What waits for whoever asks; whoever has no staff profile has nothing to do. */
    async findMyTasks(ctx: RequestContext) {
      validate(schemas.nothing, ctx.query);
      const person = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
      const rows = person?.active ? await retention().tasks.openOf(person, OPEN_TASKS) : [];
      ctx.body = { items: person ? retention().views.ofTasks(rows, person) : [] };
    },

    async confirmTask(ctx: RequestContext) {
      const id = idOf(ctx);
      const { note } = validate(schemas.confirmTask, ctx.request.body);
      const person = await requireStaff();
      await retention().tasks.confirm(id, person, note);
      const task = await retention().tasks.find(id);
      ctx.body = task && retention().views.ofTasks([task], person)[0];
    },

    /** A name is personal: it is looked for in a body, not in an address. */
    async findPeople(ctx: RequestContext) {
      const { text } = validate(schemas.people, ctx.request.body);
      const people = await organisationOf(strapi).named(text, PEOPLE);
      ctx.body = {
        items: people.map(({ documentId, displayName, title, departmentName }) => ({
          documentId,
          name: displayName,
          title,
          department: departmentName,
        })),
      };
    },

    async findCertificate(ctx: RequestContext) {
      ctx.body = retention().views.ofCertificate(await retention().certificate(idOf(ctx)));
    },

    async downloadCertificate(ctx: RequestContext) {
      const { name, text } = await retention().certificateFile(idOf(ctx));
      const answer = ctx as RequestContext & Download;
      answer.set('Content-Type', 'application/json; charset=utf-8');
      answer.set('Content-Disposition', `attachment; filename="${name}"`);
      ctx.body = text;
    },
  };
};
