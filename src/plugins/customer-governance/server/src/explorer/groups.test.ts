import { AUDIT_ACTIONS } from '../audit/actions';
import { ACTION_GROUPS, actionsOf, groupOf, isGrouped } from './groups';

describe('the groups of actions', () => {
  it('name every action of the log', () => {
    expect(Object.keys(AUDIT_ACTIONS).filter((action) => !isGrouped(action))).toEqual([]);
  });

  it('have each action once', () => {
    const actions = ACTION_GROUPS.flatMap(actionsOf);
    expect([...actions].sort()).toEqual(Object.keys(AUDIT_ACTIONS).sort());
  });

  it('put reading apart from changing', () => {
    expect(groupOf('record.view')).toBe('reading');
    expect(groupOf('record.update')).toBe('changes');
  });
});
