import { createHash } from 'node:crypto';
import { NoteError, openNote, parseVerifierKey } from '../tree/note';

/** The first line of what is signed, so that no signature of a certificate can pass for one of a checkpoint. */
export const CERTIFICATE_FORMAT = 'customer-governance/destruction-certificate/v1';

/** A signed certificate of destruction, as it is downloaded. */
export interface CertificateFile {
  format: string;
  /** What the certificate says. */
  certificate: Record<string, unknown>;
  /** SHA-256 of the canonical JSON of `certificate`, in hexadecimal. */
  digest: string;
  /** The verifier key of whoever signed. */
  key: string;
  /** The signed note: format, number and digest, a line each. */
  note: string;
}

export type CertificateFlaw =
  | 'format'
  | 'field'
  | 'layout'
  | 'forged'
  | 'unknown-key'
  | 'key'
  | 'note'
  | 'number'
  | 'digest'
  | 'altered';

export interface CertificateVerification {
  ok: boolean;
  /** What the file says, whether or not it is right. */
  certificate: Record<string, unknown>;
  /** `name+id` of the keys that signed it. */
  signers: string[];
  /** Whether the key was taken from the file itself. */
  ownKey: boolean;
  findings: Array<{ code: CertificateFlaw; message: string }>;
}

const FIELDS = ['certificate', 'digest', 'format', 'key', 'note'];

const inOrder = (_key: string, part: unknown): unknown =>
  typeof part === 'object' && part !== null && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
    : part;

/** SHA-256 of the canonical JSON (keys in order, no spaces), in hexadecimal. */
export const certificateDigest = (certificate: unknown): string =>
  createHash('sha256').update(JSON.stringify(certificate, inOrder)).digest('hex');

/** The text that is signed. */
export const certificateText = (number: string, digest: string): string =>
  `${CERTIFICATE_FORMAT}\n${number}\n${digest}\n`;

/** The one way in which the file is written: keys in order, indented by two, one newline at its end. */
export const certificateFile = (file: CertificateFile): string =>
  `${JSON.stringify(file, inOrder, 2)}\n`;

/** Whether this is an object of text fields and a certificate, so that the rest can be looked at. */
function isFile(value: unknown): value is CertificateFile {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { certificate, ...texts } = value as Record<string, unknown>;
  return (
    typeof certificate === 'object' &&
    certificate !== null &&
    !Array.isArray(certificate) &&
    ['digest', 'format', 'key', 'note'].every((name) => typeof texts[name] === 'string')
  );
}

/**
 * Verifies a certificate file: that what it says is what was signed, by a key that is known.
 * @param keys verifier keys to go by instead of the one in the file.
 * @returns `null` when the text is no such file at all.
 */
export function verifyCertificate(
  text: string,
  keys: readonly string[] = []
): CertificateVerification | null {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isFile(file)) return null;
  const findings: CertificateVerification['findings'] = [];
  const find = (code: CertificateFlaw, message: string) => findings.push({ code, message });
  const { certificate, digest, format, key, note } = file;

  for (const name of Object.keys(file).filter((field) => !FIELDS.includes(field))) {
    find('field', `The file has a field "${name}", which nobody signed.`);
  }
  if (format !== CERTIFICATE_FORMAT) find('format', `The format is not ${CERTIFICATE_FORMAT}.`);
  if (text !== certificateFile(file)) {
    find(
      'layout',
      'The file is not written as it was handed out: spaces, order or repeated fields.'
    );
  }

  const known = keys.length > 0 ? keys : [key];
  const signed = openSigned(note, known, find);
  if (signed && !(known.includes(key) && signed.signers.includes(idOf(key)))) {
    find('key', 'The key that the file names is not the one that signed it.');
  }
  if (signed) {
    const [signedFormat, number, signedDigest, ...rest] = signed.text.split('\n');
    if (signedFormat !== CERTIFICATE_FORMAT || rest.length !== 1) {
      find('note', 'What was signed is no certificate of destruction.');
    } else {
      if (certificate.number !== number) {
        find('number', `The certificate says another number than the signed ${number}.`);
      }
      if (digest !== signedDigest) find('digest', 'The digest is not the signed one.');
      if (certificateDigest(certificate) !== signedDigest) {
        find('altered', 'What the certificate says was altered after it was signed.');
      }
    }
  }
  return {
    ok: findings.length === 0,
    certificate,
    signers: signed?.signers ?? [],
    ownKey: keys.length === 0,
    findings,
  };
}

/** `name+id` of a verifier key. */
const idOf = (key: string): string => key.split('+').slice(0, 2).join('+');

function openSigned(
  note: string,
  keys: readonly string[],
  find: (code: CertificateFlaw, message: string) => void
): { text: string; signers: string[] } | null {
  try {
    const { text, verified } = openNote(note, keys.map(parseVerifierKey));
    // A line more would be a signature that nobody has looked at.
    if (note.slice(text.length + 1, -1).split('\n').length !== verified.length) {
      find('note', 'The note bears a signature of a key that is not known.');
    }
    return { text, signers: verified };
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    find(error.code === 'malformed' ? 'note' : error.code, error.message);
    return null;
  }
}
