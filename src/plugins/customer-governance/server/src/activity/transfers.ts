import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { actorOf } from '../organisation/actor';

type Runner = (ctx: TransferCall) => Promise<unknown>;
interface TransferCall {
  state: { auth?: { credentials?: { id?: number | string } | null } };
}

/**
 * Another application that takes the data of this one, or brings its own, does so over a connection of which no answer is
 * seen: it is written down before the connection is made.
 */
export function logTransfers(strapi: Core.Strapi): void {
  const logged =
    (run: Runner, action: 'data.export' | 'data.import'): Runner =>
    async (ctx) => {
      const token = {
        kind: 'api-token',
        id: `transfer-${ctx.state.auth?.credentials?.id}`,
      } as const;
      await actorOf(strapi).asAccount(token, () =>
        auditOf(strapi).append({ action, details: { command: 'transfer' } })
      );
      return run(ctx);
    };
  strapi.get('controllers').extend('admin::transfer', (controller: Record<string, Runner>) => {
    const { 'runner-pull': pull, 'runner-push': push } = controller;
    if (!pull || !push) throw new Error('Strapi has no transfer of data by these names any more.');
    return {
      ...controller,
      'runner-pull': logged(pull, 'data.export'),
      'runner-push': logged(push, 'data.import'),
    };
  });
}
