import { toProblems } from './finding';

describe('the findings of an entry', () => {
  it('name each attribute once, by the first reason', () => {
    const problems = toProblems([
      { attribute: 'mobile', reason: 'is wrong' },
      { attribute: 'mobile', reason: 'is required' },
      { attribute: 'email', reason: 'is wrong' },
    ]);
    expect(problems).toEqual([
      { path: ['mobile'], message: 'mobile: is wrong', name: 'ValidationError' },
      { path: ['email'], message: 'email: is wrong', name: 'ValidationError' },
    ]);
  });

  it('do not repeat a key that is really a value', () => {
    const [problem] = toProblems([{ attribute: '张三 138', reason: 'is not an attribute' }]);
    expect(JSON.stringify(problem)).not.toContain('张三');
  });

  it('stay a readable number', () => {
    const many = Array.from({ length: 1000 }, (_, at) => ({ attribute: `a${at}`, reason: 'x' }));
    expect(toProblems(many)).toHaveLength(50);
  });
});
