import type { FileType } from '../policy';

/** So many bytes of a file's beginning are looked at. */
export const HEAD_BYTES = 64 * 1024;

const ascii = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to);
const startsWith = (head: Buffer, ...bytes: number[]) => bytes.every((b, at) => head[at] === b);

const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);
const OPEN_DOCUMENTS: Readonly<Record<string, FileType>> = {
  'application/vnd.oasis.opendocument.text': 'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet':
    'application/vnd.oasis.opendocument.spreadsheet',
};
const OFFICE_FOLDERS: ReadonlyArray<[RegExp, FileType]> = [
  [/^word\//, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  [/^xl\//, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  [/^ppt\//, 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
];

/** By their first bytes. */
const SIGNATURES: ReadonlyArray<[(head: Buffer) => boolean, FileType]> = [
  [(head) => ascii(head, 0, 5) === '%PDF-', 'application/pdf'],
  [(head) => startsWith(head, 0xff, 0xd8, 0xff), 'image/jpeg'],
  [(head) => startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'image/png'],
  [(head) => /^GIF8[79]a/.test(ascii(head, 0, 6)), 'image/gif'],
  [(head) => ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP', 'image/webp'],
  [(head) => startsWith(head, 0x49, 0x49, 0x2a, 0), 'image/tiff'],
  [(head) => startsWith(head, 0x4d, 0x4d, 0, 0x2a), 'image/tiff'],
  [(head) => ascii(head, 0, 2) === 'BM' && head.length > 10 && isZero(head, 6, 10), 'image/bmp'],
  [(head) => ascii(head, 4, 8) === 'ftyp' && HEIC_BRANDS.has(ascii(head, 8, 12)), 'image/heic'],
  [(head) => startsWith(head, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), 'application/x-cfb'],
];

/**
 * What a file is by its content; `null` where no known type fits. A small table of our own: the usual libraries open
 * archives to tell office documents apart, and an archive that is a bomb is to be opened by nobody here. What is in an
 * archive is told by the names in its headers, which stand there in clear.
 */
export function fileTypeOf(head: Buffer): FileType | null {
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04)) return archiveType(head);
  return SIGNATURES.find(([fits]) => fits(head))?.[1] ?? null;
}

const EXTENSIONS: Readonly<Record<FileType, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/tiff': 'tiff',
  'image/bmp': 'bmp',
  'image/heic': 'heic',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/ofd': 'ofd',
  'application/x-cfb': 'doc',
  'application/zip': 'zip',
};

export const extensionOf = (type: FileType): string => EXTENSIONS[type];

function archiveType(head: Buffer): FileType {
  const names = namesIn(head);
  // An office document with macros is no office document here.
  if (names.some((name) => name.endsWith('vbaProject.bin'))) return 'application/zip';
  if (names[0] === 'mimetype') return OPEN_DOCUMENTS[storedMimetype(head)] ?? 'application/zip';
  if (names.includes('OFD.xml')) return 'application/ofd';
  if (!names.includes('[Content_Types].xml')) return 'application/zip';
  const found = OFFICE_FOLDERS.find(([folder]) => names.some((name) => folder.test(name)));
  return found?.[1] ?? 'application/zip';
}

/** The names in the local headers of an archive, as far as its beginning reaches. */
function namesIn(head: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; ;) {
    at = head.indexOf('PK\x03\x04', at, 'latin1');
    if (at < 0 || at + 30 > head.length) return names;
    const length = head.readUInt16LE(at + 26);
    names.push(head.toString('utf8', at + 30, at + 30 + length));
    at += 30;
  }
}

/** OpenDocument puts its type first, uncompressed. */
function storedMimetype(head: Buffer): string {
  const start = 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  return head.toString('latin1', start, start + head.readUInt32LE(18));
}

const isZero = (bytes: Buffer, from: number, to: number) =>
  bytes.subarray(from, to).every((byte) => byte === 0);
