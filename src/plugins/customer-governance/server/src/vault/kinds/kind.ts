/**
 * What a kind of protected value is, and the steps that every kind shares: cleaning of typed text, and masking that
 * fails closed. The rules of one kind stand in that kind's own file.
 */

export type KindId =
  | 'person-name'
  | 'mobile'
  | 'landline'
  | 'email'
  | 'resident-id'
  | 'passport'
  | 'bank-card'
  | 'address'
  | 'birth-date'
  | 'instant-messenger'
  | 'free-text';

/** Why a value was refused. Within one kind a code always comes with the same message. */
export type RefusalCode =
  | 'type'
  | 'empty'
  | 'too-long'
  | 'lone-surrogate'
  | 'control-character'
  | 'bidi'
  | 'emoji'
  | 'zero-width'
  | 'mask'
  | 'format'
  | 'check-digit'
  | 'date'
  | 'obsolete'
  | 'house-number';

export type Parsed =
  { ok: true; value: string } | { ok: false; code: RefusalCode; message: string };

export interface Classification {
  category:
    'identity' | 'contact' | 'business-background' | 'transactions' | 'interactions' | 'derived';
  level: 'personal' | 'sensitive';
}

/**
 * From a canonical value, the text that the look-up index keeps; null where there is nothing to index. A transform that
 * keeps a part ('last4') also takes that part alone, so that a search term passes through the same function.
 */
export type Transform = (value: string) => string | null;

export interface Kind {
  id: KindId;
  /** Classification of the handbook, used where the policy says nothing else. */
  classification: Classification;
  /** Of the input, in code points. */
  maxLength: number;
  /** A valid, canonical and obviously fictitious value. */
  example: string;
  /** Trims, applies NFKC, validates; the canonical form, or a refusal that never repeats the value. Never throws. */
  parse(raw: string): Parsed;
  /** Canonical value to mask. Anything unexpected becomes the full mask. Never throws. */
  mask(value: string): string;
  /** Look-up transforms by name. */
  transforms: Record<string, Transform>;
}

export const MASK_CHARACTER = '*';
export const FULL_MASK = MASK_CHARACTER.repeat(6);

// Named and not found by normalising: that takes quadratic time on long runs of combining marks, and this is asked before
// any length is.
const MASK_FORMS = /[*\uFE61\uFF0A]/;

/** Whether a text holds mask characters, also in the full-width or small form that NFKC would turn into them. */
export function containsMask(raw: string): boolean {
  return MASK_FORMS.test(raw);
}

export interface TextRules {
  maxLength: number;
  /** Several lines: line feed and tab are allowed, CR LF becomes LF. */
  lines?: boolean;
  /** Emoji are allowed, and with them the joiners inside an emoji. */
  emoji?: boolean;
}

