import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  test as base,
  expect,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from '@playwright/test';
import { demoLogins } from '../../../scripts/demo/seed';
import { dataFolder } from './database';

export { expect } from '@playwright/test';

/** The part of the demo logins' addresses before the @. */
export type Who =
  | 'li.na'
  | 'zhou.wei'
  | 'wang.fang'
  | 'zhao.min'
  | 'liu.yang'
  | 'chen.jing'
  | 'sun.lei'
  | 'wu.ting'
  | 'zheng.kai'
  | 'xu.jie'
  | 'he.yun'
  | 'lin.feng'
  | 'admin';

type Language = 'en' | 'zh-Hans';
type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

interface People {
  /** A page of the panel for a person who has signed in, in a browser of their own. */
  as: (who: Who, language?: Language) => Promise<Page>;
}

interface Browsers {
  /** Everybody's own browser, with what it has kept: the session, and the panel's code. */
  browserOf: (who: Who, language: Language) => Promise<BrowserContext>;
}

const CONTENT_MANAGER = '/admin/content-manager/collection-types';
const CUSTOMER = 'plugin::customer-governance.customer';
const IMAGES = path.resolve(__dirname, '../../../docs/images');

/**
 * Everybody signs in once, and later pages go on with that session: Strapi takes few logins a minute. In files, because a
 * failing test ends the process that tests run in.
 */
const sessions = (): string => path.join(dataFolder(), 'sessions');
const sessionOf = (who: Who): string => path.join(sessions(), `${who}.json`);

/** What the browser of the first who signed in kept. */
function firstSession(): Session | undefined {
  const [first] = existsSync(sessions()) ? readdirSync(sessions()) : [];
  if (!first) return undefined;
  return JSON.parse(readFileSync(path.join(sessions(), first), 'utf8')) as Session;
}

export const loginOf = (who: Who) => {
  const login = demoLogins.find(({ email }) => email.startsWith(`${who}@`));
  if (!login) throw new Error(`The demo has no login ${who}.`);
  return login;
};

/** Signs in as a person does, and puts Strapi's announcement away. */
async function signIn(page: Page, who: Who): Promise<void> {
  const { email, password } = loginOf(who);
  await page.goto('/admin/auth/login');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.waitForURL(/\/admin\/?$/);
  const announcement = page.getByText('Introducing the new Media Library');
  await expect(announcement).toBeVisible();
  await page.getByRole('button', { name: 'Close the banner.' }).click();
  await expect(announcement).toBeHidden();
}

export const test = base.extend<People, Browsers>({
  browserOf: [
    async ({ browser }, use) => {
      const opened = new Map<string, BrowserContext>();
      await use(async (who, language) => {
        const key = `${who} ${language}`;
        const context = opened.get(key) ?? (await openBrowser(browser, who, language));
        opened.set(key, context);
        return context;
      });
      await Promise.all([...opened.values()].map((context) => context.close()));
    },
    { scope: 'worker' },
  ],

  as: async ({ browserOf }, use) => {
    const pages: Page[] = [];
    await use(async (who, language = 'en') => {
      const page = await (await browserOf(who, language)).newPage();
      pages.push(page);
      return page;
    });
    await Promise.all(pages.map((page) => page.close()));
  },
});

/**
 * Signs in as the panel does, without its pages. What else the browser of the first one kept, such as that the announcement
 * was put away, is kept here too.
 */
async function signInBehind(browser: Browser, who: Who, first: Session): Promise<BrowserContext> {
  const deviceId = randomUUID();
  const origins = first.origins.map(({ origin, localStorage }) => ({
    origin,
    localStorage: localStorage.map(({ name, value }) => ({
      name,
      value: name === 'strapi.admin.deviceId' ? deviceId : value,
    })),
  }));
  const context = await browser.newContext({ storageState: { cookies: [], origins } });
  const { email, password } = loginOf(who);
  const answer = await context.request.post('/admin/login', {
    data: { email, password, deviceId, rememberMe: false },
  });
  const { data } = (await answer.json()) as { data: { token: string } };
  const cookie = first.cookies.find(({ name }) => name === 'jwtToken');
  if (!cookie) throw new Error('The panel keeps its session elsewhere than the tests think.');
  await context.addCookies([{ ...cookie, value: encodeURIComponent(data.token) }]);
  return context;
}

