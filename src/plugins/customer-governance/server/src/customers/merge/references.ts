import type { Core } from '@strapi/strapi';
import { tablesOf } from '../../database';

interface Attribute {
  type: string;
  target?: string;
  joinColumn?: { name: string };
  joinTable?: {
    name: string;
    joinColumn?: { name: string };
    inverseJoinColumn?: { name: string };
  };
}
interface Model {
  uid: string;
  tableName: string;
  attributes: Record<string, Attribute>;
}

/** A place in the database where records of other types name one of a type. */
interface Reference {
  uid: string;
  table: string;
  /** Names the record. */
  column: string;
  /** In a link table, names the record at the other end; the two together are there once. */
  other: string | null;
}

/** Found by asking the models, so that what another chapter or a project adds is found, too. */
function referencesTo(strapi: Core.Strapi, uid: string): Reference[] {
  const found: Reference[] = [];
  for (const model of strapi.db.metadata.values() as Iterable<Model>) {
    if (model.uid === uid) continue;
    for (const { type, target, joinColumn, joinTable } of Object.values(model.attributes)) {
      if (type !== 'relation' || target !== uid) continue;
      if (joinColumn) {
        found.push({
          uid: model.uid,
          table: model.tableName,
          column: joinColumn.name,
          other: null,
        });
      } else if (joinTable?.inverseJoinColumn && joinTable.joinColumn) {
        found.push({
          uid: model.uid,
          table: joinTable.name,
          column: joinTable.inverseJoinColumn.name,
          other: joinTable.joinColumn.name,
        });
      }
    }
  }
  return found;
}

/**
 * Lets whatever names one record name another, in the running transaction: a statement or two for each place. Past the
 * lifecycles of the single rows, which ask what an entry by a person may do.
 * @returns how many rows went over, by the type that they are of.
 */
export async function moveReferences(
  strapi: Core.Strapi,
  uid: string,
  from: number,
  to: number
): Promise<Map<string, number>> {
  const moved = new Map<string, number>();
  for (const { uid: type, table, column, other } of referencesTo(strapi, uid)) {
    const tables = await tablesOf(strapi);
    if (other !== null) {
      const both = tables(table)
        .select(other)
        .where({ [column]: to });
      await tables(table)
        .where({ [column]: from })
        .whereIn(other, both)
        .delete();
    }
    const count = await tables(table)
      .where({ [column]: from })
      .update({ [column]: to });
    if (count > 0) moved.set(type, (moved.get(type) ?? 0) + Number(count));
  }
  return moved;
}
