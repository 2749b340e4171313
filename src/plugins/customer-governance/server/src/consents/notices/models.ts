import { resolveType } from '../../policy/attribute-path';

export const NOTICE = resolveType('notice');
export const NOTICES_TABLE = 'governance_notices';
