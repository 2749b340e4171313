import { resolveType } from '../policy';

export const PURPOSE = resolveType('purpose');
export const PLAN = resolveType('collection-plan');
export const ASSESSMENT = resolveType('impact-assessment');

/** The kind of approval that a plan passes before anything is collected under it [COL-1]. */
export const PLAN_KIND = 'collection-plan';
