import * as React from 'react';

import { Button, Flex } from '@strapi/design-system';
import { Shield } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';

import { apiPath } from '../../api/paths';
import type { AuditEntryView, EntryProof } from '../../api/types';
import { Notice } from '../../components/Notice';
import { useFormat } from '../../hooks/useFormat';
import { useTranslate } from '../../hooks/useTranslate';
import { readFailure } from '../../utils/errors';
import { verifyEntry, type Verdict } from './verifyEntry';

const TONES: Record<Verdict, 'success' | 'neutral' | 'danger' | 'warning'> = {
  verified: 'success',
  waiting: 'neutral',
  'other-content': 'danger',
  'not-in-tree': 'danger',
  impossible: 'warning',
};

/** Verifies an entry in the browser itself, and says in words what came of it. */
export const VerifyEntry = ({ entry }: { entry: AuditEntryView }) => {
  const t = useTranslate();
  const { get } = useFetchClient();
  const { number, dateTime } = useFormat();
  const [busy, setBusy] = React.useState(false);
  const [answer, setAnswer] = React.useState<{ verdict: Verdict; proof: EntryProof }>();
  const [error, setError] = React.useState<string>();

  const verify = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    setAnswer(undefined);
    try {
      const path = apiPath(`/audit-entries/${encodeURIComponent(entry.documentId)}/proof`);
      const { data } = await get<EntryProof>(path);
      setAnswer({ verdict: await verifyEntry(entry, data), proof: data });
    } catch (caught) {
      setError(readFailure(caught).message ?? t('error.unreachable'));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Flex>
        <Button
          size="S"
          variant="secondary"
          startIcon={<Shield />}
          loading={busy}
          onClick={() => void verify()}
        >
          {t('audit.verify')}
        </Button>
      </Flex>
      <div aria-live="polite">
        {error && <Notice tone="danger">{error}</Notice>}
        {answer && (
          <Notice tone={TONES[answer.verdict]} title={t(`audit.verdict.${answer.verdict}`)}>
            {t(`audit.verdictText.${answer.verdict}`, {
              leaf: number(answer.proof.leafIndex),
              size: number(answer.proof.checkpoint?.treeSize),
              hashes: number(answer.proof.proof?.length),
              at: dateTime(answer.proof.checkpoint?.at),
            })}
          </Notice>
        )}
      </div>
    </Flex>
  );
};
