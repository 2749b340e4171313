import type { Core } from '@strapi/strapi';
import { auditOf, type AuditEvent } from '../audit/audit';
import { currentOperation } from '../operation';
import { isSystemAttribute } from '../system-attributes';
import { changedValues } from '../vault/guards';
import { writeInTransactions } from '../vault/lifecycles';
import { vaultOf } from '../vault/vault';
import {
  changeActionsOf,
  PERMISSION_ACTIONS,
  PERMISSIONS,
  SETTINGS_STORE,
  SILENT,
  STAMPS,
} from './change-actions';

type Verb = 'create' | 'update' | 'delete';
type Row = Record<string, unknown> & { id: number | string; documentId?: string };
interface ChangeEvent {
  action: string;
  model: { uid: string; attributes: Record<string, unknown> };
  params: {
    data?: Record<string, unknown> | Array<Record<string, unknown>>;
    where?: object;
    filters?: unknown;
    _q?: string;
  };
  result: { id: number; ids?: number[] };
}

const WRITES = ['create', 'createMany', 'update', 'updateMany', 'delete', 'deleteMany'];
/** Tables that are addressed by row id, in the panel and by the log's own actors. */
const BY_ROW = /^(admin::|strapi::|plugin::(users-permissions|upload|i18n)\.)/;
const CODE = /^[\w.:@/-]{1,200}$/;

/**
 * Writes down who changes accounts, roles, permissions, tokens, webhooks, files, settings and the records of every type
 * that the vault does not write down itself: names of attributes, never values. At the database, so that no way is
 * forgotten, and in the transaction of the change. What Strapi does to its tables while it starts is no change of
 * anybody's.
 */
export function logChanges(strapi: Core.Strapi): void {
  const governed = new Set(vaultOf(strapi).governed().keys());
  const types = Object.keys(strapi.contentTypes).filter(
    (uid) => !governed.has(uid) && !SILENT.has(uid)
  );
  const models = new Set([...types, 'strapi::webhook', SETTINGS_STORE]);
  writeInTransactions(strapi, models, WRITES);

  /** The product's own procedures write what they do themselves. */
  const isOurs = (uid: string) =>
    !strapi.isLoaded ||
    (currentOperation() !== undefined && !uid.startsWith('admin::')) ||
    (uid === SETTINGS_STORE && !strapi.requestContext.get());

  const rowsOf = (uid: string, chosen: object): Promise<Row[]> =>
    strapi.db.query(uid).findMany({
      ...chosen,
      ...(uid in PERMISSIONS ? { populate: Object.keys(PERMISSIONS[uid] ?? {}) } : {}),
    });

  /** The rows that a write is about; one that is of a single row takes the first that fits. */
  const affected = ({ action, model: { uid }, params: { where, filters, _q } }: ChangeEvent) =>
    rowsOf(uid, {
      where: where ?? {},
      ...(action.endsWith('Many') ? { filters, _q } : { limit: 1 }),
    });

  const write = async (uid: string, verb: Verb, rows: Row[], attributes: string[]) => {
    if (rows.length === 0) return;
    await auditOf(strapi).append(
      uid in PERMISSIONS
        ? rows.map((row) => permissionEvent(uid, verb, row))
        : uid === SETTINGS_STORE
          ? rows.map(({ key }) => settingEvent(key))
          : {
              action: changeActionsOf(uid)[verb],
              recordType: uid,
              recordIds: rows.map((row) => idOf(uid, row)),
              ...(verb === 'delete' && changeActionsOf(uid).delete === 'record.delete'
                ? {}
                : { attributes }),
            }
    );
  };

  const created = async ({ model: { uid, attributes }, params, result }: ChangeEvent) => {
    if (isOurs(uid)) return;
    const ids = result.ids ?? [result.id];
    const data = [params.data ?? []].flat();
    const names = [...new Set(data.flatMap((row) => namesIn(row, attributes)))];
    // Asked again: what is answered has no relations, and of many rows nothing but their ids.
    await write(uid, 'create', await rowsOf(uid, { where: { id: { $in: ids } } }), names);
  };

  const updating = async (event: ChangeEvent) => {
    const { model, params } = event;
    const { uid, attributes } = model;
    if (isOurs(uid)) return;
    const data = (params.data ?? {}) as Record<string, unknown>;
    const names = namesIn(data, attributes);
    if (names.length === 0 || names.every((name) => STAMPS.has(name))) return;
    const rows = await affected(event);
    const [only] = rows;
    const changed =
      rows.length === 1 && only ? names.filter((name) => differs(name, data, only)) : names;
    await write(uid, 'update', rows, changed);
  };

  const deleting = async (event: ChangeEvent) => {
    const { uid } = event.model;
    if (isOurs(uid)) return;
    await write(uid, 'delete', await affected(event), []);
  };

  const one = <T>(work: (event: ChangeEvent) => T) => work as (event: unknown) => T;
  strapi.db.lifecycles.subscribe({
    models: [...models],
    afterCreate: one(created),
    afterCreateMany: one(created),
    beforeUpdate: one(updating),
    beforeUpdateMany: one(updating),
    beforeDelete: one(deleting),
    beforeDeleteMany: one(deleting),
  });
}

const idOf = (uid: string, { id, documentId }: Row): string =>
  String(BY_ROW.test(uid) ? id : (documentId ?? id));

/** The type's own attributes that a write names; a client's own words are not among them. */
const namesIn = (data: Record<string, unknown>, attributes: Record<string, unknown>): string[] =>
  Object.keys(data).filter((name) => name in attributes && !isSystemAttribute(name));

/** Whether the value becomes another one, where that can be told: relations are not in the row. */
function differs(name: string, data: Record<string, unknown>, row: Row): boolean {
  if (!(name in row)) return true;
  const given = data[name] ?? null;
  const stored = row[name] ?? null;
  if (stored === null) return given !== null;
  return changedValues({ [name]: given }, { [name]: stored }).length > 0;
}

/** The owner is the record, and what is permitted stands where an entry names attributes. */
function permissionEvent(uid: string, verb: Verb, row: Row): AuditEvent {
  const owners = Object.entries(PERMISSIONS[uid] ?? {});
  const owned = owners.find(([relation]) => row[relation]);
  const owner = owned && (row[owned[0]] as { id: number });
  const { action, subject } = row;
  return {
    action: PERMISSION_ACTIONS[verb],
    ...(owned && owner ? { recordType: owned[1], recordIds: [String(owner.id)] } : {}),
    attributes: isCode(action) ? [action] : [],
    details: isCode(subject) ? { subject } : {},
  };
}

const settingEvent = (key: unknown): AuditEvent => ({
  action: 'configuration.change',
  details: { setting: isCode(key) ? key : 'other' },
});

const isCode = (value: unknown): value is string => typeof value === 'string' && CODE.test(value);
