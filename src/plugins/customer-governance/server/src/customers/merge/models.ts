import type { Core } from '@strapi/strapi';
import { attribute } from '../../model-attributes';
import { fromJson } from '../../database';

export const MERGES = 'governance_merges';
/** Pairs of files of which somebody has said that they are not of one customer. */
export const DISTINCT_FILES = 'governance_distinct_files';

/** The kind of request that asks to make one file of two. */
export const MERGE = 'merge';
/** The governed operation of this chapter. */
export const OPERATION = 'customer.merge';

export const MERGE_STATES = ['pending', 'merged', 'rejected', 'withdrawn', 'expired'] as const;
export type MergeState = (typeof MERGE_STATES)[number];

/** What went over to the file that stays, by what it is. */
export type Moved = Record<string, number>;

/** A merge as it is stored: documentIds, names of attributes, and numbers of files; never a value. */
export interface MergeRow {
  id: number;
  document_id: string;
  /** The file that stays, and the one that goes into it. */
  survivor_id: string;
  merged_id: string;
  /** The file that the merged one is part of now: the survivor may have gone into another since. */
  current_id: string;
  /** The merged file's number, by which it is still found. */
  merged_number: string | null;
  /** Attributes whose value is that of the file that goes. */
  taken: string[];
  reason: string;
  state: MergeState;
  requester_id: number;
  submitted_at: number | string;
  decided_at: number | string | null;
  moved: Moved | null;
}

type Stored = Omit<MergeRow, 'taken' | 'moved'> & {
  taken: string[] | string;
  moved: Moved | string | null;
};

export const readMerge = (row: Stored): MergeRow => ({
  ...row,
  taken: fromJson(row.taken),
  moved: row.moved === null ? null : fromJson(row.moved),
});

/** Database models, seen by no API. */
export function registerMergeModels(strapi: Core.Strapi): void {
  strapi.get('models').add({
    uid: 'plugin::customer-governance.merge',
    singularName: 'governance-merge',
    tableName: MERGES,
    attributes: {
      id: attribute.id(),
      document_id: attribute.text(),
      survivor_id: attribute.text(),
      merged_id: attribute.text(),
      current_id: attribute.text(),
      merged_number: attribute.text(),
      taken: attribute.longText(),
      reason: attribute.longText(),
      state: attribute.text(),
      requester_id: attribute.whole(),
      submitted_at: attribute.milliseconds(),
      decided_at: attribute.milliseconds(),
      moved: attribute.longText(),
    },
    indexes: [
      { name: 'gov_merges_document', columns: ['document_id'], type: 'unique' },
      { name: 'gov_merges_survivor', columns: ['survivor_id', 'state'] },
      { name: 'gov_merges_merged', columns: ['merged_id', 'state'] },
      { name: 'gov_merges_current', columns: ['current_id'] },
      { name: 'gov_merges_number', columns: ['merged_number'] },
      { name: 'gov_merges_requester', columns: ['requester_id', 'id'] },
    ],
  });
  strapi.get('models').add({
    uid: 'plugin::customer-governance.distinct-files',
    singularName: 'governance-distinct-files',
    tableName: DISTINCT_FILES,
    attributes: {
      id: attribute.id(),
      // Of the two the one that comes first by its documentId.
      first_id: attribute.text(),
      second_id: attribute.text(),
      staff_id: attribute.whole(),
      at: attribute.milliseconds(),
    },
    indexes: [
      { name: 'gov_distinct_files', columns: ['first_id', 'second_id'], type: 'unique' },
      { name: 'gov_distinct_files_second', columns: ['second_id'] },
    ],
  });
}
