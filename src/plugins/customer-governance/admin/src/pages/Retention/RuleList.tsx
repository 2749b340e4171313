import * as React from 'react';

import { Badge, Button, Flex, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';

import { apiPath } from '../../api/paths';
import type { RetentionRules } from '../../api/retention';
import { DataTable, type Column } from '../../components/DataTable';
import { Notice } from '../../components/Notice';
import { ResourceView } from '../../components/ResourceView';
import { useRuleWords } from '../../components/RetentionRules/useRuleWords';
import { usePermission } from '../../hooks/usePermission';
import { useResource } from '../../hooks/useResource';
import { useTranslate } from '../../hooks/useTranslate';
import { RuleChangeDialog } from './RuleChangeDialog';
import { RuleChangeList } from './RuleChangeList';
import { draftOf, EMPTY_DRAFT, type RuleDraft } from './ruleDraft';

type Rule = RetentionRules['rules'][number];

interface RuleTableProps {
  rules: Rule[];
  mayPropose: boolean;
  onChange: (rule: Rule, operation: 'change' | 'delete') => void;
}

const RuleTable = ({ rules, mayPropose, onChange }: RuleTableProps) => {
  const t = useTranslate();
  const { scope, term, condition } = useRuleWords();
  const actions = (rule: Rule) =>
    rule.origin === 'panel' && (
      <Flex gap={2}>
        <Button variant="tertiary" onClick={() => onChange(rule, 'change')}>
          {t('rule.change')}
        </Button>
        <Button variant="tertiary" onClick={() => onChange(rule, 'delete')}>
          {t('rule.end')}
        </Button>
      </Flex>
    );
  const columns: Column<Rule>[] = [
    { title: t('rule.code'), cell: ({ code }) => <strong>{code}</strong> },
    { title: t('rule.scope'), maxWidth: '24rem', cell: scope },
    { title: t('rule.term'), maxWidth: '28rem', cell: term },
    { title: t('rule.counts'), maxWidth: '24rem', cell: condition },
    {
      title: t('rule.origin'),
      cell: ({ origin }) => (
        <Badge>{t(origin === 'policy' ? 'rule.ofPolicy' : 'rule.ofPanel')}</Badge>
      ),
    },
    ...(mayPropose ? [{ title: t('rule.change'), titleHidden: true, cell: actions }] : []),
  ];
  return (
    <DataTable
      label={t('retention.rules')}
      columns={columns}
      rows={rules}
      idOf={({ code }) => code}
    />
  );
};

/** The retention rules in force, and the changes of them that wait, were approved or rejected. */
export const RuleList = () => {
  const t = useTranslate();
  const mayPropose = usePermission('retention.rules');
  const resource = useResource<RetentionRules>(apiPath('/retention/rules'));
  const [draft, setDraft] = React.useState<RuleDraft | null>(null);
  const [round, setRound] = React.useState(0);

  const done = (): void => {
    setDraft(null);
    setRound((count) => count + 1);
    resource.reload();
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      <Flex justifyContent="space-between" gap={4}>
        <Typography textColor="neutral600">{t('rule.intro')}</Typography>
        {mayPropose && (
          <Button startIcon={<Plus />} onClick={() => setDraft(EMPTY_DRAFT)}>
            {t('rule.propose')}
          </Button>
        )}
      </Flex>
      <ResourceView resource={resource}>
        {(data) => (
          <>
            <RuleTable
              rules={data.rules}
              mayPropose={mayPropose}
              onChange={(rule, operation) => setDraft(draftOf(rule, operation))}
            />
            {data.conflicts.map(({ maximum, minimum }) => (
              <Notice key={`${maximum} ${minimum}`} tone="warning">
                {t('rule.conflict', { maximum, minimum })}
              </Notice>
            ))}
            {draft && (
              <RuleChangeDialog
                draft={draft}
                choices={data}
                onDone={done}
                onClose={() => setDraft(null)}
              />
            )}
          </>
        )}
      </ResourceView>
      <Typography tag="h2" variant="beta">
        {t('rule.changes')}
      </Typography>
      <RuleChangeList key={round} />
    </Flex>
  );
};
