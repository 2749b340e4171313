/** The plugin's id: prefix of its routes, permissions, messages and types. */
export const PLUGIN_ID = 'customer-governance';

/** Where the plugin's pages live in the panel. */
export const PANEL_PATH = `/plugins/${PLUGIN_ID}`;

/** The type of customers. */
export const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;

/** The type of files of customers. */
export const ATTACHMENT = `plugin::${PLUGIN_ID}.attachment`;

/** The custom field that seals an attribute; a type that uses it is governed. */
export const PROTECTED_FIELD_UID = `plugin::${PLUGIN_ID}.protected`;

/** Which language the panel is read in, as the server reads it. */
export const LANGUAGE_COOKIE = 'governance-language';
