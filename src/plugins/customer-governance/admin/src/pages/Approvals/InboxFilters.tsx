import * as React from 'react';

import {
  Box,
  Button,
  Checkbox,
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  TextInput,
} from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import { LEVELS } from '../../api/vocabulary';
import { useResource } from '../../hooks/useResource';
import { useDetailValue, useTerm, useTranslate } from '../../hooks/useTranslate';
import { isFiltered, NO_FILTERS, type Filters } from './filters';

interface InboxFiltersProps {
  filters: Filters;
  onApply: (filters: Filters) => void;
}

interface Choice {
  value: string;
  label: string;
}

const EVERY = 'all';

/** Narrows the inbox. Choices take effect at once, the name with the Enter key. */
export const InboxFilters = ({ filters, onApply }: InboxFiltersProps) => {
  const t = useTranslate();
  const term = useTerm();
  const detailValue = useDetailValue();
  const { data } = useResource<{ kinds: string[] }>(apiPath('/approvals/kinds'));
  const [requester, setRequester] = React.useState(filters.requester);

  // A link to other filters, or the way back, fills the field anew.
  React.useEffect(() => setRequester(filters.requester), [filters.requester]);

  // What stands in the name's field goes with every choice, so that it is not lost.
  const apply = (change: Partial<Filters>): void => onApply({ ...filters, requester, ...change });

  const select = (name: 'kind' | 'sensitivity', choices: Choice[]) => (
    <Box width={{ initial: '100%', small: '18rem' }}>
      <Field.Root name={name}>
        <Field.Label>{t(`approvals.filter.${name}`)}</Field.Label>
        <SingleSelect
          size="S"
          value={filters[name] || EVERY}
          onChange={(value) => apply({ [name]: value === EVERY ? '' : String(value) })}
        >
          <SingleSelectOption value={EVERY}>{t('common.all')}</SingleSelectOption>
          {choices.map(({ value, label }) => (
            <SingleSelectOption key={value} value={value}>
              {label}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
    </Box>
  );

  const tick = (name: 'overdue' | 'inPlace') => (
    <Flex minHeight="3.2rem">
      <Checkbox
        checked={filters[name] === 'true'}
        onCheckedChange={(ticked) => apply({ [name]: ticked === true ? 'true' : '' })}
      >
        {t(`approvals.filter.${name}`)}
      </Checkbox>
    </Flex>
  );

  return (
    <form
      role="search"
      aria-label={t('approvals.filters')}
      onSubmit={(event) => {
        event.preventDefault();
        apply({});
      }}
    >
      <Flex alignItems="flex-end" gap={3} wrap="wrap" paddingBottom={4}>
        {select(
          'kind',
          (data?.kinds ?? []).map((kind) => ({ value: kind, label: detailValue('kind', kind) }))
        )}
        {select(
          'sensitivity',
          LEVELS.map((level) => ({ value: level, label: term('level', level) }))
        )}
        <Box width={{ initial: '100%', small: '20rem' }}>
          <Field.Root name="requester">
            <Field.Label>{t('approvals.filter.requester')}</Field.Label>
            <TextInput
              size="S"
              maxLength={100}
              value={requester}
              onChange={(event) => setRequester(event.target.value)}
            />
          </Field.Root>
        </Box>
        {tick('overdue')}
        {tick('inPlace')}
        {isFiltered(filters) && (
          <Button variant="tertiary" onClick={() => onApply(NO_FILTERS)}>
            {t('approvals.clearFilters')}
          </Button>
        )}
      </Flex>
    </form>
  );
};
