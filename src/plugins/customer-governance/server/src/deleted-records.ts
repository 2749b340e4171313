import type { Core } from '@strapi/strapi';

interface DeleteEvent {
  model: { uid: string };
  params: { where?: Record<string, unknown> };
  state: { documentId?: string };
}

/**
 * Tells a chapter of each record of the types that goes, in the transaction of its row: what it keeps of the record goes
 * along. Afterwards only, so that what refuses the deletion is asked first.
 */
export function onRecordDeleted(
  strapi: Core.Strapi,
  types: string[],
  forget: (uid: string, documentId: string) => Promise<unknown>
): void {
  strapi.db.lifecycles.subscribe({
    models: types,
    async beforeDelete(event: unknown) {
      const { model, params, state } = event as DeleteEvent;
      const row = await strapi.db
        .query(model.uid)
        .findOne({ select: ['documentId'], where: params.where ?? {} });
      if (row) state.documentId = row.documentId;
    },
    async afterDelete(event: unknown) {
      const { model, state } = event as DeleteEvent;
      if (state.documentId) await forget(model.uid, state.documentId);
    },
  });
}
