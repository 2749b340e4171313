import PANEL_TEXTS from '../../src/plugins/customer-governance/admin/src/translations/zh-Hans.json';
import LABELS from '../../src/plugins/customer-governance/server/src/translations/zh-Hans.attributes.json';
import type { RuleEffect as PanelEffect } from '../../src/plugins/customer-governance/admin/src/api/retention';
import {
  AUDIT_ACTIONS as PANEL_ACTIONS,
  DETAILS as PANEL_DETAILS,
} from '../../src/plugins/customer-governance/admin/src/api/vocabulary';
import { LANGUAGE_COOKIE as TOLD_BY_PANEL } from '../../src/plugins/customer-governance/admin/src/pluginId';
import {
  AUDIT_ACTIONS,
  type ActionFields,
} from '../../src/plugins/customer-governance/server/src/audit/actions';
import { LANGUAGE_COOKIE } from '../../src/plugins/customer-governance/server/src/translations/language';
import type { RuleEffect } from '../../src/plugins/customer-governance/server/src/retention/rules/rule-effect';

/** `true` where each of the two can stand for the other; it is the compiler that finds a difference. */
type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;

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

describe('the labels of attributes that the server knows', () => {
  it('are those of the forms of the panel', () => {
    const prefix = 'content-manager.content-types.plugin::customer-governance.';
    const shown = Object.entries(PANEL_TEXTS).filter(([id]) => id.startsWith(prefix));
    const known = Object.entries(LABELS).flatMap(([type, labels]) =>
      Object.entries(labels).map(([name, label]) => [`${prefix}${type}.${name}`, label])
    );
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries(shown));
  });
});

describe('the language that the panel tells', () => {
  it('stands in the cookie that the server reads', () => {
    expect(TOLD_BY_PANEL).toBe(LANGUAGE_COOKIE);
  });
});

describe('what the panel knows of retention', () => {
  it('is the effect of changed rules as the server reckons it', () => {
    const same: Same<PanelEffect, RuleEffect> = true;
    expect(same).toBe(true);
  });
});
