import { useAuth } from '@strapi/strapi/admin';

import { actionId, type GovernanceAction } from '../permissions';

/**
 * Whether the user's roles hold an action. It only decides what to offer:
 * the server decides again, conditions included, when the offer is taken.
 */
export const usePermission = (action: GovernanceAction): boolean => {
  const permissions = useAuth('usePermission', (state) => state.permissions);
  const wanted = actionId(action);
  return permissions.some((permission) => permission.action === wanted);
};

/** The actions among the given ones that the user holds. */
export const usePermissions = (): ((actions: readonly { action: string }[]) => boolean) => {
  const permissions = useAuth('usePermissions', (state) => state.permissions);
  return (actions) =>
    actions.some(({ action }) => permissions.some((permission) => permission.action === action));
};
