import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { vaultOf } from '../vault/vault';
import { accessOf } from './access';

interface RequestLike {
  method: string;
  query: Record<string, unknown>;
  params?: { model?: string };
  state: { route?: { handler?: unknown; info?: { type?: string } } };
}

type Row = Record<string, unknown>;

const NAME = /^[a-z_]\w{0,59}$/i;
const CODE = /^[\w-]{1,60}$/;
const PANEL_READS = new Set(['collection-types.find', 'collection-types.findOne']);

/**
 * Clear values in the answers of readers that may have them: in the Content Manager's own list and form (ambient
 * attributes), and in the content API where the request names `reveal` and `purpose`. Only the type that the route is
 * about is filled; whatever comes along by `populate` stays masked.
 */
export function useRevealingReads(strapi: Core.Strapi): void {
  strapi.documents.use(async (context, next) => {
    const result = await next();
    const reads = ['findMany', 'findOne', 'findFirst'].includes(context.action);
    if (!reads || !result || !vaultOf(strapi).isGoverned(context.uid)) return result;
    const request = strapi.requestContext.get() as unknown as RequestLike | undefined;
    if (request?.method !== 'GET') return result;
    const rows = ([result].flat() as unknown[] as Row[]).filter((row) => Boolean(row?.documentId));
    if (rows.length === 0) return result;
    const handler = String(request.state.route?.handler ?? '');
    if (PANEL_READS.has(handler) && request.params?.model === context.uid) {
      await accessOf(strapi).fillAmbient(context.uid, rows);
    } else if (handler === `${context.uid}.find` || handler === `${context.uid}.findOne`) {
      const wanted = readReveal(request.query);
      if (wanted)
        await accessOf(strapi).fillRequested(context.uid, rows, wanted.attributes, wanted.purpose);
    }
    return result;
  });
}

/** `?reveal=mobile,email&purpose=customer-service`. @throws ValidationError when one is there without the other. */
function readReveal(
  query: Record<string, unknown>
): { attributes: string[]; purpose: string } | null {
  const { reveal, purpose } = query;
  if (reveal === undefined) return null;
  const attributes =
    typeof reveal === 'string' ? [...new Set(reveal.split(',').map((name) => name.trim()))] : [];
  // Checked here, for what is refused later is named in the answer and in the log, where nothing but names may stand.
  if (typeof reveal !== 'string' || !attributes.every((name) => NAME.test(name))) {
    throw new errors.ValidationError('reveal: name the attributes, separated by commas');
  }
  if (typeof purpose !== 'string' || !CODE.test(purpose)) {
    throw new errors.ValidationError('purpose: a reveal needs the code of a purpose');
  }
  return { attributes, purpose };
}
