import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const SERVER = join(__dirname, '../../src/plugins/customer-governance/server/src');

/** A text of the server as the catalogue has it: what is filled in stands as `{0}`, `{1}`, … */
export interface SourceSentence {
  file: string;
  text: string;
}

/** Files whose texts reach no reader of an answer. */
const NOT_ANSWERED: ReadonlyArray<readonly [RegExp, string]> = [
  [/^index\.ts$/, 'stops the start, and is read by whoever operates the application'],
  [/^policy(\/|-model)/, 'of the policy document: read at the start, in the log'],
  [/^audit\/(actions|append-only)\.ts$/, 'the panel has its own words for actions; a trigger'],
  [/^backup\/(offline|archive\/manifest|snapshot\/)/, 'commands of the operator; SQL'],
  [/^transparency\/(verifier|tree|witness|export)/, 'the stand-alone verifier, and commands'],
  [/^transparency\/(protection|tombstone-files)\.ts$/, 'triggers, and commands'],
  [/^notifications\/(mail-text|events)\.ts$/, 'mails have their own words'],
  [/^vault\/(field|index|key-|root-key|epochs|keyring|upkeep)/, 'stops the start, and commands'],
  [/^(sqlite-checkpoints|jobs|postgres-copy|database|bulk-insert|model-attributes)/, 'SQL'],
  [/(^|\/)models\.ts$/, 'tables'],
  [/^activity\/(calls|sign-ins|moves)\.ts$/, 'names of calls of Strapi'],
  [/^customers\/conditions\.ts$/, 'names of conditions, which the panel translates'],
  [/^retention\/holds\/hold-protection\.ts$|^vault\/sealing-thread\//, 'triggers; a thread'],
  [
    /^customers\/standards\/(formats|industries)\.ts$|^imports\/headings\.ts$/,
    'in both languages already',
  ],
  [
    /^(data-map\/words|imports\/report|retention\/due\/due-date-writes|internal-audit\/views)\.ts$/,
    'in both languages already; SQL',
  ],
  [
    /^(http\/request-log|explorer\/figures|retention\/destruction\/attribute-removal)\.ts$/,
    'the log of the application; SQL',
  ],
  [/^transparency\/(bundle-readme|entry-pages|pruning)\.ts$/, 'a file in both languages; SQL'],
];

/** Calls whose texts are SQL, the log of the application, or an error that only a fault of the product brings. */
const NOT_TOLD =
  /(^|\.)(raw|\w+Raw|join|leftJoin|select|from|where\w*|andWhere\w*|groupBy|orderBy|count|max|pragma|prepare|exec|tables|tablesOf|fact|error|warn|info|debug|log|tell|Error|RangeError|TypeError|refuseForeignWrites|makeAppendOnly|KeyStoreRefused|StorageRefused|RegistryBreach|NoteError|createTrigger|trigger)$/;

/** Texts beside others that are told: of symbols, of errors that are caught, of the log. */
const NEVER_TOLD = new Set([
  'digits lost',
  'unknown error',
  'a whole number',
  'it answered with an error',
  'The storage has no such file.',
  'web-form {0} {1}',
]);

const SQL =
  /\b(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|WHERE|VALUES|ORDER BY|GROUP BY|CASE|NULL|AND|COUNT|MAX|CAST)\b|case when|partition by|extract\(|^interval '|^\S+ as \S+$/;

/** Two words at least: of one alone any text could be told to be it. */
const isSentence = (text: string): boolean =>
  !NEVER_TOLD.has(text) &&
  (text.match(/[A-Za-z']+/g) ?? []).length > 1 &&
  /[a-z]{2,} (?:[a-z]+\b|\{)|\} [a-z]{2,}/.test(text) &&
  !SQL.test(text);

/** Literals and what is put together of them, as one text; `null` for anything else. */
function textOf(node: ts.Node): string[] | null {
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression);
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const left = textOf(node.left);
    const right = textOf(node.right);
    if (!left && !right) return null;
    const before = left ?? ['', ''];
    const after = right ?? ['', ''];
    return [
      ...before.slice(0, -1),
      `${before.at(-1) as string}${after[0] as string}`,
      ...after.slice(1),
    ];
  }
  return null;
}

/** Numbers what is filled in; what Joi fills in, too. */
function numbered(parts: readonly string[]): string {
  let count = 0;
  return parts.join('\u0000').replace(/\u0000|\{\{#\w+\}\}/g, () => `{${count++}}`);
}

/** The expressions that a text is filled with, which may hold texts themselves. */
function filledWith(node: ts.Node): ts.Node[] {
  if (ts.isParenthesizedExpression(node)) return filledWith(node.expression);
  if (ts.isTemplateExpression(node)) return node.templateSpans.map(({ expression }) => expression);
  if (!ts.isBinaryExpression(node)) return [];
  return [node.left, node.right].flatMap((side) => (textOf(side) ? filledWith(side) : [side]));
}

function calledBy(node: ts.Node): string {
  let parent: ts.Node | undefined = node.parent;
  while (
    parent &&
    (ts.isBinaryExpression(parent) ||
      ts.isParenthesizedExpression(parent) ||
      ts.isConditionalExpression(parent) ||
      ts.isAsExpression(parent))
  )
    parent = parent.parent;
  if (!parent || !(ts.isCallExpression(parent) || ts.isNewExpression(parent))) return '';
  return parent.expression
    .getText()
    .replace(/\([^]*\)/g, '')
    .replace(/\s/g, '');
}

/** Types, imports, and the names of permissions, which Strapi's own page of roles shows as they are registered. */
const isNoAnswer = ({ parent }: ts.Node): boolean =>
  ts.isLiteralTypeNode(parent) ||
  ts.isImportDeclaration(parent) ||
  (ts.isPropertyAssignment(parent) &&
    ['displayName', 'subCategory'].includes(parent.name.getText()));

/** All texts of the server that a reader of its answers may see, each once, in the order of the files. */
export function serverSentences(): SourceSentence[] {
  const found = new Map<string, SourceSentence>();
  const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\.d\.ts$/.test(path))
    .filter((path) => !NOT_ANSWERED.some(([files]) => files.test(path)))
    .sort();
  for (const file of files) {
    const path = join(SERVER, file);
    const source = ts.createSourceFile(
      path,
      readFileSync(path, 'utf8'),
      ts.ScriptTarget.Latest,
      true
    );
    const visit = (node: ts.Node): void => {
      const parts = textOf(node);
      if (parts === null) {
        ts.forEachChild(node, visit);
        return;
      }
      const text = numbered(parts);
      if (
        isSentence(text) &&
        !NOT_TOLD.test(calledBy(node)) &&
        !isNoAnswer(node) &&
        !found.has(text)
      ) {
        found.set(text, { file: relative(SERVER, path), text });
      }
      filledWith(node).forEach(visit);
    };
    visit(source);
  }
  return [...found.values()];
}
