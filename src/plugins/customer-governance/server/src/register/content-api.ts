import type { Core } from '@strapi/strapi';
import { z } from '@strapi/utils';
import type { Route } from '../domain';
import { asData, asPage, dataOf, pagesOf, pagingQuery } from '../http/answer';
import { registerController } from './controller';
import { SETTLEMENTS, VISIT_KINDS } from './models';

/**
 * The register for applications of a counter or a telephone system, as the panel has it. Somebody must be signed in: a token is
 * nobody, and takes no visits.
 */
export const visitApiController = (context: { strapi: Core.Strapi }) => {
  const { create, find, note, settle } = registerController(context);
  return {
    create: asData(create),
    find: asPage(find),
    // The rights to read the register of the department and to assign customers are those to call these two.
    read: asPage(find),
    note: asData(note),
    settle: asData(settle),
    assign: asData(settle),
  };
};

const visit = z.looseObject({
  id: z.string(),
  kind: z.enum(VISIT_KINDS),
  at: z.string(),
  known: z.boolean(),
  settlement: z.enum(SETTLEMENTS),
});
const json = (body: unknown) => ({ 'application/json': body });
const text = z.string().nullable().optional();
const notes = { outcome: text, nextStep: text, nextOn: text };
const of = { params: { id: z.string() } };
const list = {
  kind: z.enum(VISIT_KINDS).optional(),
  open: z.boolean().optional(),
  ...pagingQuery,
};
const decision = json(
  z.object({
    decision: z.enum(['accept', 'choose', 'pool']),
    to: z.string().optional(),
    why: z.string().optional(),
  })
);
const entry = json(
  z.object({
    kind: z.enum(VISIT_KINDS),
    at: z.string(),
    staff: z.string().optional(),
    region: text,
    interest: text,
    source: text,
    ...notes,
    customer: z.string().optional(),
    details: z.record(z.string(), z.string()).optional(),
  })
);

const route = (
  method: Route['method'],
  path: string,
  name: string,
  request: Route['request'],
  response: unknown = dataOf(visit)
): Route => ({ method, path, handler: `visit.${name}`, request, response });

/** For the OpenAPI document; what is accepted is decided by the schemas of the controller. */
export const visitApiRoutes: Route[] = [
  route('GET', '/visits', 'find', { query: list }, pagesOf(visit)),
  route('GET', '/visits/of-department', 'read', { query: list }, pagesOf(visit)),
  route('POST', '/visits', 'create', { body: entry }),
  route('PUT', '/visits/:id', 'note', { ...of, body: json(z.object(notes)) }),
  route('POST', '/visits/:id/settle', 'settle', { ...of, body: decision }),
  route('POST', '/visits/:id/assign', 'assign', { ...of, body: decision }),
];
