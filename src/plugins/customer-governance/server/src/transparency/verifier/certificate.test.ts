import { createPrivateKey, createPublicKey } from 'node:crypto';
import { noteSigner, signNote, verifierKey } from '../tree/note';
import {
  CERTIFICATE_FORMAT,
  certificateDigest,
  certificateFile,
  certificateText,
  verifyCertificate,
  type CertificateFile,
} from './certificate';

const keyOf = (seed: number) =>
  createPrivateKey({
    key: Buffer.concat([
      Buffer.from('302e020100300506032b657004220420', 'hex'),
      Buffer.alloc(32, seed),
    ]),
    format: 'der',
    type: 'pkcs8',
  });
const signerOf = (seed: number) => noteSigner('log.example', keyOf(seed));
const KEY = verifierKey('log.example', createPublicKey(keyOf(1)));
const OTHER = verifierKey('log.example', createPublicKey(keyOf(2)));

const certificate = {
  number: 'DC-2030-00001',
  orderNumber: 'D-2030-00001',
  records: { customer: 2, contact: 3 },
  approvers: ['周 "宁"'],
  executedBy: 'Qian',
  supervisedBy: 'Sun',
  verification: { searched: [{ place: 'tables', count: 5 }], fingerprints: 12, found: 0 },
};

function signed(seed = 1, change: Partial<CertificateFile> = {}): CertificateFile {
  const digest = certificateDigest(certificate);
  return {
    format: CERTIFICATE_FORMAT,
    certificate,
    digest,
    key: seed === 1 ? KEY : OTHER,
    note: signNote(certificateText(certificate.number, digest), [signerOf(seed)]),
    ...change,
  };
}
const flaws = (text: string, keys = [KEY]) =>
  verifyCertificate(text, keys)?.findings.map(({ code }) => code) ?? ['unreadable'];

it('finds nothing in a certificate as it was signed', () => {
  expect(verifyCertificate(certificateFile(signed()), [KEY])).toMatchObject({
    ok: true,
    findings: [],
    ownKey: false,
    signers: [KEY.split('+').slice(0, 2).join('+')],
  });
  expect(verifyCertificate(certificateFile(signed()))).toMatchObject({ ok: true, ownKey: true });
});

it('names every value that was altered after the signature', () => {
  const changes: object[] = [
    { number: 'DC-2030-00002' },
    { orderNumber: 'D-2030-00002' },
    { records: { customer: 3, contact: 3 } },
    { records: { customer: 2 } },
    { approvers: [] },
    { executedBy: 'Sun' },
    { supervisedBy: undefined },
    { verification: { ...certificate.verification, found: 1 } },
    { more: true },
  ];
  for (const change of changes) {
    const file = signed(1, { certificate: { ...certificate, ...change } });
    expect([change, flaws(certificateFile(file))]).toEqual([
      change,
      expect.arrayContaining(['altered']),
    ]);
    // Nor does a digest help that was reckoned anew.
    file.digest = certificateDigest(file.certificate);
    expect(flaws(certificateFile(file))).toEqual(expect.arrayContaining(['altered', 'digest']));
  }
});

it.each<[string, Partial<CertificateFile> & Record<string, unknown>, string]>([
  ['another format', { format: 'customer-governance/other/v1' }, 'format'],
  ['a field that nobody signed', { remark: 'genuine' }, 'field'],
  ['another key', { key: OTHER }, 'key'],
  ['another digest', { digest: '0'.repeat(64) }, 'digest'],
  ['no signature', { note: certificateText('DC-2030-00001', signed().digest) }, 'note'],
  ['another number signed for', { note: signed().note.replace('00001', '00002') }, 'forged'],
  [
    'a checkpoint in its place',
    { note: signNote('log.example\n5\nabc=\n', [signerOf(1)]) },
    'note',
  ],
  [
    'a second signature by nobody who is known',
    {
      note: signNote(certificateText('DC-2030-00001', signed().digest), [signerOf(1), signerOf(2)]),
    },
    'note',
  ],
])('names %s', (_what, change, flaw) => {
  expect(flaws(certificateFile(signed(1, change)))).toContain(flaw);
});

it('names a signature by another key, whatever key the file brings', () => {
  expect(flaws(certificateFile(signed(2)))).toContain('unknown-key');
  expect(flaws(certificateFile(signed(2)), [])).toEqual([]);
  expect(flaws(certificateFile(signed(2)), [KEY, OTHER])).toEqual([]);
});

it('lets no byte of the file be changed, left out or doubled', () => {
  const text = certificateFile(signed());
  for (let at = 0; at < text.length; at += 1) {
    const changed = text[at] === 'a' ? 'b' : 'a';
    for (const mutant of [
      text.slice(0, at) + changed + text.slice(at + 1),
      text.slice(0, at) + text.slice(at + 1),
      text.slice(0, at) + text[at] + text.slice(at),
    ]) {
      if (mutant !== text)
        expect([at, mutant, flaws(mutant).length > 0]).toEqual([at, mutant, true]);
    }
  }
});

it('does not take what is no certificate for one', () => {
  for (const text of ['', '{', '[]', 'null', '{"certificate":{}}', '{"certificate":[]}'])
    expect(verifyCertificate(text, [KEY])).toBeNull();
});
