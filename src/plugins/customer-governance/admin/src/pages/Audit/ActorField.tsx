import * as React from 'react';

import { Combobox, ComboboxOption } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { ActorChoice } from '../../api/types';
import { SYSTEM_ACTORS } from '../../api/vocabulary';
import { useResource } from '../../hooks/useResource';
import { useTerm, useTranslate } from '../../hooks/useTranslate';

interface ActorFieldProps {
  /** `staff:<documentId>`, or a kind of account and its id; empty for nobody. */
  value: string;
  onChange: (value: string) => void;
}

interface Choices {
  items: ActorChoice[];
}

const SYSTEM = 'system:';
const WAIT_MS = 250;

const actorsPath = (query: Record<string, string>): string =>
  apiPath('/audit-entries/actors', query);

/** The name of an actor as the filters write one. */
export const useActorLabel = (value: string): string => {
  const term = useTerm();
  const system = value.startsWith(SYSTEM);
  const named = useResource<Choices>(value && !system ? actorsPath({ value }) : null);
  if (value === '') return '';
  if (system) return term('system', value.slice(SYSTEM.length));
  const [kind = '', id = ''] = value.split(':');
  return named.data?.items[0]?.name ?? (kind === 'staff' ? '…' : `${term('actor', kind)} ${id}`);
};

/** Chooses a person by name, or one of the application's own procedures. */
export const ActorField = ({ value, onChange }: ActorFieldProps) => {
  const t = useTranslate();
  const term = useTerm();
  const label = useActorLabel(value);
  const [text, setText] = React.useState<string | null>(null);
  const [wanted, setWanted] = React.useState('');

  React.useEffect(() => {
    const timer = window.setTimeout(() => setWanted((text ?? '').trim()), WAIT_MS);
    return () => window.clearTimeout(timer);
  }, [text]);

  const found = useResource<Choices>(wanted === '' ? null : actorsPath({ q: wanted }));
  const typed = wanted.toLowerCase();
  const systems = SYSTEM_ACTORS.map((id) => ({ value: SYSTEM + id, name: term('system', id) }))
    .filter(({ name }) => text === null || name.toLowerCase().includes(typed))
    .map((system) => ({ ...system, note: term('actor', 'system') }));
  const people = (found.data?.items ?? []).map(({ value: id, name, department, kind }) => ({
    value: id,
    name: name ?? id,
    note: department ?? (kind === 'staff' ? '' : term('actor', kind)),
  }));
  // What is chosen is always among the options: the box shows nothing else.
  const chosen = value === '' ? [] : [{ value, name: label, note: '' }];
  const options = [...people, ...systems].filter((option) => option.value !== value);

  return (
    <Combobox
      value={value}
      textValue={text ?? label}
      onTextValueChange={(next?: string) => setText(next ?? '')}
      onChange={(next?: string) => {
        setText(null);
        onChange(next ?? '');
      }}
      onClear={() => {
        setText(null);
        onChange('');
      }}
      onBlur={() => setText(null)}
      autocomplete="none"
      clearLabel={t('audit.actor.clear')}
      placeholder={t('audit.actor.placeholder')}
      loading={found.loading}
      loadingMessage={t('common.loading')}
      noOptionsMessage={() => t('audit.actor.none')}
    >
      {[...chosen, ...options].map((option) => (
        <ComboboxOption key={option.value} value={option.value} textValue={option.name}>
          {option.note ? `${option.name} · ${option.note}` : option.name}
        </ComboboxOption>
      ))}
    </Combobox>
  );
};
