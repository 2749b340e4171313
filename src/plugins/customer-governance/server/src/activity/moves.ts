import type { Core } from '@strapi/strapi';
import { auditOf, type AuditEvent } from '../audit/audit';
import { inTransaction } from '../database';

type Handler = (ctx: MoveCall) => Promise<unknown>;
interface MoveCall {
  request: { body?: { fileIds?: unknown; folderIds?: unknown } };
}

const CONTROLLER = 'plugin::upload.admin-folder-file';

/** Strapi moves files and folders by statements of its own, past the lifecycles of their tables. */
export function logMoves(strapi: Core.Strapi): void {
  const moved = (recordType: string, ids: unknown): AuditEvent[] => {
    const recordIds = [ids ?? []].flat().filter(Number.isSafeInteger).map(String);
    return recordIds.length === 0
      ? []
      : [{ action: 'file.update', recordType, recordIds, attributes: ['folder'] }];
  };
  strapi.get('controllers').extend(CONTROLLER, (controller: Record<string, Handler>) => {
    const { moveMany } = controller;
    if (!moveMany) throw new Error('Strapi has no move of files by this name any more.');
    return {
      ...controller,
      moveMany: (ctx: MoveCall) =>
        inTransaction(strapi, async () => {
          const { fileIds, folderIds } = ctx.request.body ?? {};
          await auditOf(strapi).append([
            ...moved('plugin::upload.file', fileIds),
            ...moved('plugin::upload.folder', folderIds),
          ]);
          return moveMany(ctx);
        }),
    };
  });
}
