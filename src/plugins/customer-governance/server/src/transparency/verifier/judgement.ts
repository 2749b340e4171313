import type { Findings } from './findings';
import type { Heads } from './heads';
import { idIn, type DeclaredLoss } from './own-words';
import type { LogSource } from './source';

/** Once the whole tree has passed by: tells what the signed tree heads say of it. */
export async function judgeHeads({
  source,
  findings,
  own,
  others,
  losses,
}: {
  source: LogSource;
  findings: Findings;
  /** The heads that the log keeps itself. */
  own: Heads;
  /** Those of the key store and of the witnesses. */
  others: readonly Heads[];
  losses: readonly DeclaredLoss[];
}): Promise<void> {
  const { size } = source;
  const leaves = (from: number, to: number) =>
    from === to ? `leaf ${from}` : `leaves ${from} to ${to}`;
  const idOf = async (leaf: number) => {
    if (leaf < source.prunedBelow || leaf >= size) return null;
    const page = await source.entries(leaf, 1);
    return page?.ids?.[0] ?? (page?.bytes[0] ? idIn(page.bytes[0]) : null);
  };
  const range = async (from: number, to: number) => ({
    leafIndex: from,
    lastLeafIndex: to,
    entryId: await idOf(from),
  });

  for (const heads of [own, ...others]) {
    // The log itself comes first: its newest origin tells which heads of the others are of an older one.
    for (let head = await heads.next(Infinity); head; head = await heads.next(Infinity)) {
      heads.beyond(head, losses, own.newest?.origin ?? null);
    }
    const { longest } = heads;
    const { first, count } = heads.wrong(losses, own.newest?.origin ?? null);
    if (first) {
      const to = Math.max(first.size - 1, 0);
      const from = Math.min(first.agreedBefore, to);
      const more = count > 1 ? ` So it is with ${count - 1} more of its checkpoints.` : '';
      const twice = heads === own ? own.agreed > first.size : own.agreed >= first.size;
      findings.add(
        twice
          ? {
              code: 'forked',
              ...(await range(from, to)),
              message:
                `The log's key has signed two different trees: the checkpoint of ${first.size} leaves that ${heads.keeper} keeps ` +
                `is of another one. They part at ${leaves(from, to)}.${more}`,
            }
          : {
              code: 'rewritten',
              ...(await range(from, to)),
              message:
                `The tree was rewritten: it is not the one that was signed at ${first.size} leaves, by the checkpoint that ${heads.keeper} keeps. ` +
                `What differs is at ${leaves(from, to)}.${more}`,
            }
      );
    }
    // What was signed since this began is not missing, only not looked at.
    if (longest > size && longest > ((await source.grownTo?.()) ?? size)) {
      findings.add({
        code: 'cut-off',
        leafIndex: size,
        lastLeafIndex: longest - 1,
        entryId: null,
        message: `The log was cut off at its end: ${heads.keeper} keeps a checkpoint of ${longest} leaves, of which ${leaves(size, longest - 1)} are gone.`,
      });
    }
  }
  const signed = own.newest?.size ?? 0;
  if (signed < size) {
    findings.add({
      code: 'unsigned',
      ...(await range(signed, size - 1)),
      message: `No checkpoint that the log keeps covers ${leaves(signed, size - 1)}.`,
    });
  }
}
