import * as React from 'react';

import {
  Combobox,
  ComboboxOption,
  Field,
  Flex,
  IconButton,
  Typography,
} from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';

import { apiPath } from '../api/paths';
import type { Page, StaffMember } from '../api/types';
import { useTranslate } from '../hooks/useTranslate';
import { personLine } from '../utils/names';

export type Choosable = Pick<StaffMember, 'documentId' | 'name' | 'department'>;

const PAUSE_MS = 250;
const NOBODY: Choosable[] = [];

/** Who is called like that. The name goes in the body of the question, as names do not belong into addresses. */
const usePeople = (text: string, from: string): { people: Choosable[]; asking: boolean } => {
  const { post } = useFetchClient();
  const [answer, setAnswer] = React.useState({ text: '', people: NOBODY });
  const wanted = text.trim();

  React.useEffect(() => {
    if (wanted === '') return undefined;
    let dropped = false;
    const timer = window.setTimeout(() => {
      post<Page<Choosable>>(apiPath(from), { text: wanted })
        .then(({ data }) => !dropped && setAnswer({ text: wanted, people: data.items }))
        // Nobody is offered then; the server says why when the form is sent.
        .catch(() => !dropped && setAnswer({ text: wanted, people: NOBODY }));
    }, PAUSE_MS);
    return () => {
      dropped = true;
      window.clearTimeout(timer);
    };
  }, [from, post, wanted]);

  return {
    people: answer.text === wanted ? answer.people : NOBODY,
    asking: wanted !== '' && answer.text !== wanted,
  };
};

interface PersonFieldProps {
  name: string;
  label: string;
  value: Choosable | null;
  required?: boolean;
  hint?: string;
  error?: string;
  /** Where people are looked for; what the user may ask hangs on the page. */
  from?: string;
  onChange: (person: Choosable | null) => void;
}

/** One person, found by a part of the name. */
export const PersonField = ({
  name,
  label,
  value,
  required,
  hint,
  error,
  from = '/internal-audits/people',
  onChange,
}: PersonFieldProps) => {
  const t = useTranslate();
  const [text, setText] = React.useState(value?.name ?? '');
  const [asked, setAsked] = React.useState('');
  // Of its own the list opens at keys that print; an input method for Chinese has none.
  const [open, setOpen] = React.useState(false);
  const { people, asking } = usePeople(asked, from);
  // The chosen one stays among the options: the field shows the name of one of them.
  const options = [
    ...people,
    ...(value && !people.some(({ documentId }) => documentId === value.documentId) ? [value] : []),
  ];
  return (
    <Field.Root name={name} required={required} hint={hint} error={error}>
      <Field.Label>{label}</Field.Label>
      <Combobox
        autocomplete="none"
        placeholder={t('audits.personPlaceholder')}
        value={value?.documentId ?? ''}
        textValue={text}
        loading={asking}
        loadingMessage={t('common.loading')}
        noOptionsMessage={() => t('audits.nobodyFound')}
        clearLabel={t('audits.clearPerson')}
        onTextValueChange={(typed) => setText(typed ?? '')}
        open={open}
        onOpenChange={(wanted) => setOpen(wanted ?? false)}
        onInputChange={(event: React.ChangeEvent<HTMLInputElement>) => {
          setAsked(event.currentTarget.value);
          setOpen(true);
        }}
        onClear={() => {
          setText('');
          setAsked('');
          onChange(null);
        }}
        onChange={(chosen) => {
          const found = options.find(({ documentId }) => documentId === chosen);
          if (found) onChange(found);
        }}
      >
        {options.map((person) => (
          <ComboboxOption key={person.documentId} value={person.documentId} textValue={person.name}>
            {personLine(person)}
          </ComboboxOption>
        ))}
      </Combobox>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
};

interface PeopleFieldProps {
  name: string;
  label: string;
  hint?: string;
  value: Choosable[];
  onChange: (people: Choosable[]) => void;
}

/** Several people: each that is found joins the list, from which they can be taken again. */
export const PeopleField = ({ name, label, hint, value, onChange }: PeopleFieldProps) => {
  const t = useTranslate();
  // The field begins anew with each that was added.
  const [added, setAdded] = React.useState(0);
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <PersonField
        key={added}
        name={name}
        label={label}
        hint={hint}
        value={null}
        onChange={(person) => {
          if (!person) return;
          setAdded(added + 1);
          if (value.some(({ documentId }) => documentId === person.documentId)) return;
          onChange([...value, person]);
        }}
      />
      {value.length > 0 && (
        <Flex tag="ul" gap={2} wrap="wrap" aria-label={label}>
          {value.map((person) => (
            <Flex
              tag="li"
              key={person.documentId}
              gap={1}
              paddingLeft={3}
              background="neutral100"
              hasRadius
            >
              <Typography>{person.name}</Typography>
              <IconButton
                size="XS"
                variant="ghost"
                label={t('audits.removePerson', { name: person.name })}
                onClick={() =>
                  onChange(value.filter(({ documentId }) => documentId !== person.documentId))
                }
              >
                <Cross />
              </IconButton>
            </Flex>
          ))}
        </Flex>
      )}
    </Flex>
  );
};
