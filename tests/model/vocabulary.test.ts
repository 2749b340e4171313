import {
  AUDIT_ACTIONS as PANEL_ACTIONS,
  DETAILS as PANEL_DETAILS,
} from '../../src/plugins/customer-governance/admin/src/api/vocabulary';
import {
  AUDIT_ACTIONS,
  type ActionFields,
} from '../../src/plugins/customer-governance/server/src/audit/actions';

describe('what the panel knows of the log', () => {
  it('is every action that the server can write', () => {
    expect([...PANEL_ACTIONS].sort()).toEqual(Object.keys(AUDIT_ACTIONS).sort());
  });

  it('is every detail of an entry', () => {
    const actions: ActionFields[] = Object.values(AUDIT_ACTIONS);
    const details = actions.flatMap((known) => Object.keys(known.details ?? {}));
    expect([...PANEL_DETAILS].sort()).toEqual([...new Set(details)].sort());
  });
});
