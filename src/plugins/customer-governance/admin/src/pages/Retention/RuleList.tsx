import * as React from 'react';

import {
  Badge,
  Button,
  Flex,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
  VisuallyHidden,
} from '@strapi/design-system';
import { Plus } from '@strapi/icons';

import { apiPath } from '../../api/paths';
import type { RetentionRules } from '../../api/retention';
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
  const columns = [
    t('rule.code'),
    t('rule.scope'),
    t('rule.term'),
    t('rule.counts'),
    t('rule.origin'),
  ];
  return (
    <Table colCount={columns.length + 1} rowCount={rules.length + 1}>
      <Thead>
        <Tr>
          {columns.map((title) => (
            <Th key={title}>
              <Typography variant="sigma">{title}</Typography>
            </Th>
          ))}
          <Th>
            <VisuallyHidden>{t('rule.change')}</VisuallyHidden>
          </Th>
        </Tr>
      </Thead>
      <Tbody>
        {rules.map((rule) => (
          <Tr key={rule.code}>
            <Td>
              <Typography fontWeight="semiBold">{rule.code}</Typography>
            </Td>
            <Td>
              <Typography>{scope(rule)}</Typography>
            </Td>
            <Td>
              <Typography>{term(rule)}</Typography>
            </Td>
            <Td>
              <Typography>{condition(rule)}</Typography>
            </Td>
            <Td>
              <Badge>{t(rule.origin === 'policy' ? 'rule.ofPolicy' : 'rule.ofPanel')}</Badge>
            </Td>
            <Td>
              {mayPropose && rule.origin === 'panel' && (
                <Flex gap={2}>
                  <Button variant="tertiary" onClick={() => onChange(rule, 'change')}>
                    {t('rule.change')}
                  </Button>
                  <Button variant="tertiary" onClick={() => onChange(rule, 'delete')}>
                    {t('rule.end')}
                  </Button>
                </Flex>
              )}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
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
