import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';

interface Attribute {
  type: string;
  relation?: string;
  target?: string;
  useJoinTable?: boolean;
}

/** What a write says of a to-one relation: a record, nothing, or that it stays as it is. */
type Wish = { documentId: string } | { id: number } | null | undefined;

/**
 * Lets the panel and the APIs write the to-one relations that stand in a column of their own (`useJoinTable: false`).
 * Strapi's document service turns documentIds into ids for relations with a join table only, and its database layer
 * knows no `connect` for a column.
 */
export function useJoinColumns(strapi: Core.Strapi, types: readonly string[]): void {
  strapi.documents.use(async (context, next) => {
    const writes = context.action === 'create' || context.action === 'update';
    const params = context.params as { data?: Record<string, unknown> };
    if (!writes || !params.data || !types.includes(context.uid)) return next();
    const attributes = strapi.getModel(context.uid).attributes as unknown as Record<
      string,
      Attribute
    >;
    const data = { ...params.data };
    for (const [name, attribute] of Object.entries(attributes)) {
      if (!(name in data) || !isColumnRelation(attribute)) continue;
      const wish = wishOf(data[name]);
      if (wish === undefined) delete data[name];
      else data[name] = wish && (await idOf(strapi, name, attribute.target, wish));
    }
    params.data = data;
    return next();
  });
}

const isColumnRelation = (attribute: Attribute): attribute is Attribute & { target: string } =>
  attribute.type === 'relation' &&
  attribute.useJoinTable === false &&
  /ToOne$/.test(attribute.relation ?? '') &&
  attribute.target !== undefined;

/** Reads any of the forms in which Strapi's clients write a relation; of several records, the last. */
export function wishOf(value: unknown): Wish {
  if (value === undefined || value === null) return value;
  if (Array.isArray(value)) return value.length > 0 ? wishOf(value.at(-1)) : null;
  if (typeof value === 'number') return { id: value };
  if (typeof value === 'string')
    return /^\d+$/.test(value) ? { id: Number(value) } : { documentId: value };
  if (typeof value !== 'object') return undefined;
  const { documentId, id, set, connect, disconnect } = value as Record<string, unknown>;
  if (typeof documentId === 'string') return { documentId };
  if (id !== undefined) return wishOf(id);
  if (set !== undefined) return wishOf(set);
  const connected = wishOf(connect);
  if (connected) return connected;
  return wishOf(disconnect) ? null : undefined;
}

async function idOf(
  strapi: Core.Strapi,
  attribute: string,
  target: string,
  wish: { documentId: string } | { id: number }
): Promise<number> {
  const row = await strapi.db.query(target).findOne({ select: ['id'], where: wish });
  if (row) return row.id;
  const message = `${attribute}: there is no such record`;
  throw new errors.ValidationError(message, {
    errors: [{ path: [attribute], message, name: 'ValidationError' }],
  });
}
