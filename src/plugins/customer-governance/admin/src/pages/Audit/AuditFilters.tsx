import * as React from 'react';

import {
  Button,
  DatePicker,
  Field,
  Flex,
  Grid,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  TimePicker,
} from '@strapi/design-system';
import { Search } from '@strapi/icons';
import { useIntl } from 'react-intl';

import type { Purpose } from '../../api/types';
import { ACTION_GROUPS, AUDIT_ACTIONS, CHANNELS, OUTCOMES } from '../../api/vocabulary';
import { useLocalText, useTerm, useTranslate } from '../../hooks/useTranslate';
import { ActorField } from './ActorField';
import {
  dateOf,
  dayOf,
  momentOf,
  NO_FILTERS,
  timeOf,
  type FilterName,
  type Filters,
} from './filters';

interface AuditFiltersProps {
  filters: Filters;
  purposes: Purpose[];
  onApply: (filters: Filters) => void;
}

interface Choice {
  value: string;
  label: string;
}

const EVERY = 'all';

interface FilterFieldProps {
  name: FilterName;
  wide?: boolean;
  children: React.ReactNode;
}

const FilterField = ({ name, wide, children }: FilterFieldProps) => {
  const t = useTranslate();
  return (
    <Grid.Item col={wide ? 6 : 3} s={wide ? 12 : 6} xs={12} direction="column" alignItems="stretch">
      <Field.Root name={name}>
        <Field.Label>{t(`audit.filter.${name}`)}</Field.Label>
        {children}
      </Field.Root>
    </Grid.Item>
  );
};

/** The search form over the log; it takes effect with the button, not with every key. */
export const AuditFilters = ({ filters, purposes, onApply }: AuditFiltersProps) => {
  const t = useTranslate();
  const term = useTerm();
  const local = useLocalText();
  const { locale } = useIntl();
  const [draft, setDraft] = React.useState(filters);

  const set = (name: FilterName) => (value: string) =>
    setDraft((previous) => ({ ...previous, [name]: value }));

  const select = (name: FilterName, choices: Choice[]) => (
    <FilterField name={name}>
      <SingleSelect
        value={draft[name] || EVERY}
        onChange={(value) => set(name)(value === EVERY ? '' : String(value))}
      >
        <SingleSelectOption value={EVERY}>{t('common.all')}</SingleSelectOption>
        {choices.map(({ value, label }) => (
          <SingleSelectOption key={value} value={value}>
            {label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </FilterField>
  );

  const terms = (
    name: FilterName,
    vocabulary: Parameters<typeof term>[0],
    codes: readonly string[]
  ) =>
    select(
      name,
      codes.map((code) => ({ value: code, label: term(vocabulary, code) }))
    );

  const moment = (name: 'from' | 'to') => (
    <FilterField name={name} wide>
      <Flex gap={2} alignItems="flex-start">
        <Flex flex="1" direction="column" alignItems="stretch">
          <DatePicker
            locale={locale}
            value={dateOf(draft[name])}
            calendarLabel={t('audit.calendar')}
            monthSelectLabel={t('audit.month')}
            yearSelectLabel={t('audit.year')}
            clearLabel={t('audit.clear')}
            onChange={(date) => set(name)(momentOf(dayOf(date), timeOf(draft[name])))}
            onClear={() => set(name)('')}
          />
        </Flex>
        <Flex flex="1" direction="column" alignItems="stretch">
          <TimePicker
            aria-label={t(name === 'from' ? 'audit.filter.fromTime' : 'audit.filter.toTime')}
            clearLabel={t('audit.clearTime')}
            disabled={!draft[name]}
            value={timeOf(draft[name])}
            onChange={(time?: string) => set(name)(momentOf(draft[name].slice(0, 10), time ?? ''))}
            onClear={() => set(name)(draft[name].slice(0, 10))}
          />
        </Flex>
      </Flex>
    </FilterField>
  );

  return (
    <form
      role="search"
      aria-label={t('audit.filters')}
      onSubmit={(event) => {
        event.preventDefault();
        onApply(draft);
      }}
    >
      <Flex
        direction="column"
        alignItems="stretch"
        gap={4}
        padding={5}
        background="neutral0"
        shadow="tableShadow"
        hasRadius
      >
        <Grid.Root gap={4}>
          <FilterField name="actor">
            <ActorField value={draft.actor} onChange={set('actor')} />
          </FilterField>
          {terms('group', 'group', ACTION_GROUPS)}
          {terms('action', 'action', AUDIT_ACTIONS)}
          <FilterField name="recordId">
            <TextInput
              value={draft.recordId}
              onChange={(event) => set('recordId')(event.target.value)}
            />
          </FilterField>
          {select(
            'purpose',
            purposes.map(({ code, name }) => ({ value: code, label: local(name) }))
          )}
          {terms('outcome', 'state', OUTCOMES)}
          {terms('channel', 'channel', CHANNELS)}
          <Grid.Item col={3} s={6} xs={12} />
          {moment('from')}
          {moment('to')}
        </Grid.Root>
        <Flex gap={2} justifyContent="flex-end">
          <Button
            variant="tertiary"
            onClick={() => {
              setDraft(NO_FILTERS);
              onApply(NO_FILTERS);
            }}
          >
            {t('audit.reset')}
          </Button>
          <Button type="submit" startIcon={<Search />}>
            {t('audit.search')}
          </Button>
        </Flex>
      </Flex>
    </form>
  );
};
