import { parseCheckpoint, type Checkpoint } from '../tree/checkpoint';
import { openNote, type NoteVerifier } from '../tree/note';
import type { Findings } from './findings';
import type { DeclaredLoss } from './own-words';
import type { CheckpointReader, KeptCheckpoint, LogSource } from './source';

const PAGE = 1000;

/** A tree head whose signature is right, or which is trusted as it is. */
export type Head = Pick<Checkpoint, 'size' | 'root' | 'origin'>;

/** The signed tree heads of one keeper in the order of their sizes, and how far the tree agrees with them. */
export class Heads {
  #page: KeptCheckpoint[] = [];
  #position = 0;
  #done = false;
  #after = -1;
  #next: Head | null = null;
  /** How many were read, rightly signed or not. */
  read = 0;
  /** The newest that is rightly signed, with its note and those who signed it. */
  newest: (Head & { note: string; signers: string[] }) | null = null;
  /** Size of the largest tree that agrees. */
  agreed = 0;
  /** Those with which the tree does not agree, and the size up to which it did before; the first of them in full. */
  readonly #wrong: Array<{ head: Head; agreedBefore: number }> = [];
  #wrongBeyond = 0;
  /** Size of the largest tree that is longer than the log. */
  longest = 0;

  /** A head that needs no signature, because its keeper is trusted. */
  static trusted(keeper: string, head: Omit<Head, 'origin'>, findings: Findings): Heads {
    const heads = new Heads(keeper, { checkpoints: async () => [] }, [], findings);
    heads.#next = { origin: '', ...head };
    return heads;
  }

  constructor(
    /** Who keeps them, as it is said in a finding. */
    readonly keeper: string,
    private readonly reader: CheckpointReader,
    private readonly keys: readonly NoteVerifier[],
    private readonly findings: Findings
  ) {}

  /** The next head of at most `size` leaves, or null. */
  async next(size: number): Promise<Head | null> {
    while (this.#next === null && !this.#done) await this.#read();
    if (this.#next === null || this.#next.size > size) return null;
    const head = this.#next;
    this.#next = null;
    return head;
  }

  /** Says whether the tree agrees with a head that `next` has given. */
  judge(head: Head, agrees: boolean): void {
    if (agrees) this.agreed = head.size;
    else if (this.#wrong.length < PAGE) this.#wrong.push({ head, agreedBefore: this.agreed });
    else this.#wrongBeyond += 1;
  }

  /**
   * The first head with which the tree does not agree, and how many there are. Not those of which the log says itself,
   * under another origin since, that a restore has lost them.
   */
  wrong(losses: readonly DeclaredLoss[], origin: string | null) {
    const wrong = this.#wrong.filter(({ head }) => !isLost(head, losses, origin));
    const [first] = wrong;
    return {
      first: first ? { size: first.head.size, agreedBefore: first.agreedBefore } : null,
      count: wrong.length + this.#wrongBeyond,
    };
  }

  /** Takes a head of more leaves than the log has. */
  beyond(head: Head, losses: readonly DeclaredLoss[], origin: string | null): void {
    if (!isLost(head, losses, origin)) this.longest = Math.max(this.longest, head.size);
  }

  async #read(): Promise<void> {
    if (this.#position === this.#page.length) {
      this.#page = await this.reader.checkpoints(this.#after, PAGE);
      this.#position = 0;
      if (this.#page.length === 0) {
        this.#done = true;
        return;
      }
      this.#after = this.#page[this.#page.length - 1].size;
    }
    const kept = this.#page[this.#position++];
    this.read += 1;
    try {
      const { text, verified } = openNote(kept.note, this.keys);
      const head = parseCheckpoint(text);
      if (head.size !== kept.size) throw new Error(`It is of ${head.size} leaves.`);
      this.#next = head;
      this.newest = { ...head, note: kept.note, signers: verified };
    } catch (error) {
      this.findings.add({
        code: 'checkpoint',
        leafIndex: null,
        entryId: null,
        message: `The checkpoint of ${kept.size} leaves that ${this.keeper} keeps does not count. ${(error as Error).message}`,
      });
    }
  }
}

const isLost = (head: Head, losses: readonly DeclaredLoss[], origin: string | null): boolean =>
  head.origin !== '' &&
  head.origin !== origin &&
  losses.some(({ from, to }) => head.size > from && head.size <= to);

/** Everybody who keeps signed heads of the log: the log itself, and who stands outside it. */
export function headsOf(source: LogSource, findings: Findings): { own: Heads; others: Heads[] } {
  const { keys, anchor } = source;
  const witnesses = (source.witnesses ?? []).map(
    (witness) => new Heads(`the witness ${witness.name}`, witness, keys, findings)
  );
  return {
    own: new Heads('the log', source, keys, findings),
    others: anchor ? [Heads.trusted('the key store', anchor, findings), ...witnesses] : witnesses,
  };
}
