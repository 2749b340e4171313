import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

import { createIntl } from 'react-intl';

import zhHans from './zh-Hans.json';

type Messages = Record<string, string>;

const STRAPI = join(__dirname, '../../../node_modules/@strapi');

/** Plugins of the panel by the prefix that they give their messages. */
const PLUGINS = {
  'content-manager': 'content-manager',
  'content-releases': 'content-releases',
  'content-type-builder': 'content-type-builder',
  email: 'email',
  i18n: 'i18n',
  'review-workflows': 'review-workflows',
  upload: 'upload',
  'users-permissions': 'plugin-users-permissions',
};

/** What a module of translations, which is one object and names for parts of it, exports by default. */
function read(folder: string, file: string): Messages {
  const source = readFileSync(join(STRAPI, folder, 'translations', `${file}.json.mjs`), 'utf8');
  const [exported = '', name = ''] = /^export \{.*?(\w+) as default.*\};$/m.exec(source) ?? [];
  return runInNewContext(source.replace(exported, name)) as Messages;
}

/** Strapi's own messages in a language as the panel finds them: the administration's, and the plugins' with their prefix. */
function strapiMessages(file: string, without: string[] = []): Messages {
  const plugins = Object.entries(PLUGINS).filter(([prefix]) => !without.includes(prefix));
  return Object.fromEntries([
    ...Object.entries(read('admin/dist/admin/admin/src', file)),
    ...plugins.flatMap(([prefix, folder]) =>
      Object.entries(read(`${folder}/dist/admin`, file)).map(([key, text]) => [
        `${prefix}.${key}`,
        text,
      ])
    ),
  ]) as Messages;
}

/** A message that the code asks for, by a key as it stands or with its plugin's prefix, with the text in case of none. */
const ASKED = /\bid: (getT\w+\()?'([^']+)'\)?,\s*defaultMessage: (?:'(.*)'|"(.*)"|`(.*)`)/g;

/** Some that the code asks for are in no file of translations, the English neither. */
function askedFor(): Messages {
  const panels = [['', 'admin'], ...Object.entries(PLUGINS)] as Array<[string, string]>;
  return Object.fromEntries(
    panels.flatMap(([prefix, folder]) => {
      const panel = join(STRAPI, folder, 'dist/admin');
      return readdirSync(panel, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.mjs') && !path.includes('translations'))
        .flatMap((path) => [...readFileSync(join(panel, path), 'utf8').matchAll(ASKED)])
        .map(([, prefixed, key, ...texts]) => [
          prefixed ? `${prefix}.${key}` : key,
          texts.find((text) => text !== undefined) ?? '',
        ]);
    })
  ) as Messages;
}

/** `{count}`, `{count, plural, …}`: what a message is filled with. A brace after a case of it opens a text instead. */
const PLACEHOLDER = /(?<!(?:\b(?:one|other|true|false|undefined)|=\d+)\s*)\{\s*(\w+)\s*[,}]/g;

const placeholders = (message: string): string[] =>
  [...new Set([...message.matchAll(PLACEHOLDER)].map(([, name]) => name!))].sort();

const tags = (message: string): string[] =>
  [...message.matchAll(/<\/?\w+>/g)].map(([tag]) => tag).sort();

const english: Messages = { ...askedFor(), ...strapiMessages('en') };
// Releases are not translated.
const chinese = strapiMessages('zh-Hans', ['content-releases']);
const ours = Object.entries(zhHans as Messages);

/** Names, formats and abbreviations, which Chinese writes alike. */
const ALIKE = [
  'content-manager.api.id',
  'content-manager.containers.edit.information.document.value',
  'content-manager.containers.edit.information.last-draft.value',
  'content-manager.containers.edit.information.last-published.value',
  'content-manager.form.Input.hint.minMaxDivider',
  'content-manager.widget.chart-entries.tooltip',
  'global.fullname',
  'i18n.Settings.locales.row.id',
  'widget.key-statistics.list.webhooks',
];

describe("the Chinese of Strapi's own texts", () => {
  it('is of texts that Strapi has', () => {
    expect(ours.map(([key]) => key).filter((key) => !(key in english))).toEqual([]);
  });

  it('leaves alone what Strapi has in Chinese: an update may have brought it, then it goes from here', () => {
    expect(ours.map(([key]) => key).filter((key) => key in chinese)).toEqual([]);
  });

  it('is in the order of its keys', () => {
    const keys = ours.map(([key]) => key);
    expect(keys).toEqual([...keys].sort());
  });

  it('is filled with the same values and has the same tags as the English', () => {
    const differing = ours.filter(
      ([key, text]) =>
        placeholders(text).join() !== placeholders(english[key] ?? '').join() ||
        tags(text).join() !== tags(english[key] ?? '').join()
    );
    expect(differing).toEqual([]);
  });

  it('can be formatted', () => {
    const errors: string[] = [];
    const intl = createIntl({
      locale: 'zh-Hans',
      messages: zhHans,
      onError: ({ message }) => errors.push(message),
    });
    const bold = (parts: unknown) => `[${String(parts)}]`;
    const formatted = ours.map(([id, text]) =>
      String(
        intl.formatMessage(
          { id },
          {
            ...Object.fromEntries(placeholders(text).map((name) => [name, 2])),
            ...Object.fromEntries(tags(text).map((tag) => [tag.replace(/\W/g, ''), bold])),
          }
        )
      )
    );
    expect(errors).toEqual([]);
    expect(formatted.filter((text) => /[{}<>]/.test(text))).toEqual([]);
  });

  it('is Chinese, but for names and formats', () => {
    const latin = ours.filter(([, text]) => !/\p{Script=Han}/u.test(text)).map(([key]) => key);
    expect(latin).toEqual(ALIKE);
  });
});
