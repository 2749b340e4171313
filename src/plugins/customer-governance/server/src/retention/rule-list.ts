import type { Core } from '@strapi/strapi';
import { policyOf } from '../policy';
import { ruleConflicts } from './rule-problems';
import { ruleOf } from './rule-sync';
import type { Rules } from './rules';

/** The rules as the panel lists them, and which of them others leave without effect. */
export async function ruleList(strapi: Core.Strapi, rules: Rules) {
  const rows = await rules.stored();
  return {
    rules: rows.map((row) => ({
      ...ruleOf(row),
      purpose: policyOf(strapi).purposeView(
        row.purpose ? { code: row.purpose.code, name: row.purpose.code } : null
      ),
      origin: row.origin,
    })),
    conflicts: ruleConflicts(rows.map(ruleOf)),
  };
}
