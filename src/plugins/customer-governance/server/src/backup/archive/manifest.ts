import { createHash } from 'node:crypto';
import Joi from 'joi';
import { openNote, type NoteVerifier } from '../../transparency/tree/note';

export const FORMAT = 'customer-governance-backup/1';
/** Files are taken apart into pieces of this size; only pieces that are not in the chain yet are written. */
export const PIECE_BYTES = 256 * 1024;

export type Content = 'data' | 'keys';

/** A file of the backup: the database, or what belongs to it. */
export interface BackedUpFile {
  /** `database/…`, `keys/…`, `uploads/…`, `attachments/…` */
  path: string;
  size: number;
  /** Hexadecimal, of the whole file. */
  sha256: string;
  /** Of each piece, in their order. */
  pieces: string[];
}

/** What an archive holds and what it hangs on. Ids, names, sizes and hashes; it stands beside the archive in clear. */
export interface Manifest {
  format: typeof FORMAT;
  /** The archive's name, without ending. */
  archive: string;
  content: Content;
  kind: 'full' | 'incremental';
  createdAt: string;
  /** documentId of the run that made it. */
  run: string;
  /** Which installation it is of. */
  storeId: string;
  database: 'sqlite' | 'postgres';
  /** The schema on PostgreSQL. */
  schema: string | null;
  /** Archives that hold pieces of this one, oldest first: the full one and those between. */
  chain: string[];
  /** Rows of every table at the moment of the backup. */
  counts: Record<string, number>;
  /** How far the audit log's tree went then. */
  log: { size: number; root: string } | null;
  files: BackedUpFile[];
  /** The pieces that are in this archive, and in no older one of its chain. */
  own: string[];
}

/** What stands beside an archive: its manifest, the digest of the encrypted file, and the log's signature over both. */
export interface Sidecar {
  manifest: Manifest;
  bytes: number;
  /** Of the encrypted file. */
  sha256: string;
  /** A signed note over `statementOf`. */
  note: string;
}

const digest = Joi.string()
  .pattern(/^[0-9a-f]{64}$/)
  .required();
const name = Joi.string()
  .pattern(/^[\w-]{1,100}$/)
  .required();
const whole = Joi.number().integer().min(0).required();

const schema = Joi.object<Sidecar>({
  manifest: Joi.object({
    format: Joi.valid(FORMAT).required(),
    archive: name,
    content: Joi.valid('data', 'keys').required(),
    kind: Joi.valid('full', 'incremental').required(),
    createdAt: Joi.string().isoDate().required(),
    run: Joi.string().max(60).required(),
    storeId: Joi.string().max(60).required(),
    database: Joi.valid('sqlite', 'postgres').required(),
    schema: Joi.string().max(63).allow(null).required(),
    chain: Joi.array().items(name.optional()).required(),
    counts: Joi.object().pattern(Joi.string(), whole).required(),
    log: Joi.object({ size: whole, root: Joi.string().allow('').required() })
      .allow(null)
      .required(),
    files: Joi.array()
      .items(
        Joi.object({
          // Nothing that would lead a restore out of its folder.
          path: Joi.string()
            .pattern(/^(?!.*(^|\/)\.\.?(\/|$))[^\0\\/][^\0\\]*$/)
            .required(),
          size: whole,
          sha256: digest,
          pieces: Joi.array().items(digest.optional()).required(),
        })
      )
      .required(),
    own: Joi.array().items(digest.optional()).required(),
  }).required(),
  bytes: whole,
  sha256: digest,
  note: Joi.string().required(),
});

/** Reads what stands beside an archive. @throws Error where it is none. */
export function parseSidecar(text: string): Sidecar {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('The manifest is no JSON.');
  }
  const { error } = schema.validate(value, { convert: false });
  if (error) throw new Error(`The manifest is not one of this format: ${error.message}.`);
  return value as Sidecar;
}

export const manifestText = (manifest: Manifest): string => JSON.stringify(manifest);

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** What is signed of an archive. */
export const statementOf = ({ manifest, sha256: archive }: Omit<Sidecar, 'note'>): string =>
  `${FORMAT}\n${manifest.archive}\nmanifest ${sha256(manifestText(manifest))}\narchive ${archive}\n`;

/**
 * Whether the log's key has signed for an archive and its manifest.
 * @throws Error that says what is wrong.
 */
export function assertSigned(sidecar: Sidecar, verifiers: readonly NoteVerifier[]): void {
  const name = sidecar.manifest.archive;
  let text: string;
  try {
    ({ text } = openNote(sidecar.note, verifiers));
  } catch {
    throw new Error(`${name}: its manifest is not signed by the key of this installation's log.`);
  }
  if (text !== statementOf(sidecar)) {
    throw new Error(`${name}: its manifest is not the one that was signed.`);
  }
}
