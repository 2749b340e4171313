import {
  accept,
  foldSpaces,
  masking,
  MASK_CHARACTER,
  parsing,
  refuse,
  type Kind,
  type Transform,
} from './kind';

const MAX_LENGTH = 100;
const HIDDEN = MASK_CHARACTER.repeat(2);

// Letters of any script with their marks, and 〇, which Unicode counts as a number but names use as a character.
const NAME = /^[\p{L}〇][\p{L}\p{M}〇 .·'-]*$/u;
const ENDS_LIKE_A_NAME = /[\p{L}\p{M}〇.]$/u;
const TWO_SEPARATORS = /[·'-]{2}/;
const LETTER = /[\p{L}〇]/gu;

const SINGLE_SYLLABLE_SURNAME = /^[\p{Script=Han}\p{Script=Hangul}]/u;
const ALPHABETIC = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;

// Only surnames whose second character hardly ever begins a given name. 宗政, 乐正, 段干, 梁丘, 谷梁 and their like are
// left out: for a Zong, Yue, Duan, Liang or Gu the mask would show a character of the given name.
const COMPOUND_SURNAMES = [
  ...['欧阳', '太史', '端木', '上官', '司马', '东方', '独孤', '南宫', '万俟', '闻人', '夏侯'],
  ...['诸葛', '尉迟', '公羊', '赫连', '澹台', '皇甫', '濮阳', '公冶', '申屠', '公孙', '慕容'],
  ...['长孙', '宇文', '司徒', '鲜于', '司空', '闾丘', '亓官', '司寇', '颛孙', '漆雕', '拓跋'],
  ...['轩辕', '令狐', '百里', '呼延', '东郭', '南门', '羊舌', '西门', '第五', '淳于', '单于'],
  ...['纳兰', '完颜', '钟离', '仲孙', '巫马', '公西', '壤驷'],
  ...['歐陽', '司馬', '東方', '獨孤', '南宮', '聞人', '諸葛', '尉遲', '赫連', '澹臺', '濮陽'],
  ...['公孫', '長孫', '鮮于', '閭丘', '軒轅', '東郭', '西門', '納蘭', '完顏', '鍾離'],
];

const parse = parsing({ maxLength: MAX_LENGTH }, (text) => {
  const name = foldSpaces(text)
    .replace(/ ?[\u00B7\u2022\u2027\u2219\u22C5\u30FB] ?/g, '·')
    .replace(/[\u2018\u2019\u02BC]/g, "'");
  return NAME.test(name) && ENDS_LIKE_A_NAME.test(name) && !TWO_SEPARATORS.test(name)
    ? accept(name)
    : refuse(
        'format',
        "Expected a person's name: letters of any script, spaces, and the signs · ' - and full stop between them. Remove digits, brackets and other signs."
      );
});

/** Keeps the surname, or the first letter of a name in an alphabet: there the surname may stand first or last. */
function reveal(name: string): string | null {
  const letters = name.match(LETTER)?.length ?? 0;
  if (letters < 2) return null;
  // 阿卜杜拉·买买提 begins with the given name, and one syllable of it tells far more than one letter does.
  if (name.includes('·')) return null;
  const first = [...name][0];
  if (ALPHABETIC.test(first)) return first + HIDDEN;
  if (!SINGLE_SYLLABLE_SURNAME.test(first)) return null;
  // Somebody called 欧 with the given name 阳 has no compound surname.
  const compound = COMPOUND_SURNAMES.find(
    (surname) => name.startsWith(surname) && letters > surname.length
  );
  return (compound ?? first) + HIDDEN;
}

/** Upper and lower case alike, and 王 芳 like 王芳: two-character names are often spaced out to the width of three. */
const exactName: Transform = (name) => {
  const folded = name.toLowerCase();
  // Few names have a space, and looking behind each character for one takes its time.
  return folded.includes(' ')
    ? folded.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    : folded;
};

/** The name of a natural person in any script. */
export const personName: Kind = {
  id: 'person-name',
  classification: { category: 'identity', level: 'personal' },
  maxLength: MAX_LENGTH,
  example: '张三',
  parse,
  mask: masking(parse, reveal),
  transforms: { exact: exactName },
};
