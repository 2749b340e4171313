import { HASH_BYTES } from './hashes';

/** A tree head (C2SP tlog-checkpoint): which log, how many leaves, which root. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Buffer;
  /** Further lines, which a log is advised not to use. */
  extensions?: string[];
}

const HEAD_LINES = 3;

/** The text of a checkpoint, to be signed as a note. */
export function checkpointText({ origin, size, root, extensions = [] }: Checkpoint): string {
  if (!Number.isSafeInteger(size) || size < 0 || root.length !== HASH_BYTES) {
    throw new Error('A checkpoint has a size and a hash of 32 bytes.');
  }
  const lines = [origin, String(size), root.toString('base64'), ...extensions];
  if (lines.some((line) => line === '' || line.includes('\n'))) {
    throw new Error('The lines of a checkpoint are neither empty nor broken.');
  }
  return `${lines.join('\n')}\n`;
}

/** Reads the text of a checkpoint. @throws Error when it is none. */
export function parseCheckpoint(text: string): Required<Checkpoint> {
  const lines = text.split('\n');
  const [origin, sizeText, rootText] = lines;
  const root = Buffer.from(rootText ?? '', 'base64');
  const right =
    lines.length > HEAD_LINES &&
    lines.at(-1) === '' &&
    lines.slice(0, -1).every((line) => line !== '') &&
    /^(0|[1-9]\d*)$/.test(sizeText) &&
    Number.isSafeInteger(Number(sizeText)) &&
    root.length === HASH_BYTES &&
    root.toString('base64') === rootText;
  if (!right) throw new Error('This is not the text of a checkpoint.');
  return { origin, size: Number(sizeText), root, extensions: lines.slice(HEAD_LINES, -1) };
}
