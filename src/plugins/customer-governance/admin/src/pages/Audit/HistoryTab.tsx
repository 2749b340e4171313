import * as React from 'react';

import {
  Button,
  Field,
  Flex,
  Grid,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { Search } from '@strapi/icons';
import { useSearchParams } from 'react-router-dom';

import { apiPath } from '../../api/paths';
import type { AuditEntryView, Purpose } from '../../api/types';
import { LoadMore } from '../../components/LoadMore';
import { Notice } from '../../components/Notice';
import { Nothing, ResourceView } from '../../components/ResourceView';
import { usePages } from '../../hooks/usePages';
import { usePermission } from '../../hooks/usePermission';
import { useSubmission } from '../../hooks/useSubmission';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { EntryTimeline } from './EntryTimeline';
import { ExportButtons } from './ExportButtons';

const CUSTOMER = 'plugin::customer-governance.customer';
/** By which customers are usually asked for. */
const LOOKED_UP = ['mobile', 'residentId', 'email', 'bankCard'] as const;
const ORDERS = ['newest', 'oldest'] as const;

/** Finds customers by an exact value; the value travels in the body alone, and the look-up is logged. */
const LookUp = ({ onFound }: { onFound: (documentId: string) => void }) => {
  const t = useTranslate();
  const label = useAttributeLabel();
  const submission = useSubmission();
  const [attribute, setAttribute] = React.useState<string>(LOOKED_UP[0]);
  const [value, setValue] = React.useState('');
  const [found, setFound] = React.useState<string[]>();

  const look = async (): Promise<void> => {
    const answer = await submission.post<{ documentIds: string[] }>('/lookup', {
      type: CUSTOMER,
      attribute,
      value: value.trim(),
    });
    if (!answer) return;
    if (answer.documentIds.length === 1) onFound(answer.documentIds[0]);
    else setFound(answer.documentIds);
  };

  return (
    <form
      aria-label={t('audit.lookup')}
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Grid.Root gap={4}>
          <Grid.Item col={3} s={6} xs={12} direction="column" alignItems="stretch">
            <Field.Root name="attribute">
              <Field.Label>{t('audit.lookup.attribute')}</Field.Label>
              <SingleSelect value={attribute} onChange={(next) => setAttribute(String(next))}>
                {LOOKED_UP.map((name) => (
                  <SingleSelectOption key={name} value={name}>
                    {label(CUSTOMER, name)}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            </Field.Root>
          </Grid.Item>
          <Grid.Item col={4} s={6} xs={12} direction="column" alignItems="stretch">
            <Field.Root name="value">
              <Field.Label>{t('audit.lookup.value')}</Field.Label>
              <TextInput
                value={value}
                autoComplete="off"
                onChange={(event) => setValue(event.target.value)}
              />
            </Field.Root>
          </Grid.Item>
          <Grid.Item col={3} s={6} xs={12} alignItems="flex-end">
            <Button
              type="submit"
              variant="secondary"
              startIcon={<Search />}
              loading={submission.busy}
              disabled={value.trim() === ''}
            >
              {t('audit.lookup.find')}
            </Button>
          </Grid.Item>
        </Grid.Root>
        {submission.error && <Notice tone="danger">{submission.error}</Notice>}
        {found?.length === 0 && <Notice tone="neutral">{t('audit.lookup.none')}</Notice>}
        {found && found.length > 1 && (
          <Flex gap={2} wrap="wrap">
            {found.map((documentId) => (
              <Button
                key={documentId}
                size="S"
                variant="tertiary"
                onClick={() => onFound(documentId)}
              >
                {documentId}
              </Button>
            ))}
          </Flex>
        )}
      </Flex>
    </form>
  );
};

/** Everything that happened to a record, with what belongs to it and the requests that named it. */
const History = ({ recordId, purposes }: { recordId: string; purposes: Purpose[] }) => {
  const t = useTranslate();
  const [order, setOrder] = React.useState<(typeof ORDERS)[number]>('newest');
  const query = { recordId, related: 'true' };
  const entries = usePages<AuditEntryView>(apiPath('/audit-entries', { ...query, order }));
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        <Typography tag="h2" variant="delta" style={{ overflowWrap: 'anywhere' }}>
          {t('audit.history.of', { id: recordId })}
        </Typography>
        <Flex gap={2} wrap="wrap">
          <SingleSelect
            size="S"
            aria-label={t('audit.order')}
            value={order}
            onChange={(next) => setOrder(next === 'oldest' ? 'oldest' : 'newest')}
          >
            {ORDERS.map((name) => (
              <SingleSelectOption key={name} value={name}>
                {t(`audit.order.${name}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          <ExportButtons query={query} />
        </Flex>
      </Flex>
      <ResourceView
        resource={entries}
        empty={{ when: (items) => items.length === 0, text: t('audit.history.empty') }}
      >
        {(items) => (
          <>
            <EntryTimeline entries={items} purposes={purposes} subject={recordId} />
            <LoadMore pages={entries} />
          </>
        )}
      </ResourceView>
    </Flex>
  );
};

/** The whole history of a record: come to by a link, by its id, or by an exact look-up where that right is held. */
export const HistoryTab = ({ purposes }: { purposes: Purpose[] }) => {
  const t = useTranslate();
  const [search, setSearch] = useSearchParams();
  const recordId = search.get('recordId') ?? '';
  const canLookUp = usePermission('lookup');
  const [draft, setDraft] = React.useState(recordId);
  const show = (id: string): void => {
    setDraft(id);
    setSearch({ tab: 'history', recordId: id });
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      <Flex
        direction="column"
        alignItems="stretch"
        gap={5}
        padding={5}
        background="neutral0"
        shadow="tableShadow"
        hasRadius
        data-no-print
      >
        <form
          role="search"
          aria-label={t('audit.tab.history')}
          onSubmit={(event) => {
            event.preventDefault();
            show(draft.trim());
          }}
        >
          <Grid.Root gap={4}>
            <Grid.Item col={7} s={12} direction="column" alignItems="stretch">
              <Field.Root name="recordId" hint={t('audit.history.hint')}>
                <Field.Label>{t('audit.filter.recordId')}</Field.Label>
                <TextInput value={draft} onChange={(event) => setDraft(event.target.value)} />
                <Field.Hint />
              </Field.Root>
            </Grid.Item>
            <Grid.Item col={3} s={12} alignItems="flex-start" paddingTop={5}>
              <Button type="submit" size="L" disabled={draft.trim() === ''}>
                {t('audit.show')}
              </Button>
            </Grid.Item>
          </Grid.Root>
        </form>
        {canLookUp && <LookUp onFound={show} />}
      </Flex>
      {recordId === '' ? (
        <Nothing>{t('audit.history.choose')}</Nothing>
      ) : (
        <History key={recordId} recordId={recordId} purposes={purposes} />
      )}
    </Flex>
  );
};
