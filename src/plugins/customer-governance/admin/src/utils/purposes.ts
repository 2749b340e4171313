import type { Purpose } from '../api/types';
import { PLUGIN_ID } from '../pluginId';

/** The policy writes the plugin's own types short: `customer.mobile`. */
const qualifiedType = (path: string): string => {
  const type = path.slice(0, path.lastIndexOf('.'));
  return type.includes('::') ? type : `plugin::${PLUGIN_ID}.${type}`;
};

/** Whether a purpose justifies an attribute of a type. */
export const purposeCovers = (purpose: Purpose, type: string, attribute: string): boolean =>
  purpose.attributes.some((path) => qualifiedType(path) === type && path.endsWith(`.${attribute}`));
