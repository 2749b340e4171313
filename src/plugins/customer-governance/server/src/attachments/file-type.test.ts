import { FILE_TYPES } from '../policy';
import { extensionOf, fileTypeOf } from './file-type';

/** The header of one file in an archive, stored as it is. */
const entry = (name: string, content = ''): Buffer => {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 0, 'latin1');
  header.writeUInt32LE(content.length, 18);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([header, Buffer.from(name + content)]);
};
const archive = (...names: string[]) => Buffer.concat(names.map((name) => entry(name)));
const ooxml = (...names: string[]) => archive('[Content_Types].xml', '_rels/.rels', ...names);

describe('the type of a file', () => {
  it.each<[string, Buffer]>([
    ['pdf', Buffer.from('%PDF-1.7\n…')],
    ['jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
    ['png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['gif', Buffer.from('GIF89a')],
    ['webp', Buffer.from('RIFF....WEBPVP8 ')],
    ['tiff', Buffer.from('II*\0', 'latin1')],
    ['tiff', Buffer.from('MM\0*', 'latin1')],
    ['bmp', Buffer.from('BM....\0\0\0\0....', 'latin1')],
    ['heic', Buffer.from('\0\0\0\x18ftypheic', 'latin1')],
    ['docx', ooxml('word/document.xml')],
    ['xlsx', ooxml('xl/workbook.xml')],
    ['pptx', ooxml('ppt/presentation.xml')],
    ['odt', Buffer.concat([entry('mimetype', 'application/vnd.oasis.opendocument.text')])],
    ['ofd', archive('OFD.xml', 'Doc_0/Document.xml')],
    ['zip', archive('a.txt')],
    ['doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
  ])('is told by its content: %s', (extension, head) => {
    const type = fileTypeOf(head);
    expect(type && extensionOf(type)).toBe(extension);
  });

  it.each([
    ['a program', Buffer.from('MZ\x90\0')],
    ['a web page', Buffer.from('<!DOCTYPE html>')],
    ['a vector image, which may hold scripts', Buffer.from('<svg xmlns="…">')],
    ['a web page that claims to be a PDF further on', Buffer.from('<script>1</script>%PDF-1.7')],
    ['a film', Buffer.from('\0\0\0\x18ftypisom', 'latin1')],
    ['text', Buffer.from('BMW is a make of cars')],
    ['nothing', Buffer.alloc(0)],
  ])('is none that is known where it is %s', (_what, head) => {
    expect(fileTypeOf(head)).toBeNull();
  });

  it.each([
    ['with macros', ooxml('word/document.xml', 'word/vbaProject.bin')],
    ['without its list of contents', archive('word/document.xml')],
  ])('is a mere archive where an office document comes %s', (_what, head) => {
    expect(fileTypeOf(head)).toBe('application/zip');
  });

  it('stands up to an archive whose headers lie', () => {
    const lying = entry('x');
    lying.writeUInt16LE(65_535, 26);
    lying.writeUInt32LE(0xffffffff, 18);
    expect(fileTypeOf(lying)).toBe('application/zip');
    expect(fileTypeOf(Buffer.from('PK\x03\x04', 'latin1'))).toBe('application/zip');
    const mimetype = entry('mimetype');
    mimetype.writeUInt32LE(0xffffffff, 18);
    expect(fileTypeOf(mimetype)).toBe('application/zip');
  });

  it('has an extension for every type of the policy', () => {
    expect(FILE_TYPES.filter((type) => !/^[a-z]{3,4}$/.test(extensionOf(type)))).toEqual([]);
  });
});
