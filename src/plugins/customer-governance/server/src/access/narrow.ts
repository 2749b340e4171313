import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { bearsCustomer, type Sight } from '../customers/api-sight';

/** By content type, what of it is in sight; types that are not named are in sight whole. */
export type Sights = ReadonlyMap<string, Sight>;

type Where = Record<string, unknown>;
type Filters = Where | ((context: { meta: { uid: string } }) => Where | undefined);

/** A query as `strapi.db.query` takes it. */
export interface Query {
  where?: unknown;
  orderBy?: unknown;
  populate?: unknown;
  filters?: Filters;
}

interface Attribute {
  type: string;
  target?: string;
  component?: string;
}

const NOTHING: Where = { id: { $in: [] } };

/**
 * Narrows a query to what is in sight, in place. Rows go by `filters`, which Strapi applies to every populated relation too.
 * Conditions that look into a relation hold only of records in sight, so that they tell nothing of others.
 * @param own whether the rows of the type itself are narrowed, or what comes along with them alone.
 */
export function narrow(
  strapi: Core.Strapi,
  uid: string,
  query: Query,
  sights: Sights,
  own: boolean
): void {
  const narrower = new Narrower(strapi, sights);
  narrower.conditions(uid, query);
  const given = query.filters;
  const filters: Filters = (context) =>
    both(resolve(given, context), narrower.rowsOf(context.meta.uid));
  if (own || !isPlain(query.populate)) query.filters = filters;
  else {
    query.populate = Object.fromEntries(
      Object.entries(query.populate).map(([name, value]) => [name, withFilters(value, filters)])
    );
  }
}

const withFilters = (value: unknown, filters: Filters): unknown =>
  isPlain(value) ? { ...value, filters } : value === true ? { filters } : value;

const resolve = (filters: Filters | undefined, context: { meta: { uid: string } }) =>
  typeof filters === 'function' ? filters(context) : filters;

const both = (one: Where | undefined, other: Where | undefined): Where =>
  one && other ? { $and: [one, other] } : (one ?? other ?? {});

class Narrower {
  constructor(
    private readonly strapi: Core.Strapi,
    private readonly sights: Sights
  ) {}

  /** The filter of a type's rows; `undefined` where all are in sight. */
  rowsOf(uid: string): Where | undefined {
    const sight = this.sights.get(uid);
    if (sight === undefined) return undefined;
    if (sight === null) return NOTHING;
    return Object.keys(sight).length > 0 ? sight : undefined;
  }

  /** Where, order and populate of one level, and of those below it. */
  conditions(uid: string, query: Query): void {
    if (query.where !== undefined) query.where = this.where(uid, query.where);
    this.refuseOrder(uid, query.orderBy);
    if (!isPlain(query.populate)) return;
    query.populate = Object.fromEntries(
      Object.entries(query.populate).map(([name, value]) => [
        name,
        this.populated(uid, name, value),
      ])
    );
  }

  private populated(uid: string, name: string, value: unknown): unknown {
    if (!isPlain(value)) return value;
    const query: Query & { on?: unknown } = { ...value };
    const target = this.targetOf(uid, name);
    if (target) this.conditions(target, query);
    if (isPlain(query.on)) {
      query.on = Object.fromEntries(
        Object.entries(query.on).map(([type, inner]) => {
          const below: Query = isPlain(inner) ? { ...inner } : {};
          this.conditions(type, below);
          return [
            type,
            {
              ...below,
              filters: both(resolve(below.filters, { meta: { uid: type } }), this.rowsOf(type)),
            },
          ];
        })
      );
    }
    return query;
  }

  private where(uid: string, where: unknown): unknown {
    if (Array.isArray(where)) return where.map((one) => this.where(uid, one));
    if (!isPlain(where)) return where;
    return Object.fromEntries(
      Object.entries(where).map(([key, value]) => {
        const target = key.startsWith('$') ? uid : this.targetOf(uid, key);
        if (!target) return [key, value];
        const inner = this.where(target, value);
        const rows = key.startsWith('$') ? undefined : this.rowsOf(target);
        return [key, rows ? { $and: [asCondition(inner), rows] } : inner];
      })
    );
  }

  /** An order by what is out of sight would tell it. What belongs to a customer in sight may be ordered by it. */
  private refuseOrder(uid: string, order: unknown): void {
    if (Array.isArray(order)) {
      for (const one of order) this.refuseOrder(uid, one);
    } else if (isPlain(order)) {
      for (const [name, inner] of Object.entries(order)) {
        const target = this.targetOf(uid, name);
        if (!target) continue;
        if (this.rowsOf(target) && !bearsCustomer(uid)) {
          throw new errors.ValidationError(
            `sort: ${name} leads to records that you may not all see. Sort by an attribute of the record itself.`
          );
        }
        this.refuseOrder(target, inner);
      }
    }
  }

  /** The type that a relation or component leads to. */
  private targetOf(uid: string, name: string): string | undefined {
    const model = this.strapi.getModel(uid as never) as
      { attributes: Record<string, Attribute> } | undefined;
    if (!model || !Object.hasOwn(model.attributes, name)) return undefined;
    const attribute = model.attributes[name];
    return attribute?.type === 'component' ? attribute.component : attribute?.target;
  }
}

/** A condition on a relation, written out: Strapi takes an id, or an operator on the id, for short. */
function asCondition(value: unknown): unknown {
  if (!isPlain(value)) return { id: value };
  const keys = Object.keys(value);
  const short = keys.length > 0 && keys.every((key) => /^\$(?!and$|or$)/.test(key));
  return short ? { id: value } : value;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);
