import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';

/**
 * Files that are not, not yet or not any more those of an attachment: written down before a file is, and before one goes.
 * What stays here for an hour was left by a crash, and is swept.
 */
export const LOOSE_FILES = 'governance_loose_files';

export function registerAttachmentModels(strapi: Core.Strapi): void {
  strapi.get('models').add({
    uid: 'plugin::customer-governance.loose-file',
    singularName: 'governance-loose-file',
    tableName: LOOSE_FILES,
    attributes: {
      id: attribute.id(),
      document_id: attribute.text(),
      since: attribute.milliseconds(),
    },
    indexes: [
      { name: 'gov_loose_files_document', columns: ['document_id'], type: 'unique' },
      { name: 'gov_loose_files_since', columns: ['since'] },
    ],
  });
}
