import crypto from 'node:crypto';

import { checkpointText, parseCheckpoint } from './checkpoint';
import { EMPTY_ROOT, leafHash, nodeHash } from './hashes';
import {
  keyId,
  noteSigner,
  openNote,
  parseVerifierKey,
  signNote,
  verifierKey,
  type NoteVerifier,
} from './note';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proofs';
import { appendLeaves, parseTilePath, rootOf, tilePath, type TileReader } from './tiles';

const hex = (text: string) => Buffer.from(text, 'hex');

/** A tree in memory, in tiles as they are stored. */
async function treeOf(leaves: readonly Buffer[]): Promise<TileReader> {
  const stored = new Map<string, Buffer>();
  const reader: TileReader = {
    tile: async (level, index) => stored.get(tilePath(level, index)) ?? Buffer.alloc(0),
  };
  for (const { level, index, hashes } of await appendLeaves(reader, 0, leaves.map(leafHash))) {
    stored.set(tilePath(level, index), hashes);
  }
  return reader;
}

describe('the hashes of RFC 6962, by the known answers of transparency-dev/merkle (rfc6962_test.go)', () => {
  it.each([
    [
      'the empty tree',
      EMPTY_ROOT,
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ],
    [
      'the empty leaf',
      leafHash(Buffer.alloc(0)),
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    ],
    [
      'a leaf of bytes',
      leafHash(Buffer.from('L123456')),
      '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
    ],
    [
      'the same leaf as text',
      leafHash('L123456'),
      '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
    ],
  ])('%s', (_name, hash, expected) => {
    expect(hash.toString('hex')).toBe(expected);
  });

  it('hashes text beyond ASCII as UTF-8, and leaves of any length', () => {
    for (const text of ['客户 王芳 🙂', 'x'.repeat(70_000), '']) {
      const expected = crypto.createHash('sha256').update('\0').update(text).digest();
      expect(leafHash(text)).toEqual(expected);
      expect(leafHash(Buffer.from(text))).toEqual(expected);
    }
  });

  it('does not take a node for a leaf, nor one order of leaves for another', () => {
    const [left, right] = [leafHash('Hello'), leafHash('World')];
    expect(nodeHash(left, right)).not.toEqual(leafHash(Buffer.concat([left, right])));
    expect(nodeHash(left, right)).not.toEqual(nodeHash(right, left));
  });
});

