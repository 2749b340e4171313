import type { Core } from '@strapi/strapi';
import { chunks, tablesOf } from '../../database';

/** A column that names rows of a type by their id, or by their documentId. */
export interface Link {
  table: string;
  column: string;
  by: 'id' | 'documentId';
  /** Further columns that a row must have, as the type in a table that serves many. */
  on: Record<string, unknown>;
  /** Columns that are emptied; without any the row goes. */
  empties: string[];
}

interface Column {
  name: string;
}
interface Attribute {
  type: string;
  target?: string;
  columnName?: string;
  joinColumn?: Column;
  morphColumn?: { typeColumn: Column; idColumn: Column };
  joinTable?: {
    name: string;
    joinColumn?: Column;
    inverseJoinColumn?: Column;
    morphColumn?: { typeColumn: Column; idColumn: Column };
    on?: Record<string, unknown>;
  };
}
interface Model {
  uid: string;
  tableName: string;
  attributes: Record<string, Attribute>;
}

/** Strapi's own tables that keep copies of documents or plans for them, where the edition has them. */
const COPIES = [
  {
    uid: 'plugin::content-manager.history-version',
    type: 'contentType',
    document: 'relatedDocumentId',
  },
  {
    uid: 'plugin::content-releases.release-action',
    type: 'contentType',
    document: 'entryDocumentId',
  },
] as const;

const IDS_PER_QUERY = 1000;

/**
 * Every column of the database that names rows of a type: link tables of relations in both directions and of
 * polymorphic ones, columns of other types, history and releases. Found by asking the models, so that what a project
 * adds is found, too.
 */
export function linksTo(strapi: Core.Strapi, uid: string): Link[] {
  const links = new Map<string, Link>();
  const add = (
    table: string,
    column: string,
    on: Record<string, unknown> = {},
    empties: string[] = []
  ) => links.set(JSON.stringify([table, column, on]), { table, column, by: 'id', on, empties });
  for (const model of strapi.db.metadata.values() as Iterable<Model>) {
    for (const { type, target, joinColumn, morphColumn, joinTable } of Object.values(
      model.attributes
    )) {
      if (type !== 'relation') continue;
      if (joinTable) {
        const { name, on } = joinTable;
        if (model.uid === uid && joinTable.joinColumn) add(name, joinTable.joinColumn.name, on);
        if (target === uid && joinTable.inverseJoinColumn)
          add(name, joinTable.inverseJoinColumn.name, on);
        if (joinTable.morphColumn) {
          const { idColumn, typeColumn } = joinTable.morphColumn;
          add(name, idColumn.name, { [typeColumn.name]: uid });
        }
      } else if (joinColumn && target === uid && model.uid !== uid) {
        add(model.tableName, joinColumn.name, {}, [joinColumn.name]);
      } else if (morphColumn) {
        const { idColumn, typeColumn } = morphColumn;
        const emptied = [idColumn.name, typeColumn.name];
        add(model.tableName, idColumn.name, { [typeColumn.name]: uid }, emptied);
      }
    }
  }
  return [...links.values(), ...copiesOf(strapi, uid)];
}

/** Where Strapi keeps versions of documents of a type, or plans for them. */
export function copiesOf(strapi: Core.Strapi, uid: string): Link[] {
  return COPIES.flatMap(({ uid: model, type, document }) => {
    const known = [...(strapi.db.metadata.values() as Iterable<Model>)].find(
      (each) => each.uid === model
    );
    const typeColumn = known?.attributes[type]?.columnName;
    const column = known?.attributes[document]?.columnName;
    if (!known || !typeColumn || !column) return [];
    return [
      { table: known.tableName, column, by: 'documentId', on: { [typeColumn]: uid }, empties: [] },
    ];
  });
}

/** Cuts links to rows that are about to go, a statement or two for each place, in the running transaction. */
export async function cutLinks(
  strapi: Core.Strapi,
  links: readonly Link[],
  records: { ids: readonly number[]; documentIds: readonly string[] }
): Promise<void> {
  for (const { table, column, by, on, empties } of links) {
    const named: readonly unknown[] = by === 'id' ? records.ids : records.documentIds;
    for (const part of chunks(named, IDS_PER_QUERY)) {
      const rows = (await tablesOf(strapi))(table)
        .where(on)
        .whereIn(column, part as string[]);
      if (empties.length === 0) await rows.delete();
      else await rows.update(Object.fromEntries(empties.map((name) => [name, null])));
    }
  }
}
