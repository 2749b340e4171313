import { Flex, Typography } from '@strapi/design-system';

import type { RuleChangeView } from '../../api/retention';
import { useTranslate } from '../../hooks/useTranslate';
import { Facts } from '../Facts';
import { EffectView } from './EffectView';
import { useRuleWords } from './useRuleWords';

/** What a proposed change of a retention rule is, and what it was reckoned to do when it was proposed. */
export const RuleChangeDetails = ({ change }: { change: RuleChangeView }) => {
  const t = useTranslate();
  const { scope, term, condition } = useRuleWords();
  const inWords = (rule: RuleChangeView['after']) =>
    rule ? `${scope(rule)} · ${term(rule)} · ${condition(rule)}` : t('rule.none');
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography>{t(`rule.operation.${change.operation}`, { code: change.code })}</Typography>
      <Facts
        facts={[
          { name: t('rule.before'), value: inWords(change.before) },
          { name: t('rule.after'), value: inWords(change.after) },
          { name: t('order.reason'), value: change.reason },
        ]}
      />
      <EffectView effect={change.effect} />
    </Flex>
  );
};
