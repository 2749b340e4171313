import { personName } from './person-name';

const { parse, mask, transforms } = personName;
const canonical = (raw: string) => {
  const parsed = parse(raw);
  return parsed.ok ? parsed.value : parsed.code;
};

describe('parsing a name', () => {
  it.each([
    ['王芳', '王芳'],
    ['王　芳', '王 芳'],
    ['John   Smith', 'John Smith'],
    ['O’Brien', "O'Brien"],
    ['Jean-Luc Müller', 'Jean-Luc Müller'],
    ['J. R. Smith Jr.', 'J. R. Smith Jr.'],
    ['阿卜杜拉•买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉 · 买买提', '阿卜杜拉·买买提'],
    ['ジョン・スミス', 'ジョン·スミス'],
    ['Владимир', 'Владимир'],
    ['محمد علي', 'محمد علي'],
    ['김민수', '김민수'],
    ['佐々木', '佐々木'],
    ['徐〇', '徐〇'],
    ['𠮷田', '𠮷田'],
    ['王', '王'],
  ])('makes %s into %s', (raw, expected) => {
    expect(canonical(raw)).toBe(expected);
  });

  it.each([
    '13800138000',
    '王芳2',
    '王芳(小)',
    '-王',
    '·',
    '王--芳',
    'a@b',
    '王芳,李',
    '<b>',
    "王'",
  ])('refuses %s', (raw) => {
    expect(canonical(raw)).toBe('format');
  });
});

describe('masking a name', () => {
  it.each([
    ['王芳', '王**'],
    ['王小明', '王**'],
    ['王 芳', '王**'],
    ['欧阳修', '欧阳**'],
    ['歐陽修', '歐陽**'],
    ['司马相如', '司马**'],
    ['𠮷田太郎', '𠮷**'],
    ['John Smith', 'J**'],
    ['Al', 'A**'],
    ['Владимир', 'В**'],
    ['김민수', '김**'],
  ])('shows of %s only %s', (name, expected) => {
    expect(mask(name)).toBe(expected);
  });

  it('does not take a whole two-character name for a compound surname', () => {
    expect(mask('欧阳')).toBe('欧**');
  });

  it('does not show a given name where the first two characters only look like a compound surname', () => {
    expect(mask('梁丘生')).toBe('梁**');
    expect(mask('宗政民')).toBe('宗**');
  });

  it.each(['王', 'A', 'A.', '阿卜杜拉·买买提', '欧阳·司马', 'محمد علي', 'さくら'])(
    'hides %s as a whole, where no surname stands first for certain',
    (name) => {
      expect(mask(name)).toBe('******');
    }
  );
});

describe('looking a name up', () => {
  it('does not mind case, nor a space between Chinese characters', () => {
    expect(transforms.exact('John Smith')).toBe('john smith');
    expect(transforms.exact('王 芳')).toBe('王芳');
  });
});
