import type { PluginDefinition, StrapiApp } from '@strapi/strapi/admin';

import { EntryPanel } from './components/EntryPanel/EntryPanel';
import { withLateBadge } from './components/LateBadge';
import { MenuIcon } from './components/MenuIcon';
import { RecordPanel } from './components/RecordPanel/RecordPanel';
import { BulkRequestAction } from './components/RequestActions/BulkRequestAction';
import { RowRequestAction } from './components/RequestActions/RowRequestAction';
import { keepRefusedInput } from './middlewares/keepRefusedInput';
import { tellLanguage } from './middlewares/tellLanguage';
import { MENU_PERMISSIONS } from './permissions';
import { PLUGIN_ID } from './pluginId';
import { protectedField } from './protectedField';
import { loadMessages, messageId } from './utils/messages';

/** The Content Manager's hook for the columns of its lists. */
const COLUMNS = 'Admin/CM/pages/ListView/inject-column-in-table';

type Description = (props: never) => object | null;

/** What the Content Manager lets other plugins add to its pages. */
interface ContentManagerApis {
  addDocumentAction: (actions: Description[]) => void;
  addEditViewSidePanel: (panels: Description[]) => void;
  addBulkAction: (change: (actions: Description[]) => Description[]) => void;
}

const isDelete = (action: Description): boolean => 'type' in action && action.type === 'delete';

/** Before Delete, which stays last. */
const withRequestAction = (actions: Description[]): Description[] => {
  const at = actions.findIndex(isDelete);
  return at === -1
    ? [...actions, BulkRequestAction]
    : [...actions.slice(0, at), BulkRequestAction, ...actions.slice(at)];
};

const plugin: PluginDefinition = {
  register(app: StrapiApp) {
    app.registerPlugin({ id: PLUGIN_ID, name: 'Customer Governance' });

    app.addMenuLink({
      to: `plugins/${PLUGIN_ID}`,
      icon: MenuIcon,
      intlLabel: { id: messageId('plugin.name'), defaultMessage: 'Governance' },
      permissions: MENU_PERMISSIONS,
      position: 3,
      Component: () => import('./pages/App'),
    });

    app.customFields.register(protectedField);
    app.addMiddlewares([keepRefusedInput, tellLanguage]);

    const contentManager = app.getPlugin('content-manager').apis as unknown as ContentManagerApis;
    contentManager.addEditViewSidePanel([EntryPanel, RecordPanel]);
    contentManager.addDocumentAction([RowRequestAction]);
    contentManager.addBulkAction(withRequestAction);
    app.registerHook(COLUMNS, withLateBadge as never);
  },

  registerTrads: ({ locales }) => loadMessages(locales),
};

export default plugin;
