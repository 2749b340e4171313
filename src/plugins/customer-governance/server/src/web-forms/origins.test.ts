import { originsProblem } from './origins';

describe('the origins of a web form', () => {
  it.each([
    [['https://www.example.com']],
    [['https://www.example.com:8443', 'http://localhost:4000', 'http://127.0.0.1:4000']],
    [[]],
  ])('may be %j', (origins) => {
    expect(originsProblem(origins)).toBeNull();
  });

  it.each<[string, unknown]>([
    ['text', 'https://www.example.com'],
    ['every page', ['*']],
    ['no page', ['null']],
    ['with a path', ['https://www.example.com/contact']],
    ['with a slash', ['https://www.example.com/']],
    ['of pages that others can change on their way', ['http://www.example.com']],
    ['in capitals', ['https://WWW.example.com']],
    ['with a name', ['https://user@www.example.com']],
    ['a script', ['javascript:alert(1)']],
    ['a number', [5]],
    ['too many', Array.from({ length: 21 }, (_, at) => `https://${at}.example.com`)],
  ])('may not be %s', (_what, origins) => {
    expect(originsProblem(origins)).toMatch(/must/);
  });
});
