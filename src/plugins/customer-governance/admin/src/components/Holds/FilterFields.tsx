import * as React from 'react';

import { Button, Flex, Grid, Typography } from '@strapi/design-system';
import { Search } from '@strapi/icons';

import type { HoldOptions } from '../../api/types';
import { useFormat } from '../../hooks/useFormat';
import { useSubmission } from '../../hooks/useSubmission';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { ChoiceField, DayField } from '../fields';
import { PLUGIN_ID } from '../../pluginId';
import { Notice } from '../Notice';
import { holdFilter, type FilterDraft } from './filter';

interface FilterFieldsProps {
  options: HoldOptions;
  draft: FilterDraft;
  error?: string;
  onChange: (part: Partial<FilterDraft>) => void;
}

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;
/** The design system's select takes no empty value. */
const ANY = 'any';
const KINDS = ['person', 'company'] as const;

/** How many customers the filter fits at this moment. */
const Preview = ({ draft }: { draft: FilterDraft }) => {
  const t = useTranslate();
  const { number } = useFormat();
  const submission = useSubmission();
  const [found, setFound] = React.useState<{ draft: FilterDraft; customers: number } | null>(null);
  const filter = holdFilter(draft);

  const look = async (): Promise<void> => {
    const answer = await submission.post<{ customers: number }>('/legal-holds/preview', { filter });
    if (answer) setFound({ draft, customers: answer.customers });
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Flex gap={3} wrap="wrap">
        <Button
          variant="tertiary"
          startIcon={<Search />}
          disabled={!filter}
          loading={submission.busy}
          onClick={() => void look()}
        >
          {t('hold.preview')}
        </Button>
        {/* Of another filter than the one that stands there now, the number says nothing. */}
        <Typography role="status" fontWeight="semiBold">
          {found?.draft === draft &&
            t('hold.fits', { count: found.customers, shown: number(found.customers) })}
        </Typography>
      </Flex>
      {submission.error && <Notice tone="danger">{submission.error}</Notice>}
    </Flex>
  );
};

/** Which customers a hold by filter covers, in the words of the form. */
export const FilterFields = ({ options, draft, error, onChange }: FilterFieldsProps) => {
  const t = useTranslate();
  const label = useAttributeLabel();
  const any = { value: ANY, label: t('hold.any') };
  const choice = (
    name: 'kind' | 'department' | 'keyCustomer',
    choices: Array<{ value: string; label: string }>
  ) => (
    <Grid.Item col={4} xs={12} direction="column" alignItems="stretch">
      <ChoiceField
        name={name}
        label={label(CUSTOMER, name)}
        value={draft[name] || ANY}
        choices={[any, ...choices]}
        onChange={(value) => onChange({ [name]: value === ANY ? '' : value })}
      />
    </Grid.Item>
  );
  const day = (name: keyof FilterDraft, text: string) => (
    <Grid.Item col={6} xs={12} direction="column" alignItems="stretch">
      <DayField
        name={name}
        label={text}
        value={draft[name]}
        onChange={(value) => onChange({ [name]: value })}
      />
    </Grid.Item>
  );
  const span = (attribute: string, from: keyof FilterDraft, to: keyof FilterDraft) => {
    const named = { attribute: label(CUSTOMER, attribute) };
    return (
      <>
        {day(from, t('hold.from', named))}
        {day(to, t('hold.to', named))}
      </>
    );
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Grid.Root gap={4}>
        {choice(
          'kind',
          KINDS.map((kind) => ({ value: kind, label: t(`hold.kind.${kind}`) }))
        )}
        {choice(
          'department',
          options.departments.map(({ documentId, name }) => ({ value: documentId, label: name }))
        )}
        {choice('keyCustomer', [
          { value: 'yes', label: t('hold.yes') },
          { value: 'no', label: t('hold.no') },
        ])}
        {span('lastContactOn', 'lastContactFrom', 'lastContactTo')}
        {span('relationEndedOn', 'relationEndedFrom', 'relationEndedTo')}
      </Grid.Root>
      <Preview draft={draft} />
      {error && (
        <Typography role="alert" variant="pi" textColor="danger600">
          {error}
        </Typography>
      )}
    </Flex>
  );
};
