import type { CheckpointRow } from '../store';
import type { TombstoneFile } from '../tombstone-files';

/** Who keeps checkpoints outside. */
export interface WitnessTarget {
  name: 'directory' | 'http';
  /**
   * Hands over a checkpoint; one that the witness holds already is fine.
   * @param signal ends the attempt.
   * @throws WitnessError
   */
  deliver(checkpoint: CheckpointRow, signal: AbortSignal): Promise<void>;
  /**
   * Hands over a file of tombstones; one that the witness holds already is fine.
   * @returns whether the witness keeps such files at all.
   * @throws WitnessError
   */
  deliverTombstones(file: TombstoneFile, signal: AbortSignal): Promise<boolean>;
  /** A file of tombstones as the witness holds it; null where it has none of this number. @throws WitnessError */
  tombstones(number: number, signal: AbortSignal): Promise<string | null>;
}

/** The witness holds another history than this log: somebody rewrote one of the two. */
export const DIFFERS = 'witness-differs';

/** Why a checkpoint was not taken, as a code without any text of the other side. */
export class WitnessError extends Error {
  constructor(readonly code: string) {
    super(`A witness did not take a checkpoint: ${code}`);
  }
}