// transparency-dev/merkle, proof/verify_test.go; the same leaves as in certificate-transparency's own tests.
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(hex);
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
].map(hex);
const INCLUSION: Array<{ leaf: number; size: number; proof: string[] }> = [
  { leaf: 0, size: 1, proof: [] },
  {
    leaf: 0,
    size: 8,
    proof: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    leaf: 5,
    size: 8,
    proof: [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  {
    leaf: 2,
    size: 3,
    proof: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  },
  {
    leaf: 1,
    size: 5,
    proof: [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
];
const CONSISTENCY: Array<{ m: number; n: number; proof: string[] }> = [
  { m: 1, n: 1, proof: [] },
  {
    m: 1,
    n: 8,
    proof: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    m: 6,
    n: 8,
    proof: [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  {
    m: 2,
    n: 5,
    proof: [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
  {
    m: 6,
    n: 7,
    proof: [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
];

describe('the tree of eight leaves of transparency-dev/merkle (proof/verify_test.go)', () => {
  it('has the known roots at every size', async () => {
    const reader = await treeOf(LEAVES);
    for (const [i, root] of ROOTS.entries()) expect(await rootOf(reader, i + 1)).toEqual(root);
    expect(await rootOf(reader, 0)).toEqual(EMPTY_ROOT);
  });

  it.each(INCLUSION)('proves leaf $leaf in $size leaves', async ({ leaf, size, proof }) => {
    const made = await inclusionProof(await treeOf(LEAVES), leaf, size);
    expect(made.map((hash) => hash.toString('hex'))).toEqual(proof);
    expect(verifyInclusion(leafHash(LEAVES[leaf]), leaf, size, made, ROOTS[size - 1])).toBe(true);
  });

  it.each(CONSISTENCY)('proves that $n leaves go on from $m', async ({ m, n, proof }) => {
    const made = await consistencyProof(await treeOf(LEAVES), m, n);
    expect(made.map((hash) => hash.toString('hex'))).toEqual(proof);
    expect(verifyConsistency(m, n, ROOTS[m - 1], ROOTS[n - 1], made)).toBe(true);
  });
});

describe('the paths of C2SP tlog-tiles', () => {
  it.each([
    ['tile/0/x001/x234/067', 0, 1_234_067, 256],
    ['tile/0/x001/x234/067.p/5', 0, 1_234_067, 5],
    ['tile/5/x123/x456/078.p/2', 5, 123_456_078, 2],
    ['tile/1/000', 1, 0, 256],
    ['tile/63/999.p/255', 63, 999, 255],
    ['tile/entries/x001/000', 'entries', 1000, 256],
    ['tile/entries/273.p/112', 'entries', 273, 112],
  ] as const)('%s', (path, level, index, width) => {
    expect(tilePath(level, index, width)).toBe(path);
    expect(parseTilePath(path)).toEqual({ level, index, width });
  });

  it.each([
    'tile/5/123/456/078',
    'tile/-1/123',
    'tile/64/000',
    'tile/00/000',
    'tile/0/1',
    'tile/0/x000/001',
    'tile/0/000.p/0',
    'tile/0/000.p/05',
    'tile/0/000.p/256',
    'tile/0/000.p/',
    'tile/0/000/',
    '/tile/0/000',
    'tile/data/000',
    'tile/0/x999/x999/x999/x999/x999/x999/999',
    'tile/0/../000',
    '',
  ])('refuses %p', (path) => {
    expect(parseTilePath(path)).toBeNull();
  });
});

// golang.org/x/mod/sumdb/note, note_test.go and the package's documentation.
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const PETER_PRIVATE = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const ENOCH = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop';
const TEXT =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n";
const PETER_LINE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const ENOCH_LINE =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';

const peter = parseVerifierKey(PETER);
const enoch = parseVerifierKey(ENOCH);
const peterSigner = noteSigner(
  'PeterNeumann',
  crypto.createPrivateKey({
    // PKCS #8 of an Ed25519 seed (RFC 8410) in front of the 32 bytes behind the type byte.
    key: Buffer.concat([
      hex('302e020100300506032b657004220420'),
      Buffer.from(PETER_PRIVATE, 'base64').subarray(1),
    ]),
    format: 'der',
    type: 'pkcs8',
  })
);
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
};
const open = (note: string, verifiers: NoteVerifier[]) => () => openNote(note, verifiers);

describe('the signed notes of golang.org/x/mod/sumdb/note', () => {
  it('reads and writes the verifier key', () => {
    expect(peter).toMatchObject({ name: 'PeterNeumann', keyId: 'c74f20a3' });
    expect(keyId('PeterNeumann', peter.publicKey)).toBe('c74f20a3');
    expect(verifierKey('PeterNeumann', peter.publicKey)).toBe(PETER);
  });

  it('refuses every part of the key, every changed character, a key too long and a foreign type', () => {
    for (let from = 0; from <= PETER.length; from++) {
      for (let to = from; to <= PETER.length; to++) {
        if (from === 0 && to === PETER.length) continue;
        expect(codeOf(() => parseVerifierKey(PETER.slice(from, to)))).toBe('malformed');
      }
    }
    for (let i = 0; i < PETER.length; i++) {
      const other = String.fromCharCode(PETER.charCodeAt(i) + 1);
      const changed = PETER.slice(0, i) + other + PETER.slice(i + 1);
      expect(codeOf(() => parseVerifierKey(changed))).toBe('malformed');
    }
    for (const key of [
      'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
      'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    ]) {
      expect(codeOf(() => parseVerifierKey(key))).toBe('malformed');
    }
  });

  it('signs to the known bytes', () => {
    expect(signNote(TEXT, [peterSigner])).toBe(`${TEXT}\n${PETER_LINE}`);
  });

  it('opens what known keys have signed, and passes over the signatures of others', () => {
    const note = `${TEXT}\n${PETER_LINE}${ENOCH_LINE}`;
    const [first, second] = ['PeterNeumann+c74f20a3', 'EnochRoot+af0cfe78'];
    expect(openNote(note, [peter])).toEqual({ text: TEXT, verified: [first] });
    expect(openNote(note, [peter, enoch])).toEqual({ text: TEXT, verified: [first, second] });
    expect(openNote(note, [enoch])).toEqual({ text: TEXT, verified: [second] });
    expect(codeOf(open(note, []))).toBe('unknown-key');
  });

  it('refuses a note of which a known key has not signed the text', () => {
    const longer = `${PETER_LINE.slice(0, 60)}ABCD${PETER_LINE.slice(60)}`;
    expect(codeOf(open(`${TEXT}\n${longer}`, [peter]))).toBe('forged');
    expect(codeOf(open(`${TEXT.replace('answer', 'Answer')}\n${PETER_LINE}`, [peter]))).toBe(
      'forged'
    );
    // A wrong signature by a known key is not made good by a right one.
    const both = `${TEXT.replace('x', 'y')}\n${signNote(TEXT.replace('x', 'y'), [peterSigner])
      .split('\n\n')
      .at(-1)}${ENOCH_LINE}`;
    expect(openNote(both, [peter]).verified).toEqual(['PeterNeumann+c74f20a3']);
  });

  it.each([
    ['no signatures', TEXT],
    ['an empty list of signatures', `${TEXT}\n`],
    ['no newline at the end', `${TEXT}\n${PETER_LINE.slice(0, -1)}`],
    ['a control character', `\u0001${TEXT}\n${PETER_LINE}`],
    ['a text that is no UTF-8', `\ud800${TEXT}\n${PETER_LINE}`],
    [
      'a name with a space',
      `${TEXT}\n${PETER_LINE.replace('PeterNeumann', 'Bad Name')}${PETER_LINE}`,
    ],
    ['a line of another form', `${TEXT}\n${PETER_LINE}Unexpected line.\n`],
    ['more signatures than any log has', `${TEXT}\n${PETER_LINE.repeat(101)}`],
    ['base64 with other characters', `${TEXT}\n${PETER_LINE.replace('=', '-')}`],
  ])('refuses %s', (_what, note) => {
    expect(codeOf(open(note, [peter]))).toBe('malformed');
  });

  it('signs no text that is not a note', () => {
    for (const text of ['', 'abc', 'a\tb\n', 'a\r\n']) {
      expect(codeOf(() => signNote(text, [peterSigner]))).toBe('malformed');
    }
    expect(() => keyId('two words', peter.publicKey)).toThrow();
    expect(() => keyId('a+b', peter.publicKey)).toThrow();
  });
});

describe('the checkpoints of C2SP tlog-checkpoint', () => {
  it('opens a checkpoint that the Go checksum database has signed (sum.golang.org/latest, 2024-09-23)', () => {
    const note =
      'go.sum database tree\n30055305\nmXfgRcJ0bG0j3CPdKwgGWtUzBUbX67saZGRmFuJGGsM=\n\n' +
      '— sum.golang.org Az3grpgEild5qw7+5dtV13Kf1C2Xurm8q4fhdxvcsDHnqNTaxL2AFjBY+2TyGKevucFcAAlWFJJYle3EJlDCrQ+y3A8=\n';
    const key = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
    const { text, verified } = openNote(note, [parseVerifierKey(key)]);
    expect(verified).toEqual(['sum.golang.org+033de0ae']);
    const checkpoint = parseCheckpoint(text);
    expect(checkpoint).toMatchObject({ origin: 'go.sum database tree', size: 30_055_305 });
    expect(checkpointText(checkpoint)).toBe(text);
  });

  it('writes the tree of golang.org/x/mod/sumdb/tlog (note_test.go)', () => {
    const golden =
      'go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n';
    const checkpoint = {
      origin: 'go.sum database tree',
      size: 123_456_789_012,
      root: leafHash('hello world'),
    };
    expect(checkpointText(checkpoint)).toBe(golden);
    expect(parseCheckpoint(golden)).toEqual({ ...checkpoint, extensions: [] });
  });

  it('keeps further lines', () => {
    const checkpoint = { origin: 'a', size: 0, root: EMPTY_ROOT, extensions: ['b', 'c'] };
    expect(parseCheckpoint(checkpointText(checkpoint))).toEqual(checkpoint);
  });

  const root = 'TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=';
  it.each([
    ['a size in another base', `a\n0xabcdef\n${root}\n`],
    ['a leading zero', `a\n07\n${root}\n`],
    ['a negative size', `a\n-7\n${root}\n`],
    ['a size beyond counting', `a\n99999999999999999999\n${root}\n`],
    ['a hash of another length', `a\n7\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBTOOBIG=\n`],
    ['a hash in another base', `a\n7\n${root.replace('+', '-')}\n`],
    ['an empty origin', `\n7\n${root}\n`],
    ['an empty further line', `a\n7\n${root}\n\nb\n`],
    ['no newline at the end', `a\n7\n${root}`],
    ['too few lines', `a\n7\n`],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(() => parseCheckpoint(text)).toThrow('not the text of a checkpoint');
  });

  it('writes no checkpoint that cannot be read', () => {
    for (const wrong of [{ size: -1 }, { size: 1.5 }, { root: Buffer.alloc(31) }, { origin: '' }]) {
      expect(() => checkpointText({ origin: 'a', size: 1, root: EMPTY_ROOT, ...wrong })).toThrow();
    }
    expect(() => checkpointText({ origin: 'a\nb', size: 1, root: EMPTY_ROOT })).toThrow();
  });
});
