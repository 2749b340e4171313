import { noticeText } from './shown';

const of = (word: string) => ({
  purposes: `${word} 1`,
  method: `${word} 2`,
  kinds: `${word} 3`,
  term: `${word} 4`,
  rights: `${word} 5`,
  contact: `${word} 6`,
});
const notice = { id: 1, documentId: 'n', code: 'c', version: '1', hash: 'h', plain: null };

describe('the text of a notice', () => {
  it('is all of its sections, in the language of the page', () => {
    const texts = { zh: of('zh'), en: of('en') };
    expect(noticeText({ ...notice, texts }, 'en')).toBe(
      'en 1\n\nen 2\n\nen 3\n\nen 4\n\nen 5\n\nen 6'
    );
    expect(noticeText({ ...notice, texts }, 'zh')).toMatch(/^zh 1/);
  });

  it('is in the language that there is, rather than none', () => {
    expect(noticeText({ ...notice, texts: { zh: of('zh') } }, 'en')).toMatch(/^zh 1/);
  });

  it('is the text of the plan where that has no notice', () => {
    expect(noticeText({ ...notice, texts: {}, plain: 'Hello' }, 'en')).toBe('Hello');
  });
});
