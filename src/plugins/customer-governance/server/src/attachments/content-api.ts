import { factories, type Core } from '@strapi/strapi';
import { z } from '@strapi/utils';
import type { RequestContext, Route } from '../domain';
import { asData, dataOf } from '../http/answer';
import { ATTACHMENT } from './attachment';
import { attachmentsController } from './controller';

/** Strapi's own reading, and taking in, giving out and removing as actions that a token or role is granted. */
export const attachmentApiController = factories.createCoreController(
  ATTACHMENT as never,
  (({ strapi }: { strapi: Core.Strapi }) => {
    const { upload, download, remove } = attachmentsController({ strapi });
    return {
      upload: asData(upload as (ctx: RequestContext) => unknown),
      download,
      remove: asData(remove),
    };
  }) as never
);

const attachment = z.object({
  documentId: z.string(),
  name: z.string(),
  kind: z.string(),
  date: z.string(),
  mime: z.string(),
  size: z.number().int(),
  state: z.enum(['stored', 'removed']),
});

/** For the OpenAPI document; what is accepted is decided by the schemas of the controller. */
export const attachmentApiRoutes: Route[] = [
  {
    method: 'POST',
    path: '/customers/:documentId/attachments',
    handler: 'attachment.upload',
    request: {
      query: { kind: z.string(), date: z.string().optional() },
      body: { 'application/octet-stream': z.string() },
    },
    response: dataOf(attachment),
  },
  {
    method: 'POST',
    path: '/attachments/:documentId/download',
    handler: 'attachment.download',
    request: { body: { 'application/json': z.object({ purpose: z.string() }) } },
    response: z.string(),
  },
  {
    method: 'POST',
    path: '/attachments/:documentId/remove',
    handler: 'attachment.remove',
    request: { body: { 'application/json': z.object({ reason: z.string().max(255) }) } },
    response: dataOf(attachment),
  },
];
