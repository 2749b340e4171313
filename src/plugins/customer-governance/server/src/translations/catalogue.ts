/** The text in the reader's language, or as it stands where nobody has translated it. */
export type Translate = (text: string) => string;

/** A sentence with places, taken apart at them. */
interface Template {
  /** What stands around the places: one more than there are of them. */
  literals: readonly string[];
  /** The translation, and the number of what is filled in between. */
  translation: string;
}

/** Longer texts are none of ours. */
const MAX_LENGTH = 4000;
/** How often what is filled in may be a sentence with places itself. */
const MAX_DEPTH = 4;
/** Of a text that is several. */
const MAX_PARTS = 30;

const PLACE = /\{(\d+)\}/g;
/** The attribute that a reason is about, as `toProblems` and Joi write it. */
const ABOUT = /^([\w.$[\]-]{1,80}): ([^]+)$/;

/**
 * Translates by a catalogue whose keys are the sentences of the source, as gettext does, with `{0}`, `{1}` where something is
 * filled in. So the code says what it says in one language, and a test finds what is not in the catalogue.
 *
 * No regular expression is made of a sentence: a text is gone through once for each of its literals, whatever a client has
 * put into it.
 * @param sentences by sentences of the source their translations. @param words the same for words that fill sentences.
 */
export function createTranslate(
  sentences: Readonly<Record<string, string>>,
  words: Readonly<Record<string, string>> = {}
): Translate {
  const alone = entriesOf(sentences);
  const within = entriesOf({ ...sentences, ...words });

  const filled = (text: string, depth: number): string =>
    depth < MAX_DEPTH
      ? (translated(text, within, depth + 1) ?? listed(text, depth + 1) ?? text)
      : text;

  /** A list of words, each of which is known. */
  const listed = (text: string, depth: number): string | null =>
    joined(text.split(', '), '、', (part) => translated(part, within, depth));

  const byTemplate = (text: string, of: readonly Template[], depth: number): string | null => {
    for (const { literals, translation } of of) {
      const values = valuesIn(text, literals);
      if (!values) continue;
      return translation.replace(PLACE, (_place, at: string) =>
        filled(values[Number(at)] ?? '', depth)
      );
    }
    return null;
  };

  const aboutAttribute = (text: string, entries: Entries, depth: number): string | null => {
    const [, attribute, reason] = ABOUT.exec(text) ?? [];
    const answer = reason === undefined ? null : translated(reason, entries, depth);
    return answer === null ? null : `${attribute}：${answer}`;
  };

  /** Several in one text, each of which is known. */
  const inTurn = (parts: readonly string[], joint: string, entries: Entries, depth: number) =>
    joined(parts, joint, (part) => translated(part, entries, depth));

  const translated = (text: string, entries: Entries, depth: number): string | null =>
    entries.exact.get(text) ??
    inTurn(text.split('; '), '；', entries, depth) ??
    byTemplate(text, entries.begun, depth) ??
    aboutAttribute(text, entries, depth) ??
    byTemplate(text, entries.open, depth) ??
    inTurn(text.split(/(?<=\.) /), '', entries, depth);

  return (text) => (text.length > MAX_LENGTH ? text : (translated(text, alone, 0) ?? text));
}

/** What of a catalogue is looked through for a text, those that say most first. */
interface Entries {
  exact: ReadonlyMap<string, string>;
  /** Sentences that begin with words of their own, and those that begin with what is filled in. */
  begun: readonly Template[];
  open: readonly Template[];
}

function entriesOf(catalogue: Readonly<Record<string, string>>): Entries {
  const all = Object.entries(catalogue);
  const templates = all
    .map(([sentence, translation]) => ({ literals: sentence.split(/\{\d+\}/), translation }))
    .filter(({ literals }) => literals.length > 1)
    .sort((one, other) => lengthOf(other) - lengthOf(one));
  return {
    exact: new Map(all),
    begun: templates.filter(({ literals }) => literals[0] !== ''),
    open: templates.filter(({ literals }) => literals[0] === ''),
  };
}

/** The translations of several parts in one text; `null` where it is not several, or one of them is not known. */
function joined(
  parts: readonly string[],
  joint: string,
  translate: (part: string) => string | null
): string | null {
  if (parts.length < 2 || parts.length > MAX_PARTS) return null;
  const answers = parts.map(translate);
  return answers.every((answer) => answer !== null) ? answers.join(joint) : null;
}

const lengthOf = ({ literals }: Template): number =>
  literals.reduce((length, literal) => length + literal.length, 0);

/** What stands in a text at the places of a sentence; `null` when it is another sentence. */
function valuesIn(text: string, literals: readonly string[]): string[] | null {
  const [first = '', ...others] = literals;
  const last = others.pop() ?? '';
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) {
    return null;
  }
  const end = text.length - last.length;
  const values: string[] = [];
  let from = first.length;
  for (const literal of others) {
    const at = text.indexOf(literal, from);
    if (at === -1 || at + literal.length > end) return null;
    values.push(text.slice(from, at));
    from = at + literal.length;
  }
  values.push(text.slice(from, end));
  return values;
}
