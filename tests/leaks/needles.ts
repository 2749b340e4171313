import { RARE, RARE_TOO, shownParts, type Canary } from './canaries';

/** Bytes to look for, and whose they are: short pieces may belong to several canaries. */
export interface Needle {
  bytes: Buffer;
  form: string;
  canaries: Canary[];
  /** A number's beginning or end counts only where the number begins or ends, lest any long number hold it. */
  startsNumber: boolean;
  endsNumber: boolean;
}

/** Shorter needles would be found by chance. */
export const SHORTEST = 6;
/** Characters of letters and figures that megabytes of hashes and ciphertext in base64 do not hold by chance. */
const UNLIKE_BASE64 = 9;

/** Every needle of the canaries, each text once. */
export function needlesOf(canaries: Canary[]): Needle[] {
  const needles = new Map<string, Needle>();
  const add = (canary: Canary, text: Text, form: string, bytes: Buffer) => {
    if (bytes.length < SHORTEST) return;
    const key = `${bytes.toString('latin1').toLowerCase()}|${text.startsNumber}|${text.endsNumber}`;
    const known = needles.get(key);
    if (known) {
      if (!known.canaries.includes(canary)) known.canaries.push(canary);
      return;
    }
    const { startsNumber = false, endsNumber = false } = text;
    needles.set(key, { bytes, form, canaries: [canary], startsNumber, endsNumber });
  };
  for (const canary of canaries) {
    for (const text of textsOf(canary)) {
      for (const [form, bytes] of encodings(text.text)) {
        add(canary, text, `${text.name}, ${form}`, bytes);
      }
    }
  }
  return [...needles.values()];
}

interface Text {
  name: string;
  text: string;
  startsNumber?: boolean;
  endsNumber?: boolean;
}

const isNumber = (text: string) => /^[\d -]+$/.test(text);

/** The value, the ways in which people write it, and pieces that go beyond what the mask shows. */
function textsOf(canary: Canary): Text[] {
  const { value } = canary;
  const whole: Text[] = [{ name: 'value', text: value }];
  for (const text of writings(canary)) {
    // A number without its separators may stand within a longer one by chance.
    const alone = isNumber(text);
    whole.push({ name: 'rewritten', text, startsNumber: alone, endsNumber: alone });
  }
  const lines = value.includes('\n') ? value.split('\n') : [];
  whole.push(...lines.map((text) => ({ name: 'line', text })));
  const [head, tail] = pieces(canary);
  if (head) whole.push({ name: 'beginning', text: head, startsNumber: isNumber(head) });
  if (tail) whole.push({ name: 'end', text: tail, endsNumber: isNumber(tail) });
  return whole;
}

/** The same value as another hand or program would write it. */
function writings({ kind, value }: Canary): string[] {
  const groups = (text: string, sizes: number[], separator: string) => {
    let at = 0;
    return sizes.map((size) => text.slice(at, (at += size))).join(separator);
  };
  switch (kind) {
    case 'mobile':
      return [
        groups(value, [3, 4, 4], ' '),
        groups(value, [3, 4, 4], '-'),
        groups(value, [3, 3, 5], ' '),
      ];
    case 'landline':
      return [value.replace('-', ''), value.replace('-', ' '), value.slice(1).replace('-', '')];
    case 'resident-id':
      return [groups(value, [6, 8, 4], ' '), groups(value, [6, 8, 4], '-'), value.slice(0, 17)];
    case 'bank-card':
      return [groups(value, [4, 4, 4, 4], ' '), groups(value, [4, 4, 4, 4], '-')];
    case 'birth-date': {
      const [year, month, day] = value.split('-');
      const name = new Date(`${value}T00:00:00Z`).toUTCString().slice(8, 11);
      return [
        `${year}${month}${day}`,
        `${year}/${month}/${day}`,
        `${day}.${month}.${year}`,
        `${month}/${day}/${year}`,
        `${year}年${Number(month)}月${Number(day)}日`,
        `${name} ${day} ${year}`,
        `${day} ${name} ${year}`,
      ];
    }
    case 'email':
      return [value.split('@')[0]];
    case 'person-name':
    case 'address':
    case 'free-text':
      return [value.replace(/\s/g, ''), [...value].reverse().join('')];
    default:
      return [];
  }
}

