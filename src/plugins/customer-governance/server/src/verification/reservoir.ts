/** A number from 0 to below 1, each as likely as the other. */
export type Random = () => number;

/**
 * Draws by lot from a stream whose length nobody knows yet: each item that was offered is as likely in the sample as any
 * other, and no more than the sample is in memory (Vitter's algorithm R).
 */
export function createReservoir<T>(size: number, random: Random) {
  const chosen: T[] = [];
  let offered = 0;
  return {
    offer(item: T): void {
      offered += 1;
      if (chosen.length < size) {
        chosen.push(item);
        return;
      }
      const place = Math.floor(random() * offered);
      if (place < size) chosen[place] = item;
    },
    offered: () => offered,
    /** A part of the sample is a sample, too: the first ones are as good as any once they are shuffled. */
    draw(count: number): T[] {
      for (let at = chosen.length - 1; at > 0; at -= 1) {
        const other = Math.floor(random() * (at + 1));
        [chosen[at], chosen[other]] = [chosen[other] as T, chosen[at] as T];
      }
      return chosen.slice(0, count);
    },
  };
}
