import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyStore, Tombstone } from '../vault/key-store';

/** So many tombstones at most are in one file. */
export const TOMBSTONES_PER_FILE = 10_000;

/** A file of tombstones as a witness keeps it. */
export interface TombstoneFile {
  number: number;
  content: string;
}

/** What a witness holds is not a file of this installation, or does not go on from the files before it. */
export class ForeignTombstones extends Error {
  constructor() {
    super('A file of tombstones is not one of this installation, or not the next one.');
    this.name = 'ForeignTombstones';
  }
}

type Line = [type: string, documentId: string, attributes: string, order: string, at: string];

const digestOf = (content: string): string => createHash('sha256').update(content).digest('base64');

const inOrder = (a: Line, b: Line): number => {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  return one < other ? -1 : Number(one > other);
};

const lineOf = (row: Tombstone): Line => [
  row.record_type,
  row.document_id,
  row.attributes,
  row.order_number,
  row.destroyed_at,
];

const rowOf = ([record_type, document_id, attributes, order_number, destroyed_at]: Line) => ({
  record_type,
  document_id,
  attributes,
  order_number,
  destroyed_at,
});

/**
 * The tombstones as a sequence of files that is only ever added to, for whoever keeps checkpoints outside. Each names the
 * digest of the one before; checkpoints carry that of the newest, so that the signed log commits to all of them. Ids of
 * records, orders and moments are all that they hold. A code under a key of this installation tells its own files from
 * others, whatever key signs the log now: what is destroyed again because a file says so was destroyed here before.
 */
export function createTombstoneFiles({
  keyStore,
  storeId,
  key,
}: {
  keyStore: KeyStore;
  storeId: string;
  key: Buffer;
}) {
  const macOf = (text: string): string => createHmac('sha256', key).update(text).digest('base64');

  const contentOf = (number: number, previous: string, rows: readonly Tombstone[]): string => {
    const tombstones = rows.map(lineOf).sort(inOrder);
    const body = JSON.stringify({ store: storeId, number, previous, tombstones });
    return `${JSON.stringify({ body, mac: macOf(body) })}\n`;
  };

  /** @throws ForeignTombstones */
  const read = (content: string, number: number, previous: string): Tombstone[] => {
    try {
      const { body, mac } = JSON.parse(content) as { body: string; mac: string };
      const expected = Buffer.from(macOf(body));
      const given = Buffer.from(mac);
      const own = given.length === expected.length && timingSafeEqual(given, expected);
      const file = JSON.parse(body) as {
        store: string;
        number: number;
        previous: string;
        tombstones: Line[];
      };
      if (own && file.store === storeId && file.number === number && file.previous === previous) {
        return file.tombstones.map(rowOf);
      }
    } catch {
      // Not in this form at all.
    }
    throw new ForeignTombstones();
  };

  const digestAt = async (number: number): Promise<string> =>
    number === 0 ? '' : ((await keyStore.tombstoneFile(number))?.digest ?? '');

  return {
    /** Number of the newest file; 0 where there is none. */
    head: async (): Promise<number> => (await keyStore.newestTombstoneFile())?.number ?? 0,

    /** The line of a checkpoint that commits to all files. */
    async extensions(): Promise<string[]> {
      const head = await keyStore.newestTombstoneFile();
      return head ? [`tombstones ${head.number} ${head.digest}`] : [];
    },

    /** Puts the tombstones that are in no file yet into new ones. */
    async close(): Promise<void> {
      for (;;) {
        const head = await keyStore.newestTombstoneFile();
        const number = (head?.number ?? 0) + 1;
        const filed = await keyStore.fileTombstones(number, TOMBSTONES_PER_FILE, (rows) =>
          digestOf(contentOf(number, head?.digest ?? '', rows))
        );
        if (filed < TOMBSTONES_PER_FILE) return;
      }
    },

    async file(number: number): Promise<TombstoneFile> {
      const rows = await keyStore.tombstonesOfFile(number);
      return { number, content: contentOf(number, await digestAt(number - 1), rows) };
    },

    /** Whether this is, to the byte, the file of that number here. */
    isOwn: async ({ number, content }: TombstoneFile): Promise<boolean> =>
      digestOf(content) === (await digestAt(number)),

    /**
     * Takes the next file from a witness: its tombstones become this key store's own, and keys that an older key store
     * still had are destroyed.
     * @returns how many tombstones were in it.
     * @throws ForeignTombstones
     */
    async take({ number, content }: TombstoneFile): Promise<number> {
      const rows = read(content, number, await digestAt(number - 1));
      await keyStore.takeTombstones(number, digestOf(content), rows);
      return rows.length;
    },
  };
}

export type TombstoneFiles = ReturnType<typeof createTombstoneFiles>;
