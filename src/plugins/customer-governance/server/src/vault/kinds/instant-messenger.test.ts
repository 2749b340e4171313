import { instantMessenger } from './instant-messenger';

const canonical = (raw: string) => {
  const parsed = instantMessenger.parse(raw);
  return parsed.ok ? parsed.value : parsed.code;
};

describe('an account of an instant messenger', () => {
  it.each([
    ['Example_Account', 'Example_Account'],
    ['示例  昵称', '示例 昵称'],
    ['示例👩‍💻', '示例👩‍💻'],
    ['🙂', '🙂'],
    ['---', 'format'],
    ['a\u1680b', 'format'],
  ])('reads %s as %s', (raw, expected) => {
    expect(canonical(raw)).toBe(expected);
  });

  it('is hidden as a whole', () => {
    expect(instantMessenger.mask('example_account')).toBe('******');
  });

  it('is looked up without regard to case', () => {
    expect(instantMessenger.transforms.exact('Example')).toBe('example');
  });
});
