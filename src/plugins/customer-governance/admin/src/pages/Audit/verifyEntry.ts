import type { AuditEntryView, EntryProof } from '../../api/types';

/** What came of verifying an entry. */
export type Verdict =
  | 'verified'
  /** No checkpoint covers it yet. */
  | 'waiting'
  /** What is shown is not what the tree hashed. */
  | 'other-content'
  /** The path does not lead to the root that was signed. */
  | 'not-in-tree'
  /** The browser gives the means only to pages that came by an encrypted connection. */
  | 'impossible';

const LEAF = 0;
const NODE = 1;

const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

const hash = async (...parts: Uint8Array[]): Promise<Uint8Array> => {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(new ArrayBuffer(length));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
};

const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

/** The root to which a path leads from a leaf (RFC 9162, 2.1.3.2); null where the path is too short or too long. */
const rootFrom = async (
  leaf: Uint8Array,
  index: number,
  size: number,
  path: Uint8Array[]
): Promise<Uint8Array | null> => {
  let node = index;
  let last = size - 1;
  let current = leaf;
  const node1 = Uint8Array.of(NODE);
  // No bit operators: they are of 32 bits, and a log may have more leaves.
  const half = (value: number): number => Math.floor(value / 2);
  for (const sibling of path) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      current = await hash(node1, sibling, current);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      current = await hash(node1, current, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 ? current : null;
};

/** Whether the bytes that the tree hashed say what the panel shows. */
const saysTheSame = (canonical: string, entry: AuditEntryView): boolean => {
  const hashed = JSON.parse(canonical) as {
    id: string;
    at: string;
    actor: { kind: string; id: string };
    action: string;
    outcome: string;
    recordIds?: string[];
    purpose?: string;
  };
  return (
    hashed.id === entry.documentId &&
    Date.parse(hashed.at) === Date.parse(entry.at) &&
    hashed.actor.kind === entry.actor.kind &&
    hashed.actor.id === entry.actor.id &&
    hashed.action === entry.action &&
    hashed.outcome === entry.outcome &&
    (hashed.recordIds ?? []).join() === (entry.recordIds ?? []).join() &&
    (hashed.purpose ?? null) === (entry.purpose ?? null)
  );
};

/** Reckons in the browser, with nothing but the answer at hand, whether an entry stands in the tree of the checkpoint. */
export const verifyEntry = async (entry: AuditEntryView, answer: EntryProof): Promise<Verdict> => {
  if (!globalThis.crypto?.subtle) return 'impossible';
  const { canonical, checkpoint, leafIndex, proof } = answer;
  if (!checkpoint || !proof || leafIndex === null) return 'waiting';
  if (!saysTheSame(canonical, entry)) return 'other-content';
  const leaf = await hash(Uint8Array.of(LEAF), new TextEncoder().encode(canonical));
  const root = await rootFrom(leaf, leafIndex, checkpoint.treeSize, proof.map(bytesOf));
  return root && equal(root, bytesOf(checkpoint.rootHash)) ? 'verified' : 'not-in-tree';
};
