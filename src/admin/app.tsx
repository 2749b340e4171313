import zhHans from './translations/zh-Hans.json';

/**
 * The panel speaks English and Simplified Chinese. Of Strapi's own texts the Chinese is not whole: the Content Manager
 * ships its translation with keys that bear its prefix already, gives them the prefix again, and finds none; and newer
 * texts have no translation at all. Ours are merged last, so they are found. A test names those that an update of Strapi
 * has made superfluous.
 */
export default {
  config: { locales: ['zh-Hans'], translations: { 'zh-Hans': zhHans } },
  bootstrap() {},
};
