import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { actorOf } from '../organisation/actor';
import { routeCode, type Call } from './call';
import { accountRouteOf, logAccount } from './sign-ins';
import type { Throttle } from './throttle';

/** Of a file of the media library as it was uploaded, not of the small pictures that a list shows of it. */
const ORIGINAL = /^\/uploads\/(?!(?:thumbnail|small|medium|large)_)[^/]*_([0-9a-f]{10})\.\w+$/;
const READ = new Set([200, 206]);

/**
 * Sees every answer before it leaves: who signed in or out, what was refused, which file was downloaded. It stands
 * outside all other middlewares, so that nothing answers without it. Where the log cannot be written, the answer does not
 * leave, and with it no session.
 */
export const watchCalls =
  (strapi: Core.Strapi, throttle: Throttle) =>
  async (call: Call, next: () => Promise<void>): Promise<void> => {
    await next();
    const write = entryOf(strapi, throttle, call);
    if (!write) return;
    try {
      await write();
    } catch {
      withhold(call);
    }
  };

/** What is to be written of an answer; most have nothing, and cost nothing. */
function entryOf(
  strapi: Core.Strapi,
  throttle: Throttle,
  call: Call
): (() => Promise<void>) | undefined {
  const account = accountRouteOf(call);
  if (account) return () => logAccount(strapi, throttle, call, account);
  if (call.status === 401 || call.status === 403) return () => logRefusal(strapi, throttle, call);
  if (call.method !== 'GET' || !READ.has(call.status)) return undefined;
  const file = ORIGINAL.exec(call.path)?.[1];
  if (!file) return undefined;
  return () => logDownload(strapi, throttle, call, file);
}

/** A refusal that the domain which refused has written itself is not written twice. */
async function logRefusal(strapi: Core.Strapi, throttle: Throttle, call: Call): Promise<void> {
  if (call.state.governanceRefusal) return;
  const withCredential = call.status === 401 && call.request.headers.authorization !== undefined;
  const action = withCredential ? 'credential.refused' : 'call.refused';
  const { kind, id } = actorOf(strapi).identity() ?? { kind: 'anonymous', id: 'anonymous' };
  const route = routeCode(call);
  // Strangers try route after route: they are told apart by where they come from, others by who they are and what they try.
  const key = kind === 'anonymous' ? call.ip : `${kind} ${id} ${route}`;
  await throttle.note(`${action} ${call.status} ${key}`, (attempts) =>
    strapi.requestContext.run(call as never, () =>
      auditOf(strapi).refused({
        action,
        details: { route, method: call.method, status: call.status, attempts },
      })
    )
  );
}

/** Files are named by the random part of their name: the rest is what somebody called them. */
async function logDownload(
  strapi: Core.Strapi,
  throttle: Throttle,
  call: Call,
  file: string
): Promise<void> {
  await throttle.note(`file.read ${file} ${call.ip}`, (attempts) =>
    strapi.requestContext.run(call as never, () =>
      auditOf(strapi).append({ action: 'file.read', details: { file, attempts } })
    )
  );
}

/** Instead of the answer, which may hold a session. */
function withhold(call: Call): void {
  call.remove('Set-Cookie');
  call.status = 503;
  call.body = {
    data: null,
    error: {
      status: 503,
      name: 'ApplicationError',
      message:
        'The audit log cannot be written, so nobody is let in. Try again, and tell the administrator if it stays so.',
      details: {},
    },
  };
}
