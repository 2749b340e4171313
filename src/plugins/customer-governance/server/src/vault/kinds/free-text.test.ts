import { freeText } from './free-text';

describe('free text', () => {
  it('keeps lines, tabs and emoji', () => {
    expect(freeText.parse(' 第一行\r\n\t第二行 😀 ')).toEqual({
      ok: true,
      value: '第一行\n\t第二行 😀',
    });
  });

  it('is hidden as a whole', () => {
    expect(freeText.mask('第一行\n第二行')).toBe('******');
  });

  it('cannot be looked up', () => {
    expect(freeText.transforms).toEqual({});
  });
});
