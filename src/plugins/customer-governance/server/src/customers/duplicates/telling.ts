import type { DuplicateKey, NearKey } from '../../policy';
import { assertNoProblems } from '../../vault/sealing';
import { toProblems, type Finding } from '../entry/finding';

/** A file that is there already, as far as whoever asks is told. */
export interface Duplicate {
  key: DuplicateKey | NearKey;
  /** The attribute that it is told at. */
  attribute: string;
  /** `null` as long as the file is not filed. */
  filingNumber: string | null;
  /** Of the department that is responsible for it. */
  department: string | null;
}

/** The same with the file itself, for the product's own procedures; never to be shown. */
export interface FoundDuplicate extends Duplicate {
  documentId: string;
}

/** What whoever asks is told: the file itself is not theirs. */
export const told = ({ key, attribute, filingNumber, department }: FoundDuplicate): Duplicate => ({
  key,
  attribute,
  filingNumber,
  department,
});

const WHAT: Readonly<Record<string, string>> = {
  'company-name': 'a company of this name',
  'credit-code': 'a company with this credit code',
  contact: 'a person of this name with this mobile',
};

/** By what people find a file: all that is told of it. */
export function fileNamed({ filingNumber, department }: Duplicate): string {
  const number = filingNumber === null ? 'not filed yet' : `filing number ${filingNumber}`;
  const where = department === null ? 'of no department' : `department ${department}`;
  return `${number}, ${where}`;
}

/** Why an entry is refused, and what to do. */
export const reasonOf = (duplicate: Duplicate): string =>
  `${WHAT[duplicate.key]} is on file already (${fileNamed(duplicate)}). Add a contact to that file or update it, and make no second one`;

export function refusalOf(found: readonly FoundDuplicate[]): Error {
  const findings: Finding[] = found.map((each) => ({
    attribute: each.attribute,
    reason: reasonOf(each),
    duplicate: told(each),
  }));
  try {
    assertNoProblems(toProblems(findings));
  } catch (error) {
    return error as Error;
  }
  return new Error('A duplicate without a finding.');
}
