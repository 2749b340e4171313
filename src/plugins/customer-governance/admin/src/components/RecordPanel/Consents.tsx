import * as React from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';

import type { ConsentView } from '../../api/types';
import { usePermission } from '../../hooks/usePermission';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useLocalText, useTerm, useTranslate } from '../../hooks/useTranslate';
import { StateBadge } from '../Badges';
import { ConfirmDialog } from '../ConfirmDialog';
import { DateTime } from '../DateTime';
import { None, Section } from './Section';

interface ConsentsProps {
  consents: ConsentView[];
  onChanged: () => void;
}

/** A consent's state now: one that was given for a time ends with it. */
const stateNow = ({ state, expiresAt }: ConsentView): string =>
  state === 'given' && expiresAt && Date.parse(expiresAt) <= Date.now() ? 'ended' : state;

/** What the data subject agreed to, and the withdrawal of it. */
export const Consents = ({ consents, onChanged }: ConsentsProps) => {
  const t = useTranslate();
  const local = useLocalText();
  const term = useTerm();
  const notify = useNotify();
  const submission = useSubmission();
  const mayWithdraw = usePermission('consents.withdraw');
  const [chosen, setChosen] = React.useState<ConsentView | null>(null);

  const close = (): void => {
    submission.clear();
    setChosen(null);
  };

  const withdraw = async (consent: ConsentView): Promise<void> => {
    const path = `/consents/${encodeURIComponent(consent.documentId)}/withdraw`;
    if (!(await submission.post(path))) return;
    notify('success', t('consent.withdrawn'));
    close();
    onChanged();
  };

  return (
    <Section title={t('panel.consents')}>
      {consents.length === 0 && <None>{t('panel.noConsents')}</None>}
      {consents.length > 0 && (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
          {consents.map((consent) => (
            <Flex
              tag="li"
              key={consent.documentId}
              direction="column"
              alignItems="flex-start"
              gap={1}
            >
              <Flex gap={2} wrap="wrap">
                <Typography>{local(consent.purpose?.name)}</Typography>
                <StateBadge state={stateNow(consent)} />
              </Flex>
              <Typography variant="pi" textColor="neutral600">
                {term('scope', consent.scope)} ·{' '}
                <DateTime value={consent.withdrawnAt ?? consent.givenAt} dayOnly />
              </Typography>
              {mayWithdraw && consent.state === 'given' && (
                <Button
                  size="S"
                  variant="danger-light"
                  aria-label={t('consent.withdrawOf', {
                    purpose: local(consent.purpose?.name),
                    scope: term('scope', consent.scope),
                  })}
                  onClick={() => setChosen(consent)}
                >
                  {t('common.withdraw')}
                </Button>
              )}
            </Flex>
          ))}
        </Flex>
      )}
      {chosen && (
        <ConfirmDialog
          title={t('consent.withdrawTitle')}
          confirmLabel={t('common.withdraw')}
          submission={submission}
          onConfirm={() => withdraw(chosen)}
          onClose={close}
        >
          {t('consent.withdrawText', { purpose: local(chosen.purpose?.name) })}
        </ConfirmDialog>
      )}
    </Section>
  );
};
