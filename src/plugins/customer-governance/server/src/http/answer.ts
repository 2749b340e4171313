import { z } from '@strapi/utils';
import type { Handler, RequestContext } from '../domain';

interface Page {
  items: unknown[];
  nextCursor: string | null;
}

/** Puts what a handler of the panel answers into the form of the content API: `{ data }`. */
export const asData =
  (handler: Handler): Handler =>
  async (ctx: RequestContext) => {
    await handler(ctx);
    ctx.body = { data: ctx.body };
  };

/** The same for a list: `{ data, meta: { nextCursor } }`. */
export const asPage =
  (handler: Handler): Handler =>
  async (ctx: RequestContext) => {
    await handler(ctx);
    const { items, nextCursor } = ctx.body as Page;
    ctx.body = { data: items, meta: { nextCursor } };
  };

/** The two for the OpenAPI document. */
export const dataOf = <T extends z.ZodType>(item: T) => z.object({ data: item });
export const pagesOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), meta: z.object({ nextCursor: z.string().nullable() }) });

/** What every list takes, for the OpenAPI document. */
export const pagingQuery = {
  cursor: z.string().optional(),
  limit: z.number().int().min(1).max(100).optional(),
};
