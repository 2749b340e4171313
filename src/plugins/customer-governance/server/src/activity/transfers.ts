import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { actorOf } from '../organisation/actor';
import { forbidden } from '../refusal';

type Runner = (ctx: TransferCall) => Promise<unknown>;
interface TransferCall {
  state: { auth?: { credentials?: { id?: number | string } | null } };
}

/**
 * Refuses that another application takes the data of this one, or brings its own, while this one serves: for as long as
 * such a connection lasts, Strapi switches the lifecycles of the whole process off, and with them the sealing and the log
 * of whatever anybody writes meanwhile. Each attempt is written down.
 */
export function refuseTransfers(strapi: Core.Strapi): void {
  const refuse =
    (action: 'data.export' | 'data.import'): Runner =>
    async (ctx) => {
      const token = {
        kind: 'api-token',
        id: `transfer-${ctx.state.auth?.credentials?.id}`,
      } as const;
      await actorOf(strapi).asAccount(token, () =>
        auditOf(strapi).refused({ action, details: { command: 'transfer' } })
      );
      throw forbidden(
        'A transfer would switch off the sealing and the audit log of this application while it runs. ' +
          'Move an installation by its backups; see docs/operating.md.'
      );
    };
  strapi.get('controllers').extend('admin::transfer', (controller: Record<string, Runner>) => {
    for (const name of ['runner-pull', 'runner-push']) {
      if (!controller[name]) {
        throw new Error('Strapi has no transfer of data by these names any more.');
      }
    }
    return {
      ...controller,
      'runner-pull': refuse('data.export'),
      'runner-push': refuse('data.import'),
    };
  });
}
