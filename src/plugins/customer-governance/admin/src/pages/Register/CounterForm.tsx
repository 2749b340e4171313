import * as React from 'react';

import { Box, Button, Flex, Grid, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';

import { apiPath } from '../../api/paths';
import type { RegisterOptions, VisitView } from '../../api/register';
import { VISIT_KINDS } from '../../api/vocabulary';
import { ChoiceField, LineField, TicksField } from '../../components/fields';
import { Notice } from '../../components/Notice';
import { PersonField, type Choosable } from '../../components/PeopleFields';
import { ResourceView } from '../../components/ResourceView';
import { useNotify } from '../../hooks/useSubmission';
import { useResource } from '../../hooks/useResource';
import { useTranslate } from '../../hooks/useTranslate';
import { readFailure } from '../../utils/errors';
import { bodyOf, emptyDraft, type Draft } from './draft';
import { VisitCard } from './VisitCard';

/** What was entered last, with the owner that is proposed. */
const Entered = ({ visit, onChanged }: { visit: VisitView; onChanged: (v: VisitView) => void }) => {
  const t = useTranslate();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {visit.known && <Notice tone="warning">{t('register.knownHint')}</Notice>}
      <VisitCard visit={visit} onChanged={onChanged} />
    </Flex>
  );
};

interface FieldsProps {
  draft: Draft;
  options: RegisterOptions;
  set: (part: Partial<Draft>) => void;
}

const DetailFields = ({ draft, options, set }: FieldsProps) => {
  const t = useTranslate();
  const line = (name: keyof Draft, label: string, maxLength: number, required = false) => (
    <Grid.Item col={4} s={12} direction="column" alignItems="stretch">
      <LineField
        name={name}
        label={label}
        maxLength={maxLength}
        required={required}
        value={String(draft[name] ?? '')}
        onChange={(value) => set({ [name]: value })}
      />
    </Grid.Item>
  );
  return (
    <>
      <Grid.Item col={4} s={12} direction="column" alignItems="stretch">
        <ChoiceField
          name="plan"
          label={t('register.plan')}
          required
          value={draft.plan}
          choices={options.plans.map(({ documentId, title }) => ({
            value: documentId,
            label: title,
          }))}
          onChange={(plan) => set({ plan })}
        />
      </Grid.Item>
      {line('name', t('register.name'), 120, true)}
      {line('mobile', t('register.mobile'), 40, true)}
      {line('companyName', t('register.company'), 200)}
      {line('industry', t('register.industry'), 80, true)}
    </>
  );
};

const Fields = ({ draft, options, set }: FieldsProps) => {
  const t = useTranslate();
  return (
    <Grid.Root gap={4}>
      <Grid.Item col={4} s={12} direction="column" alignItems="stretch">
        <ChoiceField
          name="kind"
          label={t('register.kind')}
          required
          value={draft.kind}
          choices={VISIT_KINDS.map((kind) => ({ value: kind, label: t(`visitKind.${kind}`) }))}
          onChange={(kind) => set({ kind: kind as Draft['kind'] })}
        />
      </Grid.Item>
      <Grid.Item col={4} s={12} direction="column" alignItems="stretch">
        <ChoiceField
          name="source"
          label={t('register.source')}
          required={draft.left}
          value={draft.source}
          choices={options.sources.map((source) => ({
            value: source,
            label: t(`register.source.${source}`),
          }))}
          onChange={(source) => set({ source })}
        />
      </Grid.Item>
      <Grid.Item col={4} s={12} direction="column" alignItems="stretch">
        <PersonField
          name="staff"
          label={t('register.staff')}
          hint={t('register.staffHint')}
          from="/register/people"
          value={draft.staff}
          onChange={(staff: Choosable | null) => set({ staff })}
        />
      </Grid.Item>
      <Grid.Item col={8} s={12} direction="column" alignItems="stretch">
        <LineField
          name="interest"
          label={t('register.interest')}
          maxLength={1000}
          value={draft.interest}
          onChange={(interest) => set({ interest })}
        />
      </Grid.Item>
      <Grid.Item col={4} s={12} direction="column" alignItems="stretch">
        <LineField
          name="region"
          label={t('register.region')}
          hint={t('register.regionHint')}
          maxLength={6}
          value={draft.region}
          onChange={(region) => set({ region })}
        />
      </Grid.Item>
      <Grid.Item col={6} s={12} direction="column" alignItems="stretch">
        <LineField
          name="outcome"
          label={t('register.outcome')}
          maxLength={1000}
          value={draft.outcome}
          onChange={(outcome) => set({ outcome })}
        />
      </Grid.Item>
      <Grid.Item col={6} s={12} direction="column" alignItems="stretch">
        <LineField
          name="nextStep"
          label={t('register.nextStep')}
          maxLength={1000}
          value={draft.nextStep}
          onChange={(nextStep) => set({ nextStep })}
        />
      </Grid.Item>
      <Grid.Item col={12} s={12} direction="column" alignItems="stretch">
        <TicksField
          label={t('register.details')}
          choices={[{ value: 'left', label: t('register.detailsLeft') }]}
          chosen={draft.left ? ['left'] : []}
          onChange={(chosen) => set({ left: chosen.length > 0 })}
        />
      </Grid.Item>
      {draft.left && <DetailFields draft={draft} options={options} set={set} />}
    </Grid.Root>
  );
};

const Form = ({ options }: { options: RegisterOptions }) => {
  const t = useTranslate();
  const notify = useNotify();
  const { post } = useFetchClient();
  const first = options.plans[0]?.documentId ?? '';
  const [draft, setDraft] = React.useState(() => emptyDraft(first));
  const [entered, setEntered] = React.useState<VisitView | null>(null);
  const [error, setError] = React.useState<string>();
  const [busy, setBusy] = React.useState(false);
  const form = React.useRef<HTMLFormElement>(null);

  const submit = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      // The same key until the entry is there: what is sent twice is done once.
      const { data } = await post<VisitView>(
        apiPath('/register/visits'),
        bodyOf(draft, new Date()),
        {
          headers: { 'Idempotency-Key': draft.key },
        }
      );
      setEntered(data);
      setDraft({ ...emptyDraft(draft.plan), kind: draft.kind, staff: draft.staff });
      notify('success', t('register.entered'));
      form.current?.querySelector<HTMLInputElement>('input[name="interest"]')?.focus();
    } catch (caught) {
      setError(readFailure(caught).message ?? t('error.unreachable'));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      {entered && <Entered key={entered.id} visit={entered} onChanged={setEntered} />}
      <Box padding={6} background="neutral0" shadow="tableShadow" hasRadius>
        <form
          ref={form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Flex direction="column" alignItems="stretch" gap={5}>
            <Typography variant="pi" textColor="neutral600">
              {t('register.hint')}
            </Typography>
            <Fields
              draft={draft}
              options={options}
              set={(part) => setDraft((before) => ({ ...before, ...part }))}
            />
            {error && <Notice tone="danger">{error}</Notice>}
            <Flex justifyContent="flex-end">
              <Button type="submit" startIcon={<Check />} loading={busy}>
                {t('register.enter')}
              </Button>
            </Flex>
          </Flex>
        </form>
      </Box>
    </Flex>
  );
};

/** The counter: few fields, one after the other by keyboard, sent with Enter. */
export const CounterForm = () => {
  const options = useResource<RegisterOptions>(apiPath('/register/options'));
  return <ResourceView resource={options}>{(data) => <Form options={data} />}</ResourceView>;
};
