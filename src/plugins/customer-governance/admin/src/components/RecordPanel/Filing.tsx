import * as React from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';

import { usePermission } from '../../hooks/usePermission';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { StateBadge } from '../Badges';
import { DateTime } from '../DateTime';
import { useFiling } from '../Filing/useFiling';
import { Notice } from '../Notice';
import { Section } from './Section';

interface FilingProps {
  documentId: string;
  /** Changes with every save. */
  version: string;
}

/** The filing number or how far the customer is from it, and the way to submit it. */
export const Filing = ({ documentId, version }: FilingProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const maySubmit = usePermission('filing.submit');
  const submission = useSubmission();
  const { data: filing, reload } = useFiling(documentId);

  const lastVersion = React.useRef(version);
  React.useEffect(() => {
    if (lastVersion.current === version) return;
    lastVersion.current = version;
    reload();
  }, [reload, version]);

  if (!filing) return null;
  const { state, filingNumber, filedAt, returned } = filing;

  const submit = async (): Promise<void> => {
    const path = `/filing/${encodeURIComponent(documentId)}/submit`;
    if (!(await submission.post(path))) return;
    notify('success', t('filing.submitted', { count: 1 }));
    reload();
  };

  return (
    <Section title={t('filing.section')}>
      <Flex gap={2} wrap="wrap">
        {filingNumber && <Typography fontWeight="semiBold">{filingNumber}</Typography>}
        <StateBadge state={state} />
        {state === 'filed' && filedAt && (
          <Typography variant="pi" textColor="neutral600">
            <DateTime value={filedAt} dayOnly />
          </Typography>
        )}
      </Flex>
      {state === 'in-review' && (
        <Typography variant="pi" textColor="neutral600">
          {t('filing.frozen')}
        </Typography>
      )}
      {state === 'returned' && returned && (
        <Notice tone="warning" title={t('filing.returnedBy', { name: returned.by ?? '—' })}>
          <span style={{ whiteSpace: 'pre-line' }}>{returned.reasons}</span>
        </Notice>
      )}
      {submission.error && <Notice tone="danger">{submission.error}</Notice>}
      {maySubmit && (state === 'entered' || state === 'returned') && (
        <Flex>
          <Button
            size="S"
            variant="secondary"
            startIcon={<PaperPlane />}
            loading={submission.busy}
            onClick={() => void submit()}
          >
            {t('filing.submit')}
          </Button>
        </Flex>
      )}
    </Section>
  );
};
