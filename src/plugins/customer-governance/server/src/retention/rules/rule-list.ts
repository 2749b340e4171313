import type { Core } from '@strapi/strapi';
import { attributePathOf, policyOf } from '../../policy';
import type { AttributeSubjects } from '../destruction/attribute-subjects';
import { ruleConflicts } from './rule-problems';
import { ruleOf } from './rule-sync';
import type { Rules } from './rules';

/** The rules as the panel lists them, which of them others leave without effect, and what a rule may speak of. */
export async function ruleList(strapi: Core.Strapi, rules: Rules, subjects: AttributeSubjects) {
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
    purposes: policyOf(strapi)
      .get()
      .purposes.map(({ code, name }) => ({ code, name })),
    attributes: subjects
      .all()
      .map(({ attribute, category }) => ({ path: attributePathOf(attribute), category })),
  };
}
