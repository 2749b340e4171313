import { resolveType } from '../policy';

export const PURPOSE = resolveType('purpose');
export const PLAN = resolveType('collection-plan');
