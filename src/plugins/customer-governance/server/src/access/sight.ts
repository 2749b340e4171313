import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { apiSight, bearsCustomer, sightOn, type Sight } from '../customers/api-sight';
import { CUSTOMER_PATH } from '../customers/conditions';
import { currentOperation } from '../operation';
import { actorOf, type Actor } from '../organisation/actor';
import { policyOf } from '../policy';
import { filterFor, READ_ACTION } from './abilities';
import { assertReferencesInSight } from './references-in-sight';
import { narrow, type Query, type Sights } from './narrow';
import { adminAbility, inSight } from './visibility';

interface DocumentContext {
  uid: string;
  action: string;
  params: Record<string, unknown> & { documentId?: string; data?: unknown };
}

const READS = new Set(['findMany', 'findFirst', 'findOne', 'count']);
const API_ACTORS: ReadonlySet<Actor['kind']> = new Set(['user', 'api-token', 'anonymous']);

const narrowed = new AsyncLocalStorage<Sights>();
const apiSights = new WeakMap<object, Promise<Sights>>();

/** What of the customer-bearing types whoever asks has in sight; `null` where nothing is to be narrowed. */
async function sightsOf(strapi: Core.Strapi): Promise<Sights | null> {
  const actor = actorOf(strapi).identity();
  if (!actor || currentOperation()) return null;
  if (API_ACTORS.has(actor.kind)) {
    const request = strapi.requestContext.get() as object | undefined;
    const sights = (request && apiSights.get(request)) ?? sightsByApi(strapi, actor);
    if (request) apiSights.set(request, sights);
    return limiting(await sights);
  }
  const ability = adminAbility(strapi);
  // Of the Content Manager's own reads; other routes of the panel ask for themselves.
  if (actor.kind !== 'admin' || !ability || actorOf(strapi).channel() !== 'content-manager') {
    return null;
  }
  return limiting(sightsBy((uid) => filterFor(ability, READ_ACTION, uid)));
}

/**
 * The Content Manager's relation pickers read past the document service, and show a role all of a type that it may not read
 * at all: by ids alone, but that is too much.
 */
function pickerSights(strapi: Core.Strapi): Sights | null {
  const ability = adminAbility(strapi);
  if (!ability || !picking(strapi)) return null;
  return sightsBy((uid) => filterFor(ability, READ_ACTION, uid));
}

function picking(strapi: Core.Strapi): boolean {
  const request = strapi.requestContext.get() as { path: string } | undefined;
  return request?.path.startsWith('/content-manager/relations/') === true;
}

async function sightsByApi(strapi: Core.Strapi, actor: Actor): Promise<Sights> {
  const customers = await apiSight(strapi, actor);
  return sightsBy((uid) => sightOn(uid, customers));
}

const sightsBy = (sightOf: (uid: string) => Sight): Sights =>
  new Map(Object.keys(CUSTOMER_PATH).map((uid) => [uid, sightOf(uid)]));

const limiting = (sights: Sights): Sights | null =>
  [...sights.values()].some((sight) => sight === null || Object.keys(sight).length > 0)
    ? sights
    : null;

/**
 * Writes by the content API touch only what is in sight [USE-1]: a record that is not is answered for as one that does not
 * exist. Put in before every other middleware, so that none of them tells the two apart.
 */
export function useSightOfWrites(strapi: Core.Strapi): void {
  const guard = async (context: DocumentContext, next: () => Promise<unknown>) => {
    const actor = actorOf(strapi).identity();
    if (READS.has(context.action) || !actor || !API_ACTORS.has(actor.kind)) return next();
    // An application is of no team, and still enters and corrects what it may not read before it is filed.
    const { tokens } = policyOf(strapi).get().access.apiVisibility;
    if (actor.kind === 'api-token' && tokens === 'all') return next();
    const sights = await sightsOf(strapi);
    if (!sights) return next();
    const { uid, action } = context;
    const { populate, ...params } = context.params;
    const { documentId } = params;
    if (bearsCustomer(uid) && documentId) {
      const seen = await inSight(strapi, uid, [documentId], sights.get(uid) ?? null);
      if (!seen.has(documentId)) return absent(action, documentId);
    }
    await assertReferencesInSight(strapi, uid, params.data, sights);
    // What comes along is read afterwards, by a read that is narrowed; the write itself must see all that it touches.
    context.params = params;
    const result = (await next()) as { documentId?: string } | null;
    if (populate === undefined || !result?.documentId) return result;
    const { locale, status, fields } = params;
    return (
      (await strapi.documents(uid as never).findOne({
        ...{ locale, status, fields },
        populate,
        documentId: result.documentId,
      } as never)) ?? result
    );
  };
  strapi.documents.use(guard as never);
}

/** What the document service answers of a record that is not there. */
function absent(action: string, documentId: string) {
  if (action === 'update') return null;
  if (action === 'delete') return { documentId, entries: [] };
  throw new errors.NotFoundError('No such record, or not one that you may read.');
}

/**
 * Reads by the content API and by the Content Manager show only what is in sight [USE-1]: rows, totals and whatever comes
 * along by `populate`; and no filter or order tells of what is not. Put in after every other middleware: what those read to
 * decide must not be narrowed.
 */
export function useSightOfReads(strapi: Core.Strapi): void {
  strapi.documents.use(async (context, next) => {
    if (!READS.has(context.action)) return next();
    const sights = await sightsOf(strapi);
    return sights ? narrowed.run(sights, () => next()) : next();
  });
  // Here the query is in its last form, whichever way the request was written.
  const before = ({ model, params }: { model: { uid: string }; params: Query }) => {
    const sights = narrowed.getStore() ?? (bearsCustomer(model.uid) ? pickerSights(strapi) : null);
    if (!sights) return;
    // Of the rows of the type itself, the Content Manager asks the role; it would take one out of sight for one without content.
    const own = !adminAbility(strapi) || picking(strapi);
    narrow(strapi, model.uid, params, sights, own);
  };
  strapi.db.lifecycles.subscribe({
    beforeFindMany: before as never,
    beforeFindOne: before as never,
    beforeCount: before as never,
  });
}
