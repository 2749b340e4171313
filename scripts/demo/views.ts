import type { Demo } from './context';
import { CONSENT, CONTACT, CUSTOMER } from './uids';

/** The columns of the Content Manager's lists; by itself it shows the first four attributes. */
const COLUMNS: Record<string, string[]> = {
  [CUSTOMER]: ['filingNumber', 'name', 'mobile', 'companyName', 'filingState', 'stage', 'owner'],
  [CONTACT]: ['name', 'mobile', 'position', 'role', 'customer'],
  [CONSENT]: ['reference', 'customer', 'purpose', 'scope', 'state', 'givenAt'],
};

interface Configuration {
  settings: Record<string, unknown>;
  metadatas: Record<string, unknown>;
  layouts: { list: string[]; edit: unknown };
}

/** By filing number: by name, the order of masks would tell nothing. */
const SORTING: Record<string, object> = {
  [CUSTOMER]: { defaultSortBy: 'filingNumber', defaultSortOrder: 'ASC' },
};

/** Arranges the lists so that they show what the demo is about. */
export async function arrangeLists({ strapi }: Demo): Promise<void> {
  const service = strapi.plugin('content-manager').service('content-types');
  for (const [uid, list] of Object.entries(COLUMNS)) {
    const { settings, metadatas, layouts }: Configuration = await service.findConfiguration({
      uid,
    });
    await service.updateConfiguration(
      { uid },
      { settings: { ...settings, ...SORTING[uid] }, metadatas, layouts: { ...layouts, list } }
    );
  }
}
