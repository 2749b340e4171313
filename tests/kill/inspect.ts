import knex, { type Knex } from 'knex';
import { canonicalEntry } from '../../src/plugins/customer-governance/server/src/audit/encoding';
import { parseCheckpoint } from '../../src/plugins/customer-governance/server/src/transparency/tree/checkpoint';
import { leafHash } from '../../src/plugins/customer-governance/server/src/transparency/tree/hashes';
import {
  appendLeaves,
  rootOf,
  withTiles,
  type TileReader,
} from '../../src/plugins/customer-governance/server/src/transparency/tree/tiles';
import { witnessSource } from '../../src/plugins/customer-governance/server/src/transparency/verifier/directory';
import type { Home } from '../support/home';
import type { Acknowledged } from './load';

const CUSTOMER = 'plugin::customer-governance.customer';
const EVERYTHING = 1_000_000;

/** Signed trees by their size, as they were seen before. */
export type Signed = Map<number, string>;

/** A connection of its own to an installation's database, apart from the application. */
export function connect({ database, env }: Home): Knex {
  return database === 'postgres'
    ? knex({ client: 'pg', connection: env.DATABASE_URL, pool: { min: 0, max: 2 } })
    : knex({
        client: 'better-sqlite3',
        connection: { filename: env.DATABASE_FILENAME as string },
        useNullAsDefault: true,
      });
}

/**
 * Looks for what a kill may never leave: a change without its entry, an entry without its change, something answered that
 * is gone, a tree with a gap, a signed tree that is gone or another now.
 * @param signed takes the signed trees that are there, for the next time.
 * @returns what is wrong, in sentences.
 */
export async function inspect(
  database: Knex,
  acknowledged: Acknowledged,
  witness: string,
  signed: Signed
): Promise<string[]> {
  const problems: string[] = [];
  const entries = await database('governance_audit_leaves as leaf')
    .join('governance_audit_entries as entry', 'entry.id', 'leaf.entry_id')
    .orderBy('leaf.id')
    .select('entry.*', 'leaf.id as leaf');
  problems.push(...(await changesAndEntries(database, entries, acknowledged)));
  entries.forEach(({ leaf }, at) => {
    if (Number(leaf) !== at) problems.push(`Leaf ${leaf} stands where ${at} should.`);
  });
  problems.push(...(await signedTrees(database, entries, witness, signed)));
  return problems.slice(0, 20);
}

type Entry = Parameters<typeof canonicalEntry>[0];

async function changesAndEntries(
  database: Knex,
  entries: Entry[],
  { changes }: Acknowledged
): Promise<string[]> {
  const problems: string[] = [];
  const created = new Map<string, number>();
  const changed = new Map<string, number>();
  for (const entry of entries) {
    if (entry.record_type !== CUSTOMER || entry.outcome !== 'done') continue;
    const counts =
      entry.action === 'record.create'
        ? created
        : entry.action === 'record.update'
          ? changed
          : new Map<string, number>();
    const ids = entry.record_ids as string | string[];
    for (const id of typeof ids === 'string' ? (JSON.parse(ids) as string[]) : ids) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  const rows: Array<{ document_id: string; position: string }> = await database(
    'governance_customers'
  ).select('document_id', 'position');
  const there = new Map(rows.map((row) => [row.document_id, Number(row.position)]));
  for (const [id, number] of there) {
    if (created.get(id) !== 1) {
      problems.push(`${id} is there; its creation has ${created.get(id) ?? 0} entries.`);
    }
    if ((changed.get(id) ?? 0) !== number) {
      problems.push(
        `${id} was changed ${number} times; there are ${changed.get(id) ?? 0} entries.`
      );
    }
  }
  for (const id of [...created.keys(), ...changed.keys()]) {
    if (!there.has(id)) problems.push(`There are entries of ${id}, which is not there.`);
  }
  for (const [id, number] of changes) {
    if ((there.get(id) ?? -1) < number) problems.push(`Change ${number} of ${id} is gone.`);
  }
  return problems;
}

async function signedTrees(
  database: Knex,
  entries: Entry[],
  witness: string,
  signed: Signed
): Promise<string[]> {
  const problems: string[] = [];
  const rows: Array<{ tree_size: number | string; note: string }> = await database(
    'governance_audit_checkpoints'
  ).orderBy('tree_size');
  const notes = new Map(rows.map(({ tree_size: size, note }) => [Number(size), note]));
  for (const [size, note] of signed) {
    if (notes.get(size) !== note) problems.push(`The signed tree of ${size} is gone or another.`);
  }
  const told = await witnessSource(witness).catch(() => null);
  for (const { size, note } of (await told?.checkpoints(-1, EVERYTHING)) ?? []) {
    if (notes.get(size) !== note) problems.push(`The witness has another tree of ${size}.`);
  }
  // Each signed tree anew, from the entries alone.
  let reader: TileReader = { tile: async () => Buffer.alloc(0) };
  let reached = 0;
  for (const [size, note] of notes) {
    signed.set(size, note);
    const leaves = entries.slice(reached, size).map((entry) => leafHash(canonicalEntry(entry)));
    reader = withTiles(reader, await appendLeaves(reader, reached, leaves));
    reached = size;
    const { root } = parseCheckpoint(`${note.split('\n\n', 1)[0]}\n`);
    const own = leaves.length > 0 ? await rootOf(reader, size).catch(() => null) : null;
    if (!own?.equals(root)) problems.push(`The signed tree of ${size} is not that of the entries.`);
  }
  if (reached !== entries.length) {
    problems.push(
      `${entries.length} entries are in the tree; the newest signed one has ${reached}.`
    );
  }
  return problems;
}
