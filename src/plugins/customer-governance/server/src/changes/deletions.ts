import type { Core } from '@strapi/strapi';
import { changesOf } from './changes';

interface DeleteEvent {
  model: { uid: string };
  params: { where?: Record<string, unknown> };
  state: { documentId?: string };
}

/** With a record go its change requests, in the transaction of its row: masks stand in them. */
export function subscribeDeletions(strapi: Core.Strapi, types: string[]): void {
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
      if (state.documentId) await changesOf(strapi).forgetRecords(model.uid, [state.documentId]);
    },
  });
}
