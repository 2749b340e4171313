import type { Core } from '@strapi/strapi';
import {
  attributeName,
  policyOf,
  type AttributeSubject,
  type Category,
  type RetentionRule,
} from '../../policy';
import { vaultOf } from '../../vault/vault';
import { CUSTOMER } from '../uids';

/** A protected attribute of the customer, its category, and the column that holds its mask. */
export interface Subject extends AttributeSubject {
  column: string;
}

/** The attributes that rules may speak of: the protected ones of the customer, since the others are sealed nowhere. */
export function createAttributeSubjects(strapi: Core.Strapi) {
  const all = (): Subject[] =>
    Object.keys(vaultOf(strapi).protectedAttributes(CUSTOMER)).map((attribute) => ({
      attribute,
      category: policyOf(strapi).classificationOf(CUSTOMER, attribute)?.category as Category,
      column: columnOf(strapi, attribute),
    }));

  return {
    all,

    /** Those of which a maximum of these rules speaks. */
    limitedBy(rules: readonly RetentionRule[]): Subject[] {
      const maxima = rules.filter(({ atMostMonths }) => atMostMonths !== undefined);
      return all().filter(({ attribute, category }) =>
        maxima.some((rule) =>
          rule.attributes
            ? rule.attributes.some((path) => attributeName(path) === attribute)
            : rule.category === category
        )
      );
    },
  };
}

export type AttributeSubjects = ReturnType<typeof createAttributeSubjects>;

function columnOf(strapi: Core.Strapi, attribute: string): string {
  const found = strapi.db.metadata.get(CUSTOMER).attributes[attribute] as { columnName?: string };
  return found.columnName ?? attribute;
}
