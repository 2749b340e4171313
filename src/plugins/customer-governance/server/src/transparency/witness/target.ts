import type { CheckpointRow } from '../store';

/** Who keeps checkpoints outside. */
export interface WitnessTarget {
  name: 'directory' | 'http';
  /**
   * Hands over a checkpoint; one that the witness holds already is fine.
   * @param signal ends the attempt.
   * @throws WitnessError
   */
  deliver(checkpoint: CheckpointRow, signal: AbortSignal): Promise<void>;
}

/** The witness holds another history than this log: somebody rewrote one of the two. */
export const DIFFERS = 'witness-differs';

/** Why a checkpoint was not taken, as a code without any text of the other side. */
export class WitnessError extends Error {
  constructor(readonly code: string) {
    super(`A witness did not take a checkpoint: ${code}`);
  }
}
