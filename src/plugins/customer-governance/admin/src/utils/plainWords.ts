import { PLUGIN_ID } from '../pluginId';

/** What somebody wrote as the end of a sentence: with a full stop, unless it ends as a sentence by itself. */
export const asEnd = (text: string, fullStop: string): string =>
  /[.。!！?？…]$/u.test(text.trim()) ? text.trim() : `${text.trim()}${fullStop}`;

/** How the records of a type are counted in a sentence; those of the project's own types are just records. */
export const countedAs = (type: string): 'customer' | 'contact' | 'record' => {
  if (type === `plugin::${PLUGIN_ID}.customer`) return 'customer';
  return type === `plugin::${PLUGIN_ID}.contact` ? 'contact' : 'record';
};
