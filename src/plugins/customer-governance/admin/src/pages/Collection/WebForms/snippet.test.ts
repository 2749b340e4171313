import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { snippetOf } from './snippet';

const DOCUMENTATION = join(__dirname, '../../../../../../../../docs/web-forms.md');

describe('what is put into a page', () => {
  it('stands in the documentation as it is', () => {
    const shown = snippetOf({
      server: 'https://customers.example.com',
      code: 'website-enquiries',
      language: 'en',
    });
    expect(readFileSync(DOCUMENTATION, 'utf8')).toContain(`\`\`\`html\n${shown}\`\`\``);
  });

  it.each(['zh', 'en'] as const)('is whole, in %s', (language) => {
    const shown = snippetOf({ server: 'http://localhost:1337', code: 'x', language });
    const script = /<script type="module">([\s\S]*)<\/script>/.exec(shown)?.[1] ?? '';
    expect(() => new Function(`return async () => {${script}}`)).not.toThrow();
    expect(shown).toContain(`lang="${language}"`);
  });
});
