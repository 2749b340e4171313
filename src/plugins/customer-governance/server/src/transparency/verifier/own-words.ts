/** What the log itself says was lost by a restore: leaves from `from` to before `to` were signed once and began anew. */
export interface DeclaredLoss {
  from: number;
  to: number;
  /** The leaf that says so. */
  leafIndex: number;
}

/** Members stand in the order of their names, so this is how every entry begins in which the log speaks of itself. */
const BEGINNING = '{"action":"log.';
const BEGINNING_BYTES = Buffer.from(BEGINNING);

/** What the log says of itself: what was pruned, and what a restore has lost. */
export class OwnWords {
  readonly losses: DeclaredLoss[] = [];
  prunedBelow = 0;

  hear(leafIndex: number, bytes: string | Uint8Array): void {
    if (typeof bytes === 'string') {
      if (!bytes.startsWith(BEGINNING)) return;
    } else if (BEGINNING_BYTES.compare(bytes, 0, BEGINNING_BYTES.length) !== 0) return;
    const { action, details } = parsed(bytes);
    if (action === 'log.prune') {
      this.prunedBelow = Math.max(this.prunedBelow, Number(details.below) || 0);
    }
    if (action === 'log.resume') {
      const from = Number(details.below);
      this.losses.push({ from, to: from + Number(details.lost), leafIndex });
    }
  }
}

function parsed(bytes: string | Uint8Array): { action?: string; details: Record<string, unknown> } {
  try {
    const entry = JSON.parse(typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString());
    return { action: entry.action, details: entry.details ?? {} };
  } catch {
    // Not an entry: its hash will tell.
    return { details: {} };
  }
}

/** The id that an entry carries, or null when it is none. */
export function idIn(bytes: string | Uint8Array): string | null {
  try {
    const { id } = JSON.parse(typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString());
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}
