/** Attributes by their names, as people see them named. */
export type Labels = Readonly<Record<string, string>>;

/**
 * The text in the reader's language, or as it stands where nobody has translated it.
 * @param labels of the attributes that its reasons are about; without them they keep their names.
 */
export type Translate = (text: string, labels?: Labels) => string;

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

  /** What fills a sentence may be one of the words, too, or a list of them. */
  const filled = (text: string, { labels, depth }: Way): string => {
    if (depth === MAX_DEPTH) return text;
    const way = { entries: within, labels, depth: depth + 1 };
    return translated(text, way) ?? inTurn(text.split(', '), '、', way) ?? text;
  };

  const byTemplate = (text: string, of: readonly Template[], way: Way): string | null => {
    for (const { literals, translation } of of) {
      const values = valuesIn(text, literals);
      if (!values) continue;
      return translation.replace(PLACE, (_place, at: string) =>
        filled(values[Number(at)] ?? '', way)
      );
    }
    return null;
  };

  const aboutAttribute = (text: string, way: Way): string | null => {
    const [, attribute = '', reason] = ABOUT.exec(text) ?? [];
    const answer = reason === undefined ? null : translated(reason, way);
    if (answer === null) return null;
    const { labels } = way;
    return `${Object.hasOwn(labels, attribute) ? labels[attribute] : attribute}：${answer}`;
  };

  /** Several in one text, each of which is known; `null` where it is not several, or one of them is not known. */
  const inTurn = (parts: readonly string[], joint: string, way: Way): string | null => {
    if (parts.length < 2 || parts.length > MAX_PARTS) return null;
    const answers = parts.map((part) => translated(part, way));
    return answers.every((answer) => answer !== null) ? answers.join(joint) : null;
  };

  const translated = (text: string, way: Way): string | null =>
    way.entries.exact.get(text) ??
    inTurn(text.split('; '), '；', way) ??
    byTemplate(text, way.entries.begun, way) ??
    aboutAttribute(text, way) ??
    byTemplate(text, way.entries.open, way) ??
    inTurn(text.split(/(?<=\.) /), '', way);

  return (text, labels = {}) =>
    text.length > MAX_LENGTH
      ? text
      : (translated(text, { entries: alone, labels, depth: 0 }) ?? text);
}

/** How a text is translated. */
interface Way {
  entries: Entries;
  labels: Labels;
  /** How many sentences it fills, one within the other. */
  depth: number;
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
