import type { Core } from '@strapi/strapi';
import { z } from '@strapi/utils';
import type { RequestContext, Route } from '../domain';
import { organisationOf, STAFF } from '../organisation/organisation';
import { invalid } from '../refusal';
import { validate } from '../validate';
import { changesOf } from './changes';
import { foreignProposalSchema } from './schemas';

/** Changes that applications propose. Who answers for one is a person of the company, and never decides it. */
export const changesApiController = ({ strapi }: { strapi: Core.Strapi }) => ({
  async propose(ctx: RequestContext) {
    const { requester, ...proposal } = validate(foreignProposalSchema, ctx.request.body);
    const row = (await strapi.db
      .query(STAFF)
      .findOne({ select: ['id'], where: { documentId: requester, active: true } })) as {
      id: number;
    } | null;
    const person = row ? (await organisationOf(strapi).byIds([row.id])).get(row.id) : undefined;
    if (!person) throw invalid('requester', 'there is no active staff profile of this documentId');
    const documentId = await changesOf(strapi).submit(proposal, person);
    ctx.status = 201;
    ctx.body = { data: { documentId, state: 'pending' } };
  },
});

export const changesApiRoutes: Route[] = [
  {
    method: 'POST',
    path: '/change-requests',
    handler: 'changes.propose',
    // For the OpenAPI document; what is accepted is decided by the schema.
    request: {
      body: {
        'application/json': z.object({
          type: z.string(),
          documentId: z.string(),
          values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
          reason: z.string(),
          requester: z.string(),
        }),
      },
    },
    response: z.object({ data: z.object({ documentId: z.string(), state: z.string() }) }),
  },
];
