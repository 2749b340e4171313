import { Button, Flex, Typography } from '@strapi/design-system';
import { ClockCounterClockwise, Plus } from '@strapi/icons';

import type { ConsentOptions } from '../../api/consents';
import { apiPath } from '../../api/paths';
import type { ConsentView } from '../../api/types';
import { useDialogs } from '../../hooks/useDialogs';
import { usePermission } from '../../hooks/usePermission';
import { useResource } from '../../hooks/useResource';
import { useLocalText, useTerm, useTranslate } from '../../hooks/useTranslate';
import { ConfirmDialog } from '../ConfirmDialog';
import { ConsentHistory } from '../Consents/ConsentHistory';
import { RecordConsentDialog } from '../Consents/RecordConsentDialog';
import { DateTime } from '../DateTime';
import { SideList } from './SideList';

interface ConsentsProps {
  customer: string;
  consents: ConsentView[];
  onChanged: () => void;
}

type Open =
  { what: 'record' | 'withdraw-all' } | { what: 'withdraw' | 'history'; consent: ConsentView };

const isOver = (moment: string | null | undefined): boolean =>
  Boolean(moment) && Date.parse(moment ?? '') <= Date.now();

/** A consent's state now: one that was given for a time, or on a notice that says something else by now, ends with it. */
const stateNow = ({ state, expiresAt, reliedUntil }: ConsentView): string =>
  state === 'given' && (isOver(expiresAt) || isOver(reliedUntil)) ? 'ended' : state;

/** What the data subject agreed to, recording more of it, and taking it back. */
export const Consents = ({ customer, consents, onChanged }: ConsentsProps) => {
  const t = useTranslate();
  const local = useLocalText();
  const term = useTerm();
  const mayWithdraw = usePermission('consents.withdraw');
  const { open, setOpen, close, done, submission } = useDialogs<Open>(onChanged);
  const address = `/customers/${encodeURIComponent(customer)}`;
  const options = useResource<ConsentOptions>(apiPath(`${address}/consent-options`));

  const withdraw = async (path: string, message: string): Promise<void> => {
    if (await submission.post(path)) done(message);
  };

  const given = consents.filter(({ state }) => state === 'given');
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
            <About consent={consent} />
            <Flex gap={2} wrap="wrap">
              {mayWithdraw && consent.state === 'given' && (
                <Button
                  size="S"
                  variant="danger-light"
                  aria-label={t('consent.withdrawOf', {
                    purpose: local(consent.purpose?.name),
                    scope: term('scope', consent.scope),
                  })}
                  onClick={() => setOpen({ what: 'withdraw', consent })}
                >
                  {t('common.withdraw')}
                </Button>
              )}
              <Button
                size="S"
                variant="tertiary"
                startIcon={<ClockCounterClockwise />}
                aria-label={t('consent.historyOf', {
                  purpose: local(consent.purpose?.name),
                  scope: term('scope', consent.scope),
                })}
                onClick={() => setOpen({ what: 'history', consent })}
              >
                {t('consent.history')}
              </Button>
            </Flex>
          </>
        )}
      </SideList>
      <Flex gap={2} wrap="wrap">
        {options.data?.mayRecord && (
          <Button
            size="S"
            variant="secondary"
            startIcon={<Plus />}
            onClick={() => setOpen({ what: 'record' })}
          >
            {t('consent.recordOpen')}
          </Button>
        )}
        {mayWithdraw && given.length > 1 && (
          <Button size="S" variant="danger-light" onClick={() => setOpen({ what: 'withdraw-all' })}>
            {t('consent.withdrawAll')}
          </Button>
        )}
      </Flex>
      {open?.what === 'record' && options.data && (
        <RecordConsentDialog
          customer={customer}
          options={options.data}
          onDone={() => done(t('consent.recorded'))}
          onClose={close}
        />
      )}
      {open?.what === 'history' && (
        <ConsentHistory consent={open.consent.documentId} customer={customer} onClose={close} />
      )}
      {open?.what === 'withdraw' && (
        <ConfirmDialog
          title={t('consent.withdrawTitle')}
          confirmLabel={t('common.withdraw')}
          submission={submission}
          onConfirm={() =>
            withdraw(
              `/consents/${encodeURIComponent(open.consent.documentId)}/withdraw`,
              t('consent.withdrawn')
            )
          }
          onClose={close}
        >
          {t('consent.withdrawText', { purpose: local(open.consent.purpose?.name) })}
        </ConfirmDialog>
      )}
      {open?.what === 'withdraw-all' && (
        <ConfirmDialog
          title={t('consent.withdrawAllTitle')}
          confirmLabel={t('consent.withdrawAll')}
          submission={submission}
          onConfirm={() => withdraw(`${address}/consents/withdraw`, t('consent.allWithdrawn'))}
          onClose={close}
        >
          {t('consent.withdrawAllText')}
        </ConfirmDialog>
      )}
    </>
  );
};

/** How far it goes, since when, and on which version of which notice. */
const About = ({ consent }: { consent: ConsentView }) => {
  const t = useTranslate();
  const term = useTerm();
  const { scope, channel, notice, reliedUntil, state } = consent;
  const said = [
    term('scope', scope),
    ...(channel === 'any' ? [] : [term('contact', channel)]),
    ...(consent.guardian ? [t('consent.guarded')] : []),
  ];
  return (
    <>
      <Typography variant="pi" textColor="neutral600">
        {said.join(' · ')} · <DateTime value={consent.withdrawnAt ?? consent.givenAt} dayOnly />
      </Typography>
      {notice.version !== null && (
        <Typography variant="pi" textColor="neutral600">
          {t('consent.notice')}: {[notice.code, notice.version].filter(Boolean).join(' ')}
        </Typography>
      )}
      {state === 'given' && reliedUntil !== null && (
        <Typography variant="pi" textColor="warning600">
          {isOver(reliedUntil) ? (
            t('consent.lapsed')
          ) : (
            <>
              {t('consent.lapses')} <DateTime value={reliedUntil} dayOnly />
            </>
          )}
        </Typography>
      )}
    </>
  );
};