const CONTROL = /[\p{Cc}\p{Noncharacter_Code_Point}\u2028\u2029]/u;
const CONTROL_EXCEPT_LINES = /[^\P{Cc}\n\t]|[\p{Noncharacter_Code_Point}\u2028\u2029]/u;
// With the u flag a surrogate that belongs to a pair does not match.
const LONE_SURROGATE = /\p{Cs}/u;
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;
const EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u20E3]/u;
// Wider than the zero-width characters: fillers and variation selectors, too, make two values that look the same differ.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
// A joiner between two pictographs, and the selector that asks for the coloured form.
const EMOJI_GLUE =
  /(?<=\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)\u200D(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic}|[0-9#])\uFE0F/gu;
const BYTE_ORDER_MARK = '\uFEFF';

/** An accepted value. */
export const accept = (value: string): Parsed => ({ ok: true, value });

/** A refusal. The message is a constant of the kind: it is never built from the value. */
export const refuse = (code: RefusalCode, message: string): Parsed => ({
  ok: false,
  code,
  message,
});

const tooLong = (maxLength: number): Parsed =>
  refuse('too-long', `Expected at most ${maxLength} characters. Shorten the text.`);

const isLongerThan = (text: string, maxLength: number): boolean =>
  // A code point takes one or two units: few texts have to be taken apart, and no huge one.
  text.length > maxLength && (text.length > 2 * maxLength || [...text].length > maxLength);

/** Trims and normalises typed text (NFKC) and refuses what no kind may contain. */
export function clean(raw: string, rules: TextRules): Parsed {
  // The type says string, but the value comes from a request body.
  if (typeof raw !== 'string') {
    return refuse('type', 'Expected text. Send the value as a string.');
  }
  const trimmed = raw.trim();
  if (isLongerThan(trimmed, rules.maxLength)) return tooLong(rules.maxLength);

  // Some characters become a space and a combining mark, hence the second trim.
  const normalised = trimmed.normalize('NFKC').trim();
  const text = rules.lines ? normalised.replace(/\r\n/g, '\n') : normalised;

  if (LONE_SURROGATE.test(text)) {
    return refuse(
      'lone-surrogate',
      'The text contains half a character, as broken copies do. Type it again by hand.'
    );
  }
  if ((rules.lines ? CONTROL_EXCEPT_LINES : CONTROL).test(text)) {
    return refuse(
      'control-character',
      rules.lines
        ? 'The text contains control characters. Only line breaks and tabs are allowed; remove the others.'
        : 'The text contains control characters, such as a line break or tab. Enter it on one line.'
    );
  }
  if (BIDI.test(text)) {
    return refuse(
      'bidi',
      'The text contains invisible marks that change the writing direction. Type it again by hand.'
    );
  }
  if (!rules.emoji && EMOJI.test(text)) {
    return refuse('emoji', 'Emoji are not allowed here. Remove them.');
  }
  // trim() takes a byte order mark off silently, so that it has to be looked for in the input.
  if (
    raw.includes(BYTE_ORDER_MARK) ||
    INVISIBLE.test(rules.emoji ? text.replace(EMOJI_GLUE, '') : text)
  ) {
    return refuse('zero-width', 'The text contains invisible characters. Type it again by hand.');
  }
  if (text === '') return refuse('empty', 'Expected a value. Enter one or clear the field.');
  if (text.includes(MASK_CHARACTER)) {
    return refuse(
      'mask',
      'The text contains an asterisk (*), which stands for hidden characters. Enter the whole value, or leave the field unchanged.'
    );
  }
  return accept(text);
}

let users = 0;
const remembered: Array<Map<string, unknown>> = [];
/** Texts of one kind that are remembered at most: those of a batch of an import. */
const REMEMBERED = 1500;

/**
 * Has each text parsed once as long as `work` runs: several chapters ask the same of every value of a batch. Nothing of it is
 * remembered afterwards.
 */
export async function parsingOnce<T>(work: () => Promise<T>): Promise<T> {
  users += 1;
  try {
    return await work();
  } finally {
    users -= 1;
    if (users === 0) for (const texts of remembered) texts.clear();
  }
}

/** Remembers answers by their texts while `parsingOnce` runs, so many at most; else each is worked out anew. */
export function rememberingOnce<T>(most: number): (text: string, workOut: () => T) => T {
  const answers = new Map<string, T>();
  remembered.push(answers);
  return (text, workOut) => {
    if (users === 0) return workOut();
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= most) answers.clear();
    const answer = workOut();
    answers.set(text, answer);
    return answer;
  };
}

/** The same function, which remembers its answers while `parsingOnce` runs. */
function remembering(parse: Kind['parse']): Kind['parse'] {
  const once = rememberingOnce<Parsed>(REMEMBERED);
  return (raw) => once(raw, () => parse(raw));
}

/** The parse function of a kind: cleaning, then the kind's own rule, which gets clean text and returns the canonical form. */
export function parsing(rules: TextRules, rule: (text: string) => Parsed): Kind['parse'] {
  return remembering((raw) => {
    const cleaned = clean(raw, rules);
    if (!cleaned.ok) return cleaned;
    const answer = rule(cleaned.value);
    // NFKC and Punycode lengthen some texts; what is stored must itself be acceptable as input.
    return answer.ok && isLongerThan(answer.value, rules.maxLength)
      ? tooLong(rules.maxLength)
      : answer;
  });
}

/**
 * The mask function of a kind. `reveal` sees canonical values only and returns null for what it does not recognise;
 * everything else, a failure included, becomes the full mask.
 */
export function masking(
  parse: Kind['parse'],
  reveal: (value: string) => string | null
): Kind['mask'] {
  return (value) => {
    try {
      const parsed = parse(value);
      if (!parsed.ok || parsed.value !== value) return FULL_MASK;
      const mask = reveal(value);
      // A canonical value holds no mask character, so that this also keeps the value itself from being returned.
      return mask !== null && mask.includes(MASK_CHARACTER) ? mask : FULL_MASK;
    } catch {
      // A value that cannot be masked must not stop the write, nor reach an error message.
      return FULL_MASK;
    }
  };
}

/** The mask of the kinds that show nothing at all. */
export const maskWhole: Kind['mask'] = () => FULL_MASK;

/** Look-up by the canonical value as it stands. */
export const exact: Transform = (value) => value;

/** Look-up by the canonical value, upper and lower case alike. */
export const exactIgnoringCase: Transform = (value) => value.toLowerCase();

/** Look-up by the last four characters, which are digits, or X as the check digit of a resident ID. */
export const last4: Transform = (value) =>
  /[0-9]{3}[0-9X]$/.exec(value.normalize('NFKC').trim().toUpperCase())?.[0] ?? null;

/** Makes every dash an ASCII hyphen: copied numbers bring all of them. */
export const foldDashes = (text: string): string => text.replace(/[\u2010-\u2015\u2212]/g, '-');

/** Makes every run of spaces one space. */
export const foldSpaces = (text: string): string => text.replace(/ {2,}/g, ' ');
