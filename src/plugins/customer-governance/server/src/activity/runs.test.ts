import { commandOf } from './runs';

describe('the command with which a process was begun', () => {
  const node = '/usr/bin/node';

  it.each(['start', 'develop', 'export', 'import', 'transfer', 'console'])(
    'is told: %s',
    (word) => {
      expect(commandOf([node, '/app/node_modules/.bin/strapi', word])).toBe(word);
      expect(commandOf([node, '/app/node_modules/@strapi/strapi/bin/strapi.js', word])).toBe(word);
    }
  );

  it.each([
    ['another program', [node, '/app/scripts/start.mjs', 'export']],
    ['another word', [node, '/app/node_modules/.bin/strapi', '王小明']],
    ['nothing', [node]],
  ])('is none of them, and no word of it is taken over: %s', (_what, argv) => {
    expect(commandOf(argv)).toBe('other');
  });
});
