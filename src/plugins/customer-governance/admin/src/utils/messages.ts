import type en from '../translations/en.json';

import { PLUGIN_ID } from '../pluginId';

type FullMessageId = keyof typeof en;

type Strip<Id> = Id extends `customer-governance.${infer Rest}` ? Rest : never;

/** A message of this plugin, without the prefix; the compiler knows every one. */
export type MessageId = Strip<FullMessageId>;

/** The id under which Strapi keeps a message of this plugin. */
export const messageId = (id: MessageId): string => `${PLUGIN_ID}.${id}`;

type Messages = Record<string, string>;

const LOADERS: Record<string, () => Promise<{ default: Messages }>> = {
  en: () => import('../translations/en.json'),
  'zh-Hans': () => import('../translations/zh-Hans.json'),
};

/** Loads the messages of each locale that the panel offers; a locale that we do not have falls back to English. */
export const loadMessages = async (
  locales: string[]
): Promise<{ data: Messages; locale: string }[]> =>
  Promise.all(
    locales.map(async (locale) => {
      const load = LOADERS[locale];
      return { locale, data: load ? (await load()).default : {} };
    })
  );
