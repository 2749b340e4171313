/** A record that a relation names: by the id of its row or by its documentId. */
export type Reference = { id: number } | { documentId: string };

/** What a write does to a relation to one record. */
export type ToOneChange =
  | { kind: 'keep' }
  | { kind: 'set'; reference: Reference | null }
  | { kind: 'remove'; references: Reference[] }
  | { kind: 'wrong'; reason: string };

/** What a write does to a relation to many records. */
export type ToManyChange =
  | { kind: 'keep' }
  | { kind: 'set'; references: Reference[] }
  | { kind: 'change'; connect: Reference[]; disconnect: Reference[] }
  | { kind: 'wrong'; reason: string };

const ROW_ID = /^\d{1,10}$/;
const DOCUMENT_ID = /^[\w-]{1,64}$/;
/** Beyond it a database of integer ids answers with an error of its own. */
const MAX_ROW_ID = 2_147_483_647;
const MAX_REFERENCES = 500;

const ONE = "must name one record, by its documentId or as { connect: ['…'] }";
const MANY =
  "must name records, as a list of documentIds or as { connect: ['…'], disconnect: ['…'] }";

const wrong = (reason: string): { kind: 'wrong'; reason: string } => ({ kind: 'wrong', reason });

/** Reads whichever form Strapi's panel or API gives a relation to one record. Never throws. */
export function readToOne(value: unknown): ToOneChange {
  if (value === undefined) return { kind: 'keep' };
  if (value === null) return { kind: 'set', reference: null };
  const whole = one(value);
  if (whole !== undefined) return { kind: 'set', reference: whole };
  const change = changeOf(value);
  if (!change) return wrong(ONE);
  if (change.set !== undefined) {
    const set = change.set === null ? null : one(change.set);
    return set === undefined ? wrong(ONE) : { kind: 'set', reference: set };
  }
  const connect = one(change.connect ?? []);
  const disconnect = many(change.disconnect ?? []);
  if (connect === undefined || disconnect === undefined) return wrong(ONE);
  if (connect !== null) return { kind: 'set', reference: connect };
  return disconnect.length > 0 ? { kind: 'remove', references: disconnect } : { kind: 'keep' };
}

/** Reads whichever form Strapi's panel or API gives a relation to many records. Never throws. */
export function readToMany(value: unknown): ToManyChange {
  if (value === undefined) return { kind: 'keep' };
  if (value === null) return { kind: 'set', references: [] };
  const whole = many(value);
  if (whole !== undefined) return { kind: 'set', references: whole };
  const change = changeOf(value);
  if (!change) return wrong(MANY);
  if (change.set !== undefined) {
    const set = many(change.set ?? []);
    return set === undefined ? wrong(MANY) : { kind: 'set', references: set };
  }
  const connect = many(change.connect ?? []);
  const disconnect = many(change.disconnect ?? []);
  if (connect === undefined || disconnect === undefined) return wrong(MANY);
  return connect.length + disconnect.length > 0
    ? { kind: 'change', connect, disconnect }
    : { kind: 'keep' };
}

/** Whether a reference names this row. */
export function names(reference: Reference, row: { id: number; documentId: string }): boolean {
  return 'documentId' in reference
    ? reference.documentId === row.documentId
    : reference.id === row.id;
}

type Change = { set?: unknown; connect?: unknown; disconnect?: unknown };

function changeOf(value: unknown): Change | null {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return null;
  return 'set' in value || 'connect' in value || 'disconnect' in value ? (value as Change) : null;
}

/** A single reference, or one in a list; `null` for an empty list, `undefined` for anything else. */
function one(value: unknown): Reference | null | undefined {
  const list = many(value);
  if (list === undefined || list.length > 1) return undefined;
  return list[0] ?? null;
}

function many(value: unknown): Reference[] | undefined {
  if (!Array.isArray(value)) {
    const single = referenceOf(value);
    return single && [single];
  }
  if (value.length > MAX_REFERENCES) return undefined;
  const references = value.map(referenceOf);
  return references.includes(undefined) ? undefined : (references as Reference[]);
}

function referenceOf(value: unknown): Reference | undefined {
  if (typeof value === 'number' || (typeof value === 'string' && ROW_ID.test(value))) {
    const id = Number(value);
    return Number.isInteger(id) && id > 0 && id <= MAX_ROW_ID ? { id } : undefined;
  }
  if (typeof value === 'string') {
    return DOCUMENT_ID.test(value) ? { documentId: value } : undefined;
  }
  if (!value || typeof value !== 'object' || Array.isArray(value)) return undefined;
  // The panel sends both; the documentId is the one that survives an export.
  if ('documentId' in value) {
    const { documentId } = value;
    const valid = typeof documentId === 'string' && DOCUMENT_ID.test(documentId);
    return valid ? { documentId } : undefined;
  }
  return 'id' in value && typeof value.id !== 'object' ? referenceOf(value.id) : undefined;
}
