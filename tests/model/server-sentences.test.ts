import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { whyInactive } from '../../src/plugins/customer-governance/server/src/collection/plans/form';
import { reasonOf } from '../../src/plugins/customer-governance/server/src/customers/duplicates/telling';
import { translatorOf } from '../../src/plugins/customer-governance/server/src/translations/language';
import sentences from '../../src/plugins/customer-governance/server/src/translations/zh-Hans.json';
import words from '../../src/plugins/customer-governance/server/src/translations/zh-Hans.words.json';
import { serverSentences } from './server-sentences';

const FOLDER = join(__dirname, '../../src/plugins/customer-governance/server/src/translations');
const catalogue: Record<string, string> = sentences;
const places = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(([place]) => place).sort();

describe('the sentences that the server answers with', () => {
  const told = serverSentences();

  it('are found in its source', () => {
    expect(told.length).toBeGreaterThan(500);
    expect(told.map(({ text }) => text)).toContain('Nobody decides their own request.');
  });

  it('are all in the Chinese catalogue', () => {
    const missing = told.filter(({ text }) => !Object.hasOwn(catalogue, text));
    expect(missing).toEqual([]);
  });

  it('are all that is in it', () => {
    const known = new Set(told.map(({ text }) => text));
    expect(Object.keys(catalogue).filter((text) => !known.has(text))).toEqual([]);
  });

  it('are filled with the same in both languages', () => {
    const differing = Object.entries(catalogue).filter(
      ([text, translation]) => places(text).join() !== places(translation).join()
    );
    expect(differing).toEqual([]);
  });

  it('are Chinese in the catalogue', () => {
    const foreign = Object.values({ ...catalogue, ...words }).filter(
      (text) => !/\p{Script=Han}/u.test(text.replace(/\{\d+\}/g, ''))
    );
    expect(foreign).toEqual([]);
  });

  it('end as they end in English, so that they can follow the name of an attribute', () => {
    const differing = Object.entries(catalogue).filter(
      ([text, translation]) => text.endsWith('.') !== translation.endsWith('。')
    );
    expect(differing).toEqual([]);
  });

  it('are each translated as themselves, and not as another one that fits', () => {
    const translate = translatorOf('zh-Hans');
    const filled = (text: string) => text.replace(/\{(\d+)\}/g, '<$1>');
    const differing = Object.entries(catalogue)
      .map(([text, translation]) => [text, translate(filled(text)), filled(translation)])
      .filter(([, answer, expected]) => answer !== expected);
    expect(differing).toEqual([]);
  });

  it('are Chinese to their end when they are put together of others', () => {
    const translate = translatorOf('zh-Hans');
    const file = { key: 'company-name', attribute: 'companyName' } as const;
    expect(translate(reasonOf({ ...file, filingNumber: 'K-1', department: '销售部' }))).toBe(
      '同名的企业已在档（档案编号：K-1，所属部门：销售部）。请在该档案中添加联系人或更新信息，勿重复录入'
    );
    expect(translate(reasonOf({ ...file, filingNumber: null, department: null }))).toContain(
      '（尚未建档，无所属部门）'
    );
    const plan = { code: 'P-1', state: 'draft' };
    expect(
      translate(`plan: ${whyInactive(plan, '2026-01-01')}. Choose a plan that is active today`)
    ).toBe('plan：计划 P-1 为草稿。请选择当日有效的计划');
  });

  it.each(['zh-Hans.json', 'zh-Hans.words.json'])('stand once in %s', (file) => {
    const keys = [
      ...readFileSync(join(FOLDER, file), 'utf8').matchAll(/^ {2}("(?:[^"\\]|\\.)*"):/gm),
    ];
    const names = keys.map(([, name]) => name);
    expect(names.length).toBe(
      Object.keys(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as object).length
    );
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});
