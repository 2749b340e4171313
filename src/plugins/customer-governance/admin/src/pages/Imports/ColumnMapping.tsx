import * as React from 'react';

import {
  Button,
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  Table,
  Tbody,
  Td,
  TextInput,
  Th,
  Thead,
  Tr,
  Typography,
} from '@strapi/design-system';

import type { ImportColumn, ImportOptions, ImportView } from '../../api/imports';
import { Notice } from '../../components/Notice';
import { ResourceView } from '../../components/ResourceView';
import { useResource } from '../../hooks/useResource';
import { useSubmission } from '../../hooks/useSubmission';
import { useLocalText, useTranslate } from '../../hooks/useTranslate';
import { importApi, importRoute } from './paths';

/** What all rows may have alike, where no column says it. */
const CONSTANTS = ['source', 'method', 'industry'] as const;
const LEFT_OUT = '-';

interface ColumnMappingProps {
  run: ImportView;
  options: ImportOptions;
  onChecking: () => void;
}

/** Says what each column fills and under which plan, and begins the dry run. */
export const ColumnMapping = ({ run, options, onChecking }: ColumnMappingProps) => {
  const t = useTranslate();
  const [plan, setPlan] = React.useState(run.plan?.documentId ?? '');
  const columns = useResource<{ columns: ImportColumn[] }>(
    importApi(run.documentId, '/columns', plan ? { plan } : {})
  );
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Field.Root name="plan" required hint={t('imports.planHint')}>
        <Field.Label>{t('imports.plan')}</Field.Label>
        <SingleSelect
          value={plan || null}
          placeholder={t('imports.planPlaceholder')}
          onChange={(chosen) => setPlan(String(chosen))}
        >
          {options.plans.map(({ documentId, code, title }) => (
            <SingleSelectOption key={documentId} value={documentId}>
              {`${code} ${title}`}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Field.Hint />
      </Field.Root>
      <ResourceView resource={columns}>
        {(data) => (
          <Choices
            // Other guesses make another form.
            key={plan}
            run={run}
            plan={plan}
            options={options}
            columns={data.columns}
            onChecking={onChecking}
          />
        )}
      </ResourceView>
    </Flex>
  );
};

interface ChoicesProps extends ColumnMappingProps {
  plan: string;
  columns: ImportColumn[];
}

const Choices = ({ run, plan, options, columns, onChecking }: ChoicesProps) => {
  const t = useTranslate();
  const local = useLocalText();
  const submission = useSubmission();
  const [mapping, setMapping] = React.useState<Array<string | null>>(
    () => run.mapping ?? columns.map(({ guess }) => guess)
  );
  const [constants, setConstants] = React.useState<Record<string, string>>(run.constants ?? {});

  const choose = (index: number, attribute: string): void =>
    setMapping((before) =>
      before.map((one, at) => (at === index ? (attribute === LEFT_OUT ? null : attribute) : one))
    );
  const check = async (): Promise<void> => {
    const given = Object.fromEntries(
      Object.entries(constants).filter(
        ([name, value]) => value.trim() !== '' && !mapping.includes(name)
      )
    );
    const body = { plan, mapping, constants: given };
    if (!(await submission.put(importRoute(run.documentId, '/mapping'), body))) return;
    if (!(await submission.post(importRoute(run.documentId, '/check')))) return;
    onChecking();
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography tag="h2" variant="delta">
        {t('imports.columns')}
      </Typography>
      <Table colCount={3} rowCount={columns.length + 1}>
        <Thead>
          <Tr>
            <Th>
              <Typography variant="sigma">{t('imports.heading')}</Typography>
            </Th>
            <Th>
              <Typography variant="sigma">{t('imports.samples')}</Typography>
            </Th>
            <Th>
              <Typography variant="sigma">{t('imports.fills')}</Typography>
            </Th>
          </Tr>
        </Thead>
        <Tbody>
          {columns.map(({ heading, samples }, index) => (
            <Tr key={index}>
              <Td>
                <Typography>{heading || t('imports.noHeading')}</Typography>
              </Td>
              <Td>
                <Typography textColor="neutral600">
                  {samples.filter(Boolean).slice(0, 3).join('　')}
                </Typography>
              </Td>
              <Td>
                <SingleSelect
                  aria-label={t('imports.fillsOf', { heading })}
                  value={mapping[index] ?? LEFT_OUT}
                  onChange={(chosen) => choose(index, String(chosen))}
                >
                  <SingleSelectOption value={LEFT_OUT}>{t('imports.leftOut')}</SingleSelectOption>
                  {options.attributes
                    .filter(({ permitted }) => permitted)
                    .map(({ name, label }) => (
                      <SingleSelectOption key={name} value={name}>
                        {local(label)}
                      </SingleSelectOption>
                    ))}
                </SingleSelect>
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      <Typography tag="h2" variant="delta">
        {t('imports.constants')}
      </Typography>
      <Typography tag="p">{t('imports.constantsHint')}</Typography>
      <Flex gap={4} wrap="wrap" alignItems="flex-end">
        {CONSTANTS.filter((name) => !mapping.includes(name)).map((name) => {
          const attribute = options.attributes.find((one) => one.name === name);
          return (
            <Field.Root key={name} name={name}>
              <Field.Label>{attribute ? local(attribute.label) : name}</Field.Label>
              <TextInput
                value={constants[name] ?? ''}
                onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
                  setConstants((before) => ({ ...before, [name]: event.target.value }))
                }
              />
            </Field.Root>
          );
        })}
      </Flex>
      {submission.error && <Notice tone="danger">{submission.error}</Notice>}
      <Flex>
        <Button disabled={plan === ''} loading={submission.busy} onClick={() => void check()}>
          {t('imports.check')}
        </Button>
      </Flex>
    </Flex>
  );
};
