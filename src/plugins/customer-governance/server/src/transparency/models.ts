import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';

/** The order of the entries: `id` is the leaf index in the tree, counted from 0. */
export const LEAVES = 'governance_audit_leaves';
/** C2SP tlog-tiles: up to 256 hashes of one level, in base64. */
export const TILES = 'governance_audit_tiles';
export const CHECKPOINTS = 'governance_audit_checkpoints';
/** Which entries name a record, in the order of their time. */
export const RECORD_ENTRIES = 'governance_audit_records';
/** How many entries each actor left in an hour, by action and outcome. */
export const HOURS = 'governance_audit_hours';
/** An hour of that table, which counts from 1970-01-01T00:00Z. */
export const HOUR_MS = 3_600_000;
/** How far each witness has been told. */
export const WITNESSES = 'governance_audit_witnesses';
/** One row: how far the tree goes. */
export const STATE = 'governance_audit_state';

/** What the sequencer makes of the entries. All of it but the checkpoints could be made anew from them. */
export function registerTransparencyModels(strapi: Core.Strapi): void {
  const add = (
    name: string,
    tableName: string,
    attributes: Record<string, unknown>,
    indexes: Array<{ name: string; columns: string[]; type?: 'unique' }> = []
  ) =>
    strapi.get('models').add({
      uid: `plugin::customer-governance.${name}`,
      singularName: `governance-${name}`,
      tableName,
      attributes: { id: attribute.id(), ...attributes },
      indexes,
    } as never);

  add('audit-leaf', LEAVES, { entry_id: attribute.whole() }, [
    { name: 'gov_audit_leaf_entry', columns: ['entry_id'], type: 'unique' },
  ]);
  add(
    'audit-tile',
    TILES,
    { level: attribute.whole(), tile_index: attribute.whole(), hashes: attribute.longText() },
    [{ name: 'gov_audit_tile', columns: ['level', 'tile_index'], type: 'unique' }]
  );
  add(
    'audit-checkpoint',
    CHECKPOINTS,
    {
      tree_size: attribute.whole(),
      root_hash: attribute.text(),
      note: attribute.longText(),
      created_at: attribute.moment(),
    },
    // A log that signs two trees of one size is caught by its own database.
    [{ name: 'gov_audit_checkpoint_size', columns: ['tree_size'], type: 'unique' }]
  );
  add(
    'audit-record',
    RECORD_ENTRIES,
    {
      record_id: attribute.text(),
      /** Milliseconds since 1970, as the entry has it. */
      at: attribute.milliseconds(),
      entry_id: attribute.whole(),
    },
    [
      { name: 'gov_audit_record', columns: ['record_id', 'at', 'entry_id'], type: 'unique' },
      { name: 'gov_audit_record_entry', columns: ['entry_id'] },
    ]
  );
  add(
    'audit-hour',
    HOURS,
    {
      /** Hours since 1970-01-01T00:00Z. */
      hour: attribute.whole(),
      actor_kind: attribute.text(),
      actor_id: attribute.text(),
      action: attribute.text(),
      outcome: attribute.text(),
      entries: attribute.whole(),
      /** Records that the entries name, each as often as it is named. */
      records: attribute.whole(),
    },
    [
      {
        name: 'gov_audit_hour',
        columns: ['hour', 'actor_kind', 'actor_id', 'action', 'outcome'],
        type: 'unique',
      },
    ]
  );
  add(
    'audit-witness',
    WITNESSES,
    {
      target: attribute.text(),
      delivered_size: attribute.whole(),
      /** Number of the newest file of tombstones that it has. */
      tombstone_files: attribute.whole(),
      /** Moments in ISO form. */
      delivered_at: attribute.text(),
      /** Failures in a row. */
      attempts: attribute.whole(),
      /** Not before it is a delivery tried; empty when at once. */
      next_at: attribute.text(),
      failure: attribute.text(),
    },
    [{ name: 'gov_audit_witness', columns: ['target'], type: 'unique' }]
  );
  add('audit-state', STATE, {
    tree_size: attribute.whole(),
    /** Every entry up to this id is in the tree or was rolled back. */
    watermark: attribute.whole(),
    /** The next watermark, once every transaction that ran when it was noted has ended (PostgreSQL). */
    horizon_id: attribute.whole(),
    horizon_xmax: attribute.text(),
    /** Entries of leaves below this index were pruned. */
    pruned_below: attribute.whole(),
    /** Set within the transaction that prunes: the triggers let go what is below it. */
    permit_below: attribute.whole(),
    /** The key that signed the newest checkpoint. */
    key_id: attribute.whole(),
    /** Why nothing is signed any more; empty as long as all is well. */
    halted: attribute.text(),
    /** When the whole log was verified last, how many leaves it had, and how much was found. */
    verified_at: attribute.moment(),
    verified_size: attribute.whole(),
    verified_findings: attribute.whole(),
  });
}
