import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';

/** What became of each row of a file: codes and reasons, never a value. */
export const IMPORT_ROWS = 'governance_import_rows';
/** By what the rows of a dry run would be known again, to find those that the file itself has twice. */
export const IMPORT_CLAIMS = 'governance_import_claims';
/** Which heading a person took for which attribute; headings as digests, for a file without them has values there. */
export const IMPORT_MAPPINGS = 'governance_import_mappings';

export function registerImportModels(strapi: Core.Strapi): void {
  strapi.get('models').add({
    uid: 'plugin::customer-governance.import-row',
    singularName: 'governance-import-row',
    tableName: IMPORT_ROWS,
    attributes: {
      id: attribute.id(),
      run: attribute.whole(),
      phase: attribute.text(),
      row_number: attribute.whole(),
      state: attribute.text(),
      record_id: attribute.text(),
      findings: attribute.longText(),
    },
    indexes: [
      {
        name: 'gov_import_rows_number',
        columns: ['run', 'phase', 'row_number'],
        type: 'unique',
      },
    ],
  });
  strapi.get('models').add({
    uid: 'plugin::customer-governance.import-claim',
    singularName: 'governance-import-claim',
    tableName: IMPORT_CLAIMS,
    attributes: {
      id: attribute.id(),
      run: attribute.whole(),
      digest: attribute.text(),
      row_number: attribute.whole(),
    },
    indexes: [{ name: 'gov_import_claims_digest', columns: ['run', 'digest'], type: 'unique' }],
  });
  strapi.get('models').add({
    uid: 'plugin::customer-governance.import-mapping',
    singularName: 'governance-import-mapping',
    tableName: IMPORT_MAPPINGS,
    attributes: {
      id: attribute.id(),
      person: attribute.whole(),
      plan: attribute.whole(),
      heading: attribute.text(),
      attribute: attribute.text(),
    },
    indexes: [
      {
        name: 'gov_import_mappings_heading',
        columns: ['person', 'plan', 'heading'],
        type: 'unique',
      },
    ],
  });
}
