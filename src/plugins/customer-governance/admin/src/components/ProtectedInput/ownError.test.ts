import { ownError } from './ownError';

describe('the refusal under a protected input', () => {
  it('does not repeat the name that its label has', () => {
    expect(ownError('email', '电子邮箱', 'email: the plan does not collect it')).toBe(
      'The plan does not collect it'
    );
    for (const named of ['email', '电子邮箱'])
      expect(ownError('email', '电子邮箱', `${named}：计划未采集该字段`)).toBe('计划未采集该字段');
  });

  it('is any other text as it stands', () => {
    expect(ownError('email', '电子邮箱', 'This value is required.')).toBe(
      'This value is required.'
    );
    expect(ownError('email', '电子邮箱', undefined)).toBeUndefined();
  });
});
