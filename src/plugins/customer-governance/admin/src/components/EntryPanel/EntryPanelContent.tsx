import * as React from 'react';

import { Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useForm } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';

import { apiPath } from '../../api/paths';
import type { AttributeStandard, Remark, Share, Standards } from '../../api/standards';
import { useFormat } from '../../hooks/useFormat';
import { useResource } from '../../hooks/useResource';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { CUSTOMER } from '../../pluginId';
import { textIn } from '../../utils/names';
import { Meter } from '../Meter';
import { Notice } from '../Notice';
import { Section } from '../RecordPanel/Section';
import { FailureNotice, Waiting } from '../ResourceView';
import { isOpen } from './typed';
import { useExamination, type Told } from './useExamination';
import { useFocused } from './useFocused';

type Values = Record<string, unknown>;

interface RemarksProps {
  title: string;
  remarks: Remark[];
}

const useLabel = (): ((attribute: string) => string) => {
  const label = useAttributeLabel();
  return React.useCallback((attribute) => label(CUSTOMER, attribute), [label]);
};

/** How much of a list is there, and what is missing. */
const ShareMeter = ({ name, share, warn }: { name: string; share: Share; warn: boolean }) => {
  const t = useTranslate();
  const label = useLabel();
  const { list } = useFormat();
  const count = t('entry.share', { filled: share.filled, of: share.of });
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <Flex justifyContent="space-between" gap={2}>
        <Typography variant="pi" fontWeight="bold">
          {name}
        </Typography>
        <Typography variant="pi">{count}</Typography>
      </Flex>
      <Meter
        label={`${name}: ${count}`}
        share={share.of === 0 ? 1 : share.filled / share.of}
        tone={warn && share.filled < share.of ? 'warning' : 'primary'}
      />
      {share.missing.length > 0 && (
        <Typography variant="pi" textColor="neutral600">
          {t('entry.missing', { attributes: list(share.missing.map(label)) })}
        </Typography>
      )}
    </Flex>
  );
};

/** What is wrong with attributes, or to be looked at. */
const Remarks = ({ title, remarks }: RemarksProps) => {
  const label = useLabel();
  return (
    <Section title={title}>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
        {remarks.map(({ attribute, reason }) => (
          <li key={attribute}>
            <Typography variant="pi" style={{ overflowWrap: 'anywhere' }}>
              <strong style={{ display: 'block' }}>{label(attribute)}</strong> {reason}
            </Typography>
          </li>
        ))}
      </Flex>
    </Section>
  );
};

interface ExpectedProps {
  standard: AttributeStandard;
  value: unknown;
  onChoose: (value: string) => void;
}

/** What the input that somebody is in takes, with the list that it may be chosen from. */
const Expected = ({ standard, value, onChoose }: ExpectedProps) => {
  const t = useTranslate();
  const label = useLabel();
  const { locale } = useIntl();
  const { hint, choices, example } = standard;
  if (!hint) return null;
  return (
    <>
      <Notice tone="neutral" title={label(standard.attribute)}>
        {textIn(hint, locale)}
        {example && ` ${t('entry.example', { example })}`}
      </Notice>
      {choices && (
        <SingleSelect
          aria-label={t('entry.choose', { attribute: label(standard.attribute) })}
          placeholder={t('entry.choose', { attribute: label(standard.attribute) })}
          value={choices.some((choice) => choice.value === value) ? String(value) : ''}
          onChange={(chosen) => onChoose(String(chosen))}
        >
          {choices.map((choice) => (
            <SingleSelectOption key={choice.code} value={choice.value}>
              {`${choice.code} ${textIn(choice.name, locale)}`}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      )}
    </>
  );
};

/** Files that are there already, or that are alike. */
const OnFile = ({ told }: { told: Told }) => {
  const t = useTranslate();
  const lines = (found: Told['near']): string =>
    found
      .map(({ filingNumber, department }) =>
        t('entry.file', {
          number: filingNumber ?? t('entry.notFiled'),
          department: department ?? '—',
        })
      )
      .join('\n');
  return (
    <>
      {told.duplicates.length > 0 && (
        <Notice tone="danger" title={t('entry.duplicate')}>
          {lines(told.duplicates)}
        </Notice>
      )}
      {told.near.length > 0 && (
        <Notice tone="warning" title={t('entry.near')}>
          {lines(told.near)}
        </Notice>
      )}
    </>
  );
};

/** What the form comes to while it is being filled in. */
export const EntryPanelContent = ({ documentId }: { documentId: string | null }) => {
  const t = useTranslate();
  const label = useLabel();
  const values = useForm('EntryPanel', (form) => form.values as Values);
  const onChange = useForm('EntryPanel', (form) => form.onChange);
  const standards = useResource<Standards>(apiPath('/standards'));
  const { examined, failure, told } = useExamination(values, documentId);
  const focused = useFocused();

  const standardOf = (attribute: string): AttributeStandard | undefined =>
    standards.data?.attributes.find(
      (standard) => standard.type === CUSTOMER && standard.attribute === attribute
    );

  // Whoever may not change customers sees a form that cannot be saved: there is nothing to say about it.
  if (failure?.status === 403 || failure?.status === 404) {
    return <Typography variant="pi">{t('entry.notForYou')}</Typography>;
  }
  if (failure) return <FailureNotice failure={failure} />;
  if (!examined) return <Waiting small />;

  const { completeness, warnings, normalisations } = examined;
  const missing = new Set(completeness.required.missing);
  const others = examined.problems.filter(({ attribute }) => !missing.has(attribute));
  const open =
    documentId === null ? others.filter(({ attribute }) => isOpen(values[attribute])) : [];
  const problems = others.filter((remark) => !open.includes(remark));
  const expected = focused === null ? undefined : standardOf(focused);
  return (
    <Flex direction="column" alignItems="stretch" gap={4} width="100%" aria-live="polite">
      <ShareMeter name={t('entry.required')} share={completeness.required} warn />
      <ShareMeter name={t('entry.recommended')} share={completeness.recommended} warn={false} />
      {expected && (
        <Expected
          standard={expected}
          value={values[expected.attribute]}
          onChoose={(value) => onChange(expected.attribute, value)}
        />
      )}
      {told && <OnFile told={told} />}
      {open.length > 0 && <Remarks title={t('entry.open')} remarks={open} />}
      {problems.length > 0 && <Remarks title={t('entry.problems')} remarks={problems} />}
      {warnings.length > 0 && <Remarks title={t('entry.warnings')} remarks={warnings} />}
      {normalisations.length > 0 && (
        <Section title={t('entry.normalised')}>
          <Flex tag="ul" direction="column" alignItems="stretch" gap={1}>
            {normalisations.map(({ attribute, to }) => (
              <li key={attribute}>
                <Typography variant="pi" style={{ overflowWrap: 'anywhere' }}>
                  <strong>{label(attribute)}</strong> → {to}
                </Typography>
              </li>
            ))}
          </Flex>
        </Section>
      )}
    </Flex>
  );
};
