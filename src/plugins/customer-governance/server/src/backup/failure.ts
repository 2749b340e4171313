/** Why a backup, a restore or a drill did not succeed, as a code that the panel has words for. */
export const FAILURES = [
  'not-configured',
  'busy',
  'interrupted',
  'destination',
  'second-destination',
  'no-backup',
  'no-identity',
  'archive',
  'verification',
  'failed',
] as const;
export type Failure = (typeof FAILURES)[number];

/** A failure with its code; the message says what to do. */
export class BackupFailed extends Error {
  constructor(
    readonly code: Failure,
    message: string,
    cause?: unknown
  ) {
    super(message, { cause });
    this.name = 'BackupFailed';
  }
}

/** Gives what `work` fails with a code, unless it has one. */
export async function failingAs<T>(code: Failure, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BackupFailed) throw error;
    throw new BackupFailed(code, textOf(error), error);
  }
}

const DATABASE_CODE = /^(SQLITE_\w+|[0-9A-Z]{5})$/;

/** What an error says; of one of a database only its code, for its text may quote a row. */
export function textOf(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  return code && DATABASE_CODE.test(code) && !(error instanceof BackupFailed)
    ? `The database answered with ${code}.`
    : message;
}