/** The browser of whoever signs in as the first: by the form, as a person does. */
async function signInByForm(browser: Browser, who: Who): Promise<BrowserContext> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, who);
  await page.close();
  return context;
}

async function openBrowser(
  browser: Browser,
  who: Who,
  language: Language
): Promise<BrowserContext> {
  const session = sessionOf(who);
  const known = existsSync(session);
  const first = firstSession();
  const context = known
    ? await browser.newContext({ storageState: session })
    : first
      ? await signInBehind(browser, who, first)
      : await signInByForm(browser, who);
  if (!known) await context.storageState({ path: session });
  const chosen = JSON.stringify(language);
  await context.addInitScript(`localStorage.setItem('strapi-admin-language', ${chosen})`);
  return context;
}

/** The address of a page of the plugin. */
export const governance = (page: string): string => `/admin/plugins/customer-governance/${page}`;

/** The address of the list of customers, found by a text where one is given. */
export const customerList = (search?: string): string =>
  `${CONTENT_MANAGER}/${CUSTOMER}${search ? `?_q=${encodeURIComponent(search)}` : ''}`;

/** The address of a customer's form. */
export const customerForm = (documentId: string): string =>
  `${CONTENT_MANAGER}/${CUSTOMER}/${documentId}`;

/** A label as it reads: required ones end in a star. */
const labelled = (label: string): RegExp =>
  new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\*?$`);

/** An input of a form or dialog by its label. */
export const field = (scope: Page | Locator, label: string) => scope.getByLabel(labelled(label));

/** One of the buttons under a protected attribute. */
export const fieldButton = (page: Page, action: string, label: string) =>
  page.getByRole('button', { name: `${action}: ${label}`, exact: true });

/** What the panel says at its top for a while. */
export const notification = (page: Page) =>
  page.getByRole('region', { name: /^Notifications/ }).getByRole('listitem');

/**
 * Goes on to a page of the panel as a link in it does, without loading the panel anew, which takes longer than the page. What
 * the panel has read before may be shown again.
 */
export async function follow(page: Page, address: string): Promise<void> {
  if (page.url() === 'about:blank') {
    await page.goto(address);
    return;
  }
  const target = JSON.stringify(address);
  await page.evaluate(
    `history.pushState(null, '', ${target}); dispatchEvent(new PopStateEvent('popstate'));`
  );
}

/** Scrolls back to where a page begins, whichever of its parts scrolls. */
export const toTop = (page: Page) =>
  page.evaluate("document.querySelectorAll('*').forEach((part) => { part.scrollTop = 0; })");

/** Takes a picture for the README's tour; only where pictures are asked for. */
export async function picture(
  page: Page,
  name: string,
  { withNotification = false } = {}
): Promise<void> {
  if (process.env.SCREENSHOTS !== '1') return;
  if (!withNotification) await expect(notification(page)).toHaveCount(0);
  await page.evaluate('document.fonts.ready');
  await page.screenshot({ path: path.join(IMAGES, `${name}.png`), animations: 'disabled' });
}

/** Asks the server as the page's person, past the panel. */
export async function ask(
  page: Page,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  address: string,
  data?: object
): Promise<{ status: number; body: unknown }> {
  const cookies = await page.context().cookies();
  const token = cookies.find(({ name }) => name === 'jwtToken')?.value ?? '';
  const answer = await page.request.fetch(address, {
    method,
    headers: { Authorization: `Bearer ${decodeURIComponent(token)}` },
    ...(data ? { data } : {}),
  });
  const text = await answer.text();
  const isJson = answer.headers()['content-type']?.includes('json') ?? false;
  return { status: answer.status(), body: isJson ? JSON.parse(text) : text };
}

/** Chooses an option of a select. */
export async function choose(scope: Page | Locator, label: string, option: string): Promise<void> {
  await scope.getByRole('combobox', { name: labelled(label) }).click();
  // The options hang at the end of the page, outside any dialog.
  const page = 'goto' in scope ? scope : scope.page();
  await page.getByRole('option', { name: option, exact: true }).click();
}
