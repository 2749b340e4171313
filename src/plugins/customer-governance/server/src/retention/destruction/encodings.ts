/** The forms in which a value may stand in a file: as text in the encodings in use, and as text that was encoded once more. */
export function encodingsOf(value: string): Buffer[] {
  const utf8 = Buffer.from(value, 'utf8');
  const forms = [
    utf8,
    Buffer.from(value, 'utf16le'),
    Buffer.from(utf8.toString('hex')),
    Buffer.from(utf8.toString('hex').toUpperCase()),
    ...base64Of(utf8),
  ];
  const url = Buffer.from(encodeURIComponent(value));
  if (!url.equals(utf8)) forms.push(url);
  const gb = gb18030(value);
  if (gb && !gb.equals(utf8)) forms.push(gb);
  return forms;
}

/** Bytes as base64 has them wherever they stand in what was encoded: three ways, without the characters shared with others. */
export function base64Of(bytes: Buffer): Buffer[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    const from = shift === 0 ? 0 : shift + 1;
    const whole = Math.floor(((shift + bytes.length) * 8) / 6);
    return Buffer.from(encoded.slice(from, whole));
  });
}

let pairs: Map<string, number> | undefined;

/** GB 18030 by its characters of one and two bytes, or `null` when the value has others. */
export function gb18030(value: string): Buffer | null {
  pairs ??= twoByteCharacters();
  const bytes: number[] = [];
  for (const character of value) {
    const code = character.codePointAt(0) as number;
    const pair = pairs.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair !== undefined) bytes.push(pair >> 8, pair & 0xff);
    else return null;
  }
  return Buffer.from(bytes);
}

/** Node only decodes it, so the table is the decoder's, read backwards. */
function twoByteCharacters(): Map<string, number> {
  const decoder = new TextDecoder('gb18030');
  const found = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if ([...text].length === 1 && text !== '\uFFFD') found.set(text, (lead << 8) | trail);
    }
  }
  return found;
}
