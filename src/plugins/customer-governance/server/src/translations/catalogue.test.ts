import fc from 'fast-check';
import { createTranslate } from './catalogue';

const translate = createTranslate(
  {
    'This plan is closed.': '该计划已关闭。',
    'Reload the page.': '请重新加载页面。',
    'the plan {0} is closed': '计划 {0} 已关闭',
    '{0}. Choose a plan that is active today': '{0}。请选择今天有效的计划',
    'at most {0} of {1}': '{1} 最多 {0} 个',
    'the {0} in the {1}': '{1}中的 {0}',
    '{0} is required': '{0} 为必填项',
    'is required': '为必填项',
    'is required of a {0}': '对{0}为必填项',
  },
  { person: '个人', list: '列表', company: '企业', '{0} of them': '其中 {0} 个' }
);

describe('a catalogue of sentences', () => {
  it('knows a sentence by its text in the source', () => {
    expect(translate('This plan is closed.')).toBe('该计划已关闭。');
  });

  it('leaves what it does not know as it stands', () => {
    expect(translate('Something else.')).toBe('Something else.');
    expect(translate('')).toBe('');
  });

  it('fills in what the sentence was filled with, in the order of the other language', () => {
    expect(translate('at most 5 of contacts')).toBe('contacts 最多 5 个');
  });

  it('translates words and sentences that a sentence is filled with', () => {
    expect(translate('is required of a person')).toBe('对个人为必填项');
    expect(translate('the plan P-1 is closed. Choose a plan that is active today')).toBe(
      '计划 P-1 已关闭。请选择今天有效的计划'
    );
  });

  it('translates lists of words, if it knows all of them', () => {
    expect(translate('is required of a person, company')).toBe('对个人、企业为必填项');
    expect(translate('is required of a person, robot')).toBe('对person, robot为必填项');
  });

  it('translates words only where they fill a sentence', () => {
    expect(translate('person')).toBe('person');
    expect(translate('5 of them')).toBe('5 of them');
    expect(translate('the plan 5 of them is closed')).toBe('计划 其中 5 个 已关闭');
  });

  it('keeps the name of the attribute in front of its reason', () => {
    expect(translate('mobile: is required')).toBe('mobile：为必填项');
    expect(translate('filters.$and[0].name: is required')).toBe('filters.$and[0].name：为必填项');
  });

  it('names the attribute as people see it named, where that is known', () => {
    const labels = { mobile: '手机号' };
    expect(translate('mobile: is required; name: is required', labels)).toBe(
      '手机号：为必填项；name：为必填项'
    );
    expect(translate('toString: is required', labels)).toBe('toString：为必填项');
    expect(translate('mobile: is required')).toBe('mobile：为必填项');
  });

  it('translates several reasons and sentences one after the other, if it knows all of them', () => {
    expect(translate('mobile: is required; name: is required of a person')).toBe(
      'mobile：为必填项；name：对个人为必填项'
    );
    expect(translate('This plan is closed. Reload the page.')).toBe(
      '该计划已关闭。请重新加载页面。'
    );
    expect(translate('mobile: is required; name: odd')).toBe('mobile: is required; name: odd');
  });

  it('takes several in one place for several, and not for one that begins like the first', () => {
    expect(translate('is required of a person; is required of a company')).toBe(
      '对个人为必填项；对企业为必填项'
    );
  });

  it('takes of two sentences that fit the one that says more', () => {
    expect(translate('"x" is required')).toBe('"x" 为必填项');
    expect(translate('the plan X is closed')).toBe('计划 X 已关闭');
  });

  it('takes no text apart that is longer than any of its own', () => {
    const long = `the plan ${'x'.repeat(5000)} is closed`;
    expect(translate(long)).toBe(long);
  });

  it('keeps every value, whatever it is, and takes no long time over it', () => {
    const value = fc.string({ minLength: 1, maxLength: 500 });
    fc.assert(
      fc.property(value, (given) => {
        fc.pre(translate(given) === given && !['person', 'list', 'company'].includes(given));
        expect(translate(`the plan ${given} is closed`)).toBe(`计划 ${given} 已关闭`);
      })
    );
    const hostile = `the ${' in the'.repeat(500)} in the list`;
    expect(translate(hostile)).toContain('中的');
  });
});
