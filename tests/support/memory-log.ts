import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { checkpointText } from '../../src/plugins/customer-governance/server/src/transparency/tree/checkpoint';
import { leafHash } from '../../src/plugins/customer-governance/server/src/transparency/tree/hashes';
import {
  noteSigner,
  parseVerifierKey,
  signNote,
  verifierKey,
} from '../../src/plugins/customer-governance/server/src/transparency/tree/note';
import {
  appendLeaves,
  rootOf,
  tilePath,
  type TileReader,
} from '../../src/plugins/customer-governance/server/src/transparency/tree/tiles';
import type {
  CheckpointReader,
  EntryPage,
  KeptCheckpoint,
  LogSource,
} from '../../src/plugins/customer-governance/server/src/transparency/verifier/source';

const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An Ed25519 key that is the same in every run. */
export const keyOf = (seed: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([ED25519_PKCS8, createHash('sha256').update(seed).digest()]),
    format: 'der',
    type: 'pkcs8',
  });

/** The bytes of an entry like those of the log: members in the order of their names. */
export const entryText = (id: string, more: Record<string, unknown> = {}): string =>
  JSON.stringify({
    action: 'record.view',
    actor: { id: 'staff-1', kind: 'staff' },
    at: '2026-03-01T08:00:00.000Z',
    channel: 'panel',
    correlationId: 'c-1',
    id,
    outcome: 'done',
    recordIds: [`record-${id}`],
    v: 1,
    ...more,
  });

/** Keeps checkpoints as a table or a directory does. */
export class KeptCheckpoints implements CheckpointReader {
  kept: KeptCheckpoint[] = [];
  async checkpoints(afterSize: number, limit: number): Promise<KeptCheckpoint[]> {
    return this.kept.filter(({ size }) => size > afterSize).slice(0, limit);
  }
}

/** A whole log in memory, which a test can tamper with at every place. */
export class MemoryLog extends KeptCheckpoints implements LogSource, TileReader {
  size = 0;
  prunedBelow = 0;
  rows: Array<{ id: string; bytes: string | null }> = [];
  tiles = new Map<string, Buffer>();
  anchor: { size: number; root: Buffer } | null = null;
  witness = Object.assign(new KeptCheckpoints(), { name: 'outside' });
  witnesses = [this.witness];
  keys;
  readonly #sign;

  constructor(
    readonly origin = 'example.com/log',
    key = keyOf('log')
  ) {
    super();
    const signer = noteSigner(origin, key);
    this.#sign = (text: string) => signNote(text, [signer]);
    this.keys = [parseVerifierKey(verifierKey(origin, publicOf(key)))];
  }

  async tile(level: number, index: number): Promise<Buffer> {
    return this.tiles.get(tilePath(level, index)) ?? Buffer.alloc(0);
  }

  async entries(fromLeaf: number, limit: number): Promise<EntryPage> {
    const rows = this.rows.slice(fromLeaf, fromLeaf + limit);
    return { bytes: rows.map(({ bytes }) => bytes), ids: rows.map(({ id }) => id) };
  }

  /** Appends entries and signs the tree, as the sequencer does; the witness and the key store learn of it. */
  async append(rows: ReadonlyArray<{ id: string; bytes: string }>): Promise<void> {
    const leaves = rows.map(({ bytes }) => leafHash(bytes));
    for (const { level, index, hashes } of await appendLeaves(this, this.size, leaves)) {
      this.tiles.set(tilePath(level, index), Buffer.from(hashes));
    }
    this.rows.push(...rows);
    this.size += rows.length;
    const checkpoint = { size: this.size, note: await this.sign(this.size) };
    this.kept.push(checkpoint);
    this.witness.kept.push(checkpoint);
    this.anchor = { size: this.size, root: await rootOf(this, this.size) };
  }

  /** A checkpoint of the tree as it is now. */
  async sign(size: number): Promise<string> {
    const root = await rootOf(this, size);
    return this.#sign(checkpointText({ origin: this.origin, size, root }));
  }
}

const publicOf = (key: KeyObject) =>
  Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url');

/** A log of entries `e0`, `e1` … signed at the given sizes. */
export async function memoryLog(...sizes: number[]): Promise<MemoryLog> {
  const log = new MemoryLog();
  for (const size of sizes) {
    await log.append(
      Array.from({ length: size - log.size }, (_, i) => {
        const id = `e${log.size + i}`;
        return { id, bytes: entryText(id) };
      })
    );
  }
  return log;
}
