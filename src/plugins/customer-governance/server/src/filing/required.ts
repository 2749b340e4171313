import type { Core } from '@strapi/strapi';
import { isRelation, type Attributes } from '../customers/entry/attribute';
import { standardsOf } from '../customers/standards/standards';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';

type Row = Record<string, unknown>;

/** Of the relations that the policy asks for, what a query brings along: a row alone would not tell that they are there. */
export function standardRelations(strapi: Core.Strapi): Record<string, { select: string[] }> {
  const { attributes } = strapi.contentTypes[CUSTOMER as keyof typeof strapi.contentTypes] as {
    attributes: unknown;
  };
  const { required, recommended } = policyOf(strapi).get().collection;
  const asked = new Set([...required.person, ...required.company, ...recommended]);
  return Object.fromEntries(
    Object.entries(attributes as Attributes)
      .filter(([name, attribute]) => asked.has(name) && isRelation(attribute))
      .map(([name]) => [name, { select: ['id'] }])
  );
}

/**
 * What the policy requires of a customer and its file does not have. The gate lets nothing in without it; it can still be
 * missing where the policy asks for more than before, or where a program wrote past the gate.
 */
export async function missingRequired(strapi: Core.Strapi, id: number) {
  const row: Row | null = await strapi.db
    .query(CUSTOMER)
    .findOne({ where: { id }, populate: standardRelations(strapi) });
  if (!row) return [];
  const kind = row.kind === 'company' ? 'company' : 'person';
  return standardsOf(strapi)
    .completeness(row)
    .required.missing.map((attribute) => ({
      attribute,
      reason: `is required of a ${kind}. Return the customer, so that it is added`,
    }));
}
