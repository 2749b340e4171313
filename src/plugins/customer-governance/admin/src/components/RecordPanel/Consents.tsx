import * as React from 'react';

import { Button, Typography } from '@strapi/design-system';

import type { ConsentView } from '../../api/types';
import { usePermission } from '../../hooks/usePermission';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useLocalText, useTerm, useTranslate } from '../../hooks/useTranslate';
import { ConfirmDialog } from '../ConfirmDialog';
import { DateTime } from '../DateTime';
import { SideList } from './SideList';

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
    <>
      <SideList
        title={t('panel.consents')}
        empty={t('panel.noConsents')}
        items={consents}
        idOf={({ documentId }) => documentId}
        headOf={(consent) => ({ name: local(consent.purpose?.name), state: stateNow(consent) })}
      >
        {(consent) => (
          <>
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
          </>
        )}
      </SideList>
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
    </>
  );
};
