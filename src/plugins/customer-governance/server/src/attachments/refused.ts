/** Why a file is not taken in, as the log says it. */
export type RefusalReason = 'type' | 'size' | 'empty' | 'infected' | 'scanner';

/** A file that is not taken in: what the log says of it, and what its sender is told. */
export class Refused extends Error {
  constructor(
    readonly reason: RefusalReason,
    readonly told: Error
  ) {
    super(told.message);
    this.name = 'Refused';
  }
}
