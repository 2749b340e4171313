import * as React from 'react';

import type { RetentionRule } from '../../api/retention';
import type { PurposeRef } from '../../api/types';
import { useAttributeLabel, useLocalText, useTranslate } from '../../hooks/useTranslate';
import { useFormat } from '../../hooks/useFormat';
import { PLUGIN_ID } from '../../pluginId';
import { bareAttribute } from '../../utils/names';

export const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;

type Worded = RetentionRule & { purpose?: PurposeRef | string | null };

interface RuleWords {
  /** What the rule speaks of: the whole customer, a category, attributes. */
  scope: (rule: Worded) => string;
  /** How long, from when. */
  term: (rule: Worded) => string;
  /** For whom and for which purpose it counts. */
  condition: (rule: Worded) => string;
}

/** A retention rule in the user's language. */
export const useRuleWords = (): RuleWords => {
  const t = useTranslate();
  const local = useLocalText();
  const label = useAttributeLabel();
  const { list } = useFormat();
  return React.useMemo(
    () => ({
      scope: ({ attributes, category }) => {
        if (attributes) return list(attributes.map((path) => label(CUSTOMER, bareAttribute(path))));
        return category === 'all' ? t('rule.wholeCustomer') : t(`category.${category}`);
      },
      term: ({ event, atMostMonths, atLeastMonths }) => {
        const from = t(`retention.event.${event}`);
        const parts = [
          atLeastMonths !== undefined && t('rule.atLeast', { months: atLeastMonths, event: from }),
          atMostMonths === 0 && t('rule.atOnce', { event: from }),
          Boolean(atMostMonths) && t('rule.atMost', { months: atMostMonths, event: from }),
        ];
        return parts.filter(Boolean).join(' · ');
      },
      condition: ({ customerClass, purpose }) => {
        const who =
          customerClass === 'all' ? t('rule.everyCustomer') : t(`retention.class.${customerClass}`);
        if (!purpose) return who;
        return `${who} · ${typeof purpose === 'string' ? purpose : local(purpose.name)}`;
      },
    }),
    [label, list, local, t]
  );
};