/** The shortest beginning and end that tell more than the mask and are found nowhere by chance. */
function pieces(canary: Canary): [string | null, string | null] {
  // A day and a month are found everywhere.
  if (canary.kind === 'birth-date') return [null, null];
  const chars = [...canary.value];
  const [head, tail] = shownParts(canary).map((part) => [...part].length);
  const hidden = chars.length - head - tail;
  const grow = (shown: number, digits: number, take: (length: number) => string) => {
    for (let length = shown + 2; length <= shown + hidden; length += 1) {
      const text = take(length);
      if (isDistinctive(text, digits)) return text === canary.value ? null : text;
    }
    return null;
  };
  const [fromHead, fromTail] = DIGITS[canary.kind] ?? [9, 9];
  return [
    grow(head, fromHead, (length) => chars.slice(0, length).join('')),
    grow(tail, fromTail, (length) => chars.slice(chars.length - length).join('')),
  ];
}

/** How many digits from the beginning and from the end are enough to know a number of this kind by. */
const DIGITS: Record<string, [number, number]> = {
  mobile: [7, 7],
  landline: [9, 7],
  'resident-id': [12, 10],
  'bank-card': [10, 10],
};

/** Enough digits, letters or rare characters to be found nowhere by chance. */
function isDistinctive(text: string, digits: number): boolean {
  if (Buffer.byteLength(text) < SHORTEST) return false;
  if (/^[\dX-]+$/.test(text)) return text.replace(/\D/g, '').length >= digits;
  const rare = [...text].filter((char) => RARE.includes(char) || RARE_TOO.includes(char)).length;
  if (rare >= 3 || /\p{L}{8}/u.test(text)) return true;
  return text.length >= UNLIKE_BASE64 && /[a-z]\d{3}[a-z]/i.test(text);
}

/** A text in every encoding in which it could leave. */
function encodings(text: string): Array<[string, Buffer]> {
  const url = encodeURIComponent(text);
  const json = JSON.stringify(text).slice(1, -1);
  const escaped = json.replace(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  );
  const entities = (radix: 10 | 16) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('"', '&quot;')
      .replace(/[^\x20-\x7e]/gu, (char) => {
        const point = char.codePointAt(0) as number;
        return radix === 10 ? `&#${point};` : `&#x${point.toString(16)};`;
      });
  const bytes = Buffer.from(text, 'utf8');
  const wide = Buffer.from(text, 'utf16le');
  const forms: Array<[string, string | Buffer]> = [
    ['plain', text],
    ['URL-encoded', url],
    ['form-encoded', url.replaceAll('%20', '+')],
    ['URL-encoded twice', encodeURIComponent(url)],
    ['JSON', json],
    ['JSON in JSON', JSON.stringify(json).slice(1, -1)],
    ['JSON with \\u', escaped],
    ['HTML entities', entities(10)],
    ['HTML entities', entities(16)],
    ['hexadecimal', bytes.toString('hex')],
    ['UTF-16LE', wide],
    ['UTF-16BE', Buffer.from(wide).swap16()],
    ...base64(bytes).map((form): [string, string] => ['base64', form]),
  ];
  return forms.map(([name, form]) => [name, Buffer.from(form as string)]);
}

/** What base64 makes of the bytes at each of the three places at which they can begin; the ends hang on their neighbours. */
function base64(bytes: Buffer): string[] {
  if (bytes.length < 8) return [];
  const cores = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6))
  );
  return [...cores, ...cores.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'))];
}
