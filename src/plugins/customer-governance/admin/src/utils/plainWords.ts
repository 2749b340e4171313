import { PLUGIN_ID } from '../pluginId';

/** A text that goes on in a sentence, without the full stop of its own. */
export const withoutFinalStop = (text: string): string => text.trim().replace(/[.。．;；]+$/u, '');

/** How the records of a type are counted in a sentence; those of the project's own types are just records. */
export const countedAs = (type: string): 'customer' | 'contact' | 'record' => {
  if (type === `plugin::${PLUGIN_ID}.customer`) return 'customer';
  return type === `plugin::${PLUGIN_ID}.contact` ? 'contact' : 'record';
};
