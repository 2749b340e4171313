import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { NoteError } from '../tree/note';
import { verifyCertificate, type CertificateVerification } from './certificate';
import { directorySource, UnreadableError } from './directory';
import { verifyLog, type Verification } from './verify-log';

const USAGE = `node verify.mjs [DIRECTORY] [--witness DIRECTORY] [--key KEY] [--json]
node verify.mjs certificate FILE [--key KEY] [--json]

Verifies an exported audit log offline: every entry, every hash, every signed checkpoint; or a
certificate of destruction: that it says what was signed, and by whom.

  DIRECTORY            the export; where this script lies, when it is left out
  --witness DIRECTORY  checkpoints that somebody outside keeps; may be given several times
  FILE                 a certificate of destruction, as it was downloaded
  --key KEY            the log's verifier key as you know it from elsewhere, instead of the keys in
                       the export or the certificate; may be given several times
  --json               tells the result as JSON

Ends with 0 when everything is as it was signed, with 1 when it is not, with 2 when it cannot be read.`;

const EXIT = { right: 0, wrong: 1, unreadable: 2 } as const;

interface Call {
  /** What is verified; a log when it is left out. */
  certificate: boolean;
  directory: string;
  witnesses: string[];
  keys: string[];
  json: boolean;
}

function parse(words: readonly string[]): Call {
  const certificate = words[0] === 'certificate';
  const call: Call = { certificate, directory: '', witnesses: [], keys: [], json: false };
  for (let i = Number(certificate); i < words.length; i++) {
    const word = words[i];
    if (word === '--json') call.json = true;
    else if (word === '--witness' || word === '--key') {
      const value = words[++i];
      if (value === undefined) throw new UnreadableError(`${word} what?\n\n${USAGE}`);
      (word === '--key' ? call.keys : call.witnesses).push(value);
    } else if (word.startsWith('-') || call.directory !== '') {
      throw new UnreadableError(USAGE);
    } else call.directory = word;
  }
  if (certificate) {
    if (call.directory === '' || call.witnesses.length > 0) throw new UnreadableError(USAGE);
    return call;
  }
  // The script lies in the export that it was written with.
  call.directory ||= path.dirname(path.resolve(process.argv[1]));
  return call;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

function tell(result: Verification, { keys, witnesses }: Call): void {
  const { newest, size, prunedBelow, findings, total } = result;
  if (newest) {
    say(`Log         ${newest.origin}`);
    say(`Checkpoint  ${newest.size} leaves, root ${newest.root}`);
    say(`Signed by   ${newest.signers.join(', ')}`);
  }
  say(
    `Verified    ${size} leaves, ${result.entries} entries, ${result.checkpoints} checkpoints, ` +
      `${result.witnessed} checkpoints of witnesses`
  );
  if (prunedBelow > 0) {
    say(`Pruned      the entries below leaf ${prunedBelow}; their hashes were verified`);
  }
  if (result.included) {
    const { from, to } = result.included;
    say(`Left out    all entries but those of leaves ${from} to ${to - 1}`);
  }
  for (const { from, to, leafIndex } of result.losses) {
    say(`Lost        leaves ${from} to ${to - 1}, by a restore that leaf ${leafIndex} declares`);
  }
  if (keys.length === 0) {
    say(
      'Key         from the export itself: compare it with the one that you know, or give it with --key'
    );
  }
  if (witnesses.length === 0) {
    say(
      'Witness     none: a log that was written anew as a whole is only seen with --witness or an older checkpoint'
    );
  }
  say('');
  for (const { code, message } of findings) say(`${code.toUpperCase()}: ${message}`);
  if (total > findings.length) say(`… and ${total - findings.length} more.`);
  say(result.ok ? 'Everything is as it was signed.' : `NOT as it was signed: ${total} found.`);
}

function tellCertificate({ ok, certificate, signers, ownKey, findings }: CertificateVerification) {
  const { number, orderNumber, records, executedBy, supervisedBy, executedAt } = certificate;
  if (ok) {
    say(`Certificate ${String(number)} of order ${String(orderNumber)}`);
    for (const [type, count] of Object.entries(records as object))
      say(`Destroyed   ${count} ${type}`);
    say(`By          ${String(executedBy)}, watched over by ${String(supervisedBy)}`);
    say(`On          ${String(executedAt)}`);
    say(`Signed by   ${signers.join(', ')}`);
  }
  if (ownKey) {
    say(
      'Key         from the certificate itself: compare it with the one that you know, or give it with --key'
    );
  }
  say('');
  for (const { code, message } of findings) say(`${code.toUpperCase()}: ${message}`);
  say(ok ? 'Everything is as it was signed.' : `NOT as it was signed: ${findings.length} found.`);
}

async function mainCertificate({ directory: file, keys, json }: Call): Promise<number> {
  const result = verifyCertificate(await readFile(file, 'utf8'), keys);
  if (!result) throw new UnreadableError(`${file} is no certificate of destruction.`);
  if (json) say(JSON.stringify(result, null, 2));
  else tellCertificate(result);
  return result.ok ? EXIT.right : EXIT.wrong;
}

/** Runs as a program. @returns its exit code. */
export async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    say(USAGE);
    return EXIT.right;
  }
  try {
    const call = parse(words);
    if (call.certificate) return await mainCertificate(call);
    const keys = call.keys.length > 0 ? call.keys : undefined;
    const source = await directorySource(call.directory, { keys, witnesses: call.witnesses });
    const result = await verifyLog(source);
    if (call.json) say(JSON.stringify(result, null, 2));
    else tell(result, call);
    return result.ok ? EXIT.right : EXIT.wrong;
  } catch (error) {
    const known = error instanceof UnreadableError || error instanceof NoteError;
    const { code, message, stack } = error as Error & { code?: string };
    process.stderr.write(`${known || code ? message : stack}\n`);
    return EXIT.unreadable;
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
