/**
 * Numbers that pass every check and belong to nobody: their check digits are right, and the part that would number a
 * person, card or company runs through zeros.
 */

const padded = (number: number, length: number) => String(number).padStart(length, '0');

const MOBILE_PREFIXES = [
  '138',
  '139',
  '135',
  '136',
  '137',
  '150',
  '158',
  '159',
  '186',
  '188',
  '189',
];

/** A mobile number with 0000 in the middle; `serial` up to 9,999. */
export const mobileNumber = (serial: number): string =>
  `${MOBILE_PREFIXES[serial % MOBILE_PREFIXES.length]}0000${padded(serial, 4)}`;

/** A landline in a given area, `0571-88880001`. */
export const landlineNumber = (area: string, serial: number): string =>
  `${area}-8888${padded(serial % 10_000, 4)}`;

const RESIDENT_ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A resident ID by GB 11643 with the sequence number 000. @param birthday `YYYY-MM-DD` */
export function residentId(region: string, birthday: string): string {
  const front = `${region}${birthday.replace(/-/g, '')}000`;
  const sum = weighted([...front].map(Number), RESIDENT_ID_WEIGHTS);
  return front + '10X98765432'[sum % 11];
}

/** A bank card number of 16 digits with its Luhn digit. */
export function bankCard(serial: number): string {
  const front = `62000000${padded(serial, 7)}`;
  const sum = [...front].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${front}${(10 - (sum % 10)) % 10}`;
}

const CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CODE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** A unified social credit code by GB 32100, with an organisation code by GB 11714 in it. */
export function creditCode(region: string, serial: number): string {
  const organisation = padded(serial, 8);
  const remainder = weighted([...organisation].map(Number), ORGANISATION_WEIGHTS) % 11;
  const front = `91${region}${organisation}${'0X987654321'[remainder]}`;
  const values = [...front].map((character) => CODE_CHARACTERS.indexOf(character));
  return front + CODE_CHARACTERS[(31 - (weighted(values, CODE_WEIGHTS) % 31)) % 31];
}

function weighted(digits: readonly number[], weights: readonly number[]): number {
  return digits.reduce((total, digit, index) => total + digit * weights[index], 0);
}
