import fc from 'fast-check';
import iconv from 'iconv-lite';
import { createFormatDetector, textOf, type TextEncoding } from './encoding';

const TEXT = '姓名,手机\n王芳,13800138000\n';
const MARK = '\uFEFF';

const detect = (bytes: Buffer, size = bytes.length || 1) => {
  const detector = createFormatDetector();
  for (let at = 0; at < bytes.length; at += size) detector.look(bytes.subarray(at, at + size));
  return detector.end();
};
const faultOf = (bytes: Buffer): unknown => {
  try {
    return detect(bytes);
  } catch (error) {
    return (error as { fault?: string }).fault;
  }
};
const read = async (bytes: Buffer, encoding: TextEncoding, size: number): Promise<string> => {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  let text = '';
  for await (const piece of textOf(pieces(), encoding)) text += piece;
  return text;
};

describe('the encoding of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(MARK + TEXT), 'utf-8'],
    ['GB18030', iconv.encode(TEXT, 'gb18030'), 'gb18030'],
    ['UTF-16 of Windows', iconv.encode(MARK + TEXT, 'utf-16le', { addBOM: false }), 'utf-16le'],
    ['ASCII alone', Buffer.from('name,mobile\n'), 'utf-8'],
    ['less than a mark', Buffer.from('a'), 'utf-8'],
  ])('is told and read: %s', async (_name, bytes, encoding) => {
    expect(detect(bytes, 3)).toEqual({ format: 'csv', encoding });
    const text = await read(bytes, encoding as TextEncoding, 5);
    expect(text).toBe(iconv.decode(bytes, encoding).replace(MARK, ''));
  });

  it('is told by the last row, when all before it could be either', () => {
    const rows = 'name,mobile\n'.repeat(20_000);
    const bytes = Buffer.concat([Buffer.from(rows), iconv.encode('王芳,1\n', 'gb18030')]);
    expect(detect(bytes, 65_536)).toEqual({ format: 'csv', encoding: 'gb18030' });
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['bytes of no encoding', Buffer.from([0x61, 0xff, 0xff, 0x0a]), 'encoding'],
    [
      'a mark of UTF-8 before GB18030',
      Buffer.concat([Buffer.from(MARK), iconv.encode(TEXT, 'gb18030')]),
      'encoding',
    ],
    ['half a character at the end', iconv.encode('a,王', 'gb18030').subarray(0, 3), 'encoding'],
    ['bytes of a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1]), 'not-a-table'],
    ['a workbook of the old form', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), 'old-workbook'],
  ])('is refused where it is none: %s', (_name, bytes, fault) => {
    expect(faultOf(bytes)).toBe(fault);
  });

  it('does not change a character of any text', async () => {
    const text = fc.string({ unit: fc.constantFrom('王', '㐀', '𠀀', 'é', 'a', ',', '€', '\n') });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (given, size) => {
        for (const encoding of ['utf-8', 'gb18030'] as const) {
          expect(await read(iconv.encode(given, encoding), encoding, size)).toBe(given);
        }
      })
    );
  });

  it('has one sort of line end, wherever the text is cut', async () => {
    for (const size of [1, 2, 3, 4, 20]) {
      expect(await read(Buffer.from('a\r\nb\rc\nd\r'), 'utf-8', size)).toBe('a\nb\nc\nd\n');
    }
  });
});
