import type { Destination } from './archive/destination';
import type { Sidecar } from './archive/manifest';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Which archives of the data may go: a full one and those that hang on it, all together, once the youngest of them is older
 * than the days that backups are kept; never the newest full one.
 */
export function outdated(whole: readonly Sidecar[], keepDays: number, now: Date): string[] {
  const chains: Sidecar[][] = [];
  for (const sidecar of whole) {
    if (sidecar.manifest.kind === 'full') chains.push([sidecar]);
    else chains.at(-1)?.push(sidecar);
  }
  const before = now.getTime() - keepDays * DAY_MS;
  return (
    chains
      .slice(0, -1)
      .filter((chain) =>
        chain.every(({ manifest }) => new Date(manifest.createdAt).getTime() < before)
      )
      // The full one last: killed in between, no archive is left that hangs on one that is gone.
      .flatMap((chain) => chain.map(({ manifest }) => manifest.archive).reverse())
  );
}

/** Removes what need not be kept any more. @returns how many archives went */
export async function removeOutdated(
  data: readonly Destination[],
  keys: Destination,
  { keepDays, keepKeyArchives }: { keepDays: number; keepKeyArchives: number },
  now: Date
): Promise<number> {
  let removed = 0;
  for (const destination of data) {
    for (const name of outdated(await destination.whole('data'), keepDays, now)) {
      await destination.remove(name);
      removed += 1;
    }
  }
  // An older key archive serves nobody: what it opens besides the newest is what was destroyed since.
  for (const { manifest } of (await keys.whole('keys')).slice(0, -keepKeyArchives)) {
    await keys.remove(manifest.archive);
    removed += 1;
  }
  return removed;
}
