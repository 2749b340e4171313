import * as React from 'react';

import { Flex, Typography } from '@strapi/design-system';

import type { FactView } from '../../api/verification';
import {
  VERIFICATION_OUTCOMES,
  type VerificationMethod,
  type VerificationOutcome,
} from '../../api/vocabulary';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useAttributeLabel, useTerm, useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { ChoiceField } from '../fields';
import { FormDialog } from '../FormDialog';

interface VerifyDialogProps {
  label: string;
  /** Where it is sent to. */
  path: string;
  facts: FactView[];
  methods: VerificationMethod[];
  /** Of a customer of the sample every fact is asked after. */
  complete?: boolean;
  onDone: () => void;
  onClose: () => void;
}

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;
const NOT_ASKED = 'not-asked';

/** Notes how the facts of a customer were verified, and what came of each. */
export const VerifyDialog = ({
  label,
  path,
  facts,
  methods,
  complete = false,
  onDone,
  onClose,
}: VerifyDialogProps) => {
  const t = useTranslate();
  const term = useTerm();
  const attributeLabel = useAttributeLabel();
  const notify = useNotify();
  const submission = useSubmission();
  const [method, setMethod] = React.useState<string>(methods[0] ?? 'call');
  const [outcomes, setOutcomes] = React.useState<Record<string, string>>({});

  const results = facts.flatMap(({ attribute }) => {
    const outcome = outcomes[attribute] as VerificationOutcome | undefined;
    return outcome === undefined ? [] : [{ attribute, outcome }];
  });
  const choices = [
    ...(complete ? [] : [{ value: NOT_ASKED, label: t('verification.notAsked') }]),
    ...VERIFICATION_OUTCOMES.map((outcome) => ({
      value: outcome,
      label: term('verificationOutcome', outcome),
    })),
  ];

  const choose = (attribute: string, outcome: string): void =>
    setOutcomes((before) => {
      const { [attribute]: _, ...others } = before;
      return outcome === NOT_ASKED ? others : { ...others, [attribute]: outcome };
    });

  const send = async (): Promise<void> => {
    if (!(await submission.post(path, { method, results }))) return;
    notify('success', t('verification.recorded'));
    onDone();
  };

  return (
    <FormDialog
      title={t('verification.dialog', { label })}
      confirmLabel={t('verification.save')}
      disabled={complete ? results.length < facts.length : results.length === 0}
      submission={submission}
      onConfirm={send}
      onClose={onClose}
    >
      <Typography textColor="neutral600">{t('verification.dialogText')}</Typography>
      <ChoiceField
        name="method"
        label={t('verification.method')}
        required
        value={method}
        choices={methods.map((value) => ({ value, label: term('verificationMethod', value) }))}
        onChange={setMethod}
      />
      <Flex direction="column" alignItems="stretch" gap={4}>
        {facts.map(({ attribute, value }) => (
          <ChoiceField
            key={attribute}
            name={attribute}
            label={`${attributeLabel(CUSTOMER, attribute)}: ${value}`}
            required={complete}
            value={outcomes[attribute] ?? (complete ? '' : NOT_ASKED)}
            choices={choices}
            onChange={(outcome) => choose(attribute, outcome)}
          />
        ))}
      </Flex>
    </FormDialog>
  );
};
