import { resolveType } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';

export { CUSTOMER };
export const IMPORT_RUN = resolveType('import-run');

/** The governed operation in which the rows of imports are written. */
export const IMPORT_OPERATION = 'import';
/** The same for taking back what an import has written. */
export const UNDO_OPERATION = 'import.undo';
