import { createHmac } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const CHARACTERS = `${LETTERS}0123456789`;
/** Of Strapi's own ids. */
const LENGTH = 24;

/**
 * The documentId of the customer that a row becomes. A batch that is repeated after a crash gives the same ids, and so finds
 * the keys that were made for them: none is left over.
 */
export function documentIdOf(seed: string, row: number): string {
  const bytes = createHmac('sha256', seed).update(String(row)).digest();
  let id = LETTERS[(bytes[0] as number) % LETTERS.length] as string;
  for (let at = 1; at < LENGTH; at++) {
    id += CHARACTERS[(bytes[at] as number) % CHARACTERS.length];
  }
  return id;
}
