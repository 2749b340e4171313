import type { StrapiApp } from '@strapi/strapi/admin';

import { LANGUAGE_COOKIE } from '../pluginId';

type AppMiddleware = ReturnType<StrapiApp['middlewares'][number]>;

interface StoreState {
  admin_app?: { language?: { locale?: string } };
}

/**
 * Tells the server in which language the panel is read, from the first request on: it answers in words, which it is to choose.
 * What the browser accepts is not always what somebody has chosen here.
 */
export const tellLanguage = (): AppMiddleware => (store) => {
  let told: string | undefined;
  const tell = () => {
    const locale = (store.getState() as StoreState).admin_app?.language?.locale;
    if (!locale || locale === told) return;
    told = locale;
    document.cookie = `${LANGUAGE_COOKIE}=${encodeURIComponent(locale)}; path=/; SameSite=Lax`;
  };
  return (next) => {
    tell();
    return (action) => {
      const result: unknown = next(action);
      tell();
      return result;
    };
  };
};
