import * as React from 'react';

import {
  Box,
  Button,
  Checkbox,
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
} from '@strapi/design-system';
import { Plus } from '@strapi/icons';

import { apiPath } from '../../api/paths';
import type { HoldOptions, HoldView } from '../../api/types';
import { HOLD_SCOPES, HOLD_STATES } from '../../api/vocabulary';
import { CardList } from '../../components/CardList';
import { IssueHoldDialog } from '../../components/Holds/IssueHoldDialog';
import { usePages } from '../../hooks/usePages';
import { usePermission } from '../../hooks/usePermission';
import { useResource } from '../../hooks/useResource';
import { useTranslate } from '../../hooks/useTranslate';
import { HoldCard } from './HoldCard';

const ALL = 'all';

interface NarrowProps {
  name: string;
  label: string;
  value: string;
  choices: Array<{ value: string; label: string }>;
  onChange: (value: string) => void;
}

const Narrow = ({ name, label, value, choices, onChange }: NarrowProps) => {
  const t = useTranslate();
  return (
    <Box minWidth="18rem">
      <Field.Root name={name}>
        <Field.Label>{label}</Field.Label>
        <SingleSelect
          size="S"
          value={value || ALL}
          onChange={(chosen) => onChange(chosen === ALL ? '' : String(chosen))}
        >
          <SingleSelectOption value={ALL}>{t('common.all')}</SingleSelectOption>
          {choices.map((choice) => (
            <SingleSelectOption key={choice.value} value={choice.value}>
              {choice.label}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
    </Box>
  );
};

/** Legal holds: those in force first of all, and those that were released, as evidence. */
export const HoldList = () => {
  const t = useTranslate();
  const mayManage = usePermission('holds.manage');
  const [state, setState] = React.useState('active');
  const [scope, setScope] = React.useState('');
  const [reviewDue, setReviewDue] = React.useState(false);
  const [issuing, setIssuing] = React.useState(false);
  const pages = usePages<HoldView>(
    apiPath('/legal-holds', { state, scope, review: reviewDue ? 'due' : '' })
  );
  const options = useResource<HoldOptions>(mayManage ? apiPath('/legal-holds/options') : null);
  const names = React.useMemo(
    () => new Map(options.data?.departments.map(({ documentId, name }) => [documentId, name])),
    [options.data]
  );

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex gap={4} wrap="wrap" alignItems="flex-end">
        <Narrow
          name="state"
          label={t('common.state')}
          value={state}
          choices={HOLD_STATES.map((value) => ({ value, label: t(`hold.state.${value}`) }))}
          onChange={setState}
        />
        <Narrow
          name="scope"
          label={t('hold.subject')}
          value={scope}
          choices={HOLD_SCOPES.map((value) => ({ value, label: t(`hold.scope.${value}`) }))}
          onChange={setScope}
        />
        <Box paddingBottom={2}>
          <Checkbox checked={reviewDue} onCheckedChange={() => setReviewDue(!reviewDue)}>
            {t('hold.onlyReviewDue')}
          </Checkbox>
        </Box>
        {mayManage && (
          <Box marginLeft="auto">
            <Button startIcon={<Plus />} onClick={() => setIssuing(true)}>
              {t('hold.issueByFilter')}
            </Button>
          </Box>
        )}
      </Flex>
      <CardList
        label={t('hold.holds')}
        pages={pages}
        empty={t('hold.none')}
        idOf={({ documentId }) => documentId}
      >
        {(hold) => <HoldCard hold={hold} names={names} onChanged={pages.reload} />}
      </CardList>
      {issuing && (
        <IssueHoldDialog
          subject={{ scope: 'filter' }}
          onDone={() => {
            setIssuing(false);
            pages.reload();
          }}
          onClose={() => setIssuing(false)}
        />
      )}
    </Flex>
  );
};
