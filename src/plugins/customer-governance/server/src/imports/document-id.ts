import { createHmac } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const CHARACTERS = `${LETTERS}0123456789`;
/** Of Strapi's own ids. */
const LENGTH = 24;
/** What all rows of a run have in common, and the characters of the row's number behind it. */
const COMMON = 8;
const NUMBER = 6;

/**
 * Gives the documentIds of the customers that the rows of a run become. A batch that is repeated after a crash gives the same
 * ids, and so finds the keys that were made for them: none is left over. They rise with the rows, so that whatever is sorted
 * by them grows at one place: at random places, a large import would write its indexes anew page by page.
 */
export function documentIdsOf(seed: string): (row: number) => string {
  const digest = (text: string) => createHmac('sha256', seed).update(text).digest();
  const common = wordOf(digest('common'), COMMON);
  return (row) =>
    common +
    row.toString(CHARACTERS.length).padStart(NUMBER, '0') +
    wordOf(digest(String(row)), LENGTH - COMMON - NUMBER);
}

/** It begins with a letter, as ids do. */
function wordOf(bytes: Buffer, length: number): string {
  let word = LETTERS[(bytes[0] as number) % LETTERS.length] as string;
  for (let at = 1; at < length; at++) word += CHARACTERS[(bytes[at] as number) % CHARACTERS.length];
  return word;
}
