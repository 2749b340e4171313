import * as React from 'react';

import { useSearchParams } from 'react-router-dom';

import { apiPath } from '../../api/paths';
import type { AlertView } from '../../api/types';
import { CardList } from '../../components/CardList';
import { ReasonDialog } from '../../components/ReasonDialog';
import { usePages } from '../../hooks/usePages';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useActorName, useTerm, useTranslate } from '../../hooks/useTranslate';
import { AlertCard } from './AlertCard';
import { AlertFilters, type AlertFilter, type AlertFilterValues } from './AlertFilters';

const alertPath = ({ documentId }: AlertView, verb: 'acknowledge' | 'close'): string =>
  `/anomalies/${encodeURIComponent(documentId)}/${verb}`;

/** The alerts, and their decision for those who may. The filters stand in the address, so that they can be linked to. */
export const AlertList = () => {
  const t = useTranslate();
  const term = useTerm();
  const nameOf = useActorName();
  const notify = useNotify();
  const submission = useSubmission();
  const [search, setSearch] = useSearchParams();
  const [closing, setClosing] = React.useState<AlertView | null>(null);
  const filters: AlertFilterValues = {
    state: search.get('state') ?? '',
    severity: search.get('severity') ?? '',
    kind: search.get('kind') ?? '',
  };
  const pages = usePages<AlertView>(apiPath('/anomalies', filters));

  const narrow = (name: AlertFilter, value: string): void =>
    setSearch(
      (before) => {
        if (value === '') before.delete(name);
        else before.set(name, value);
        return before;
      },
      { replace: true }
    );

  const acknowledge = async (alert: AlertView): Promise<void> => {
    if (!(await submission.post(alertPath(alert, 'acknowledge')))) return;
    notify('success', t('anomalies.acknowledged'));
    pages.reload();
  };

  const close = async (alert: AlertView, reason: string): Promise<void> => {
    if (!(await submission.post(alertPath(alert, 'close'), { reason }))) return;
    notify('success', t('anomalies.closed'));
    setClosing(null);
    pages.reload();
  };

  return (
    <>
      <AlertFilters values={filters} onChange={narrow} />
      <CardList
        label={t('anomalies.alerts')}
        pages={pages}
        empty={t('anomalies.empty')}
        idOf={({ documentId }) => documentId}
      >
        {(alert) => (
          <AlertCard
            alert={alert}
            busy={submission.busy}
            onAcknowledge={() => void acknowledge(alert)}
            onClose={() => {
              submission.clear();
              setClosing(alert);
            }}
          />
        )}
      </CardList>
      {closing && (
        <ReasonDialog
          title={t('anomalies.closeTitle', {
            kind: term('anomaly', closing.kind),
            name: nameOf(closing.person),
          })}
          intro={closing.suspendedGrants.length > 0 ? t('anomalies.closeGrants') : undefined}
          label={t('request.reason')}
          required
          confirmLabel={t('anomalies.close')}
          submission={submission}
          onConfirm={(reason) => close(closing, reason)}
          onClose={() => setClosing(null)}
        />
      )}
    </>
  );
};
