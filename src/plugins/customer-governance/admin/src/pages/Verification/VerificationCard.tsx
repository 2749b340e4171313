import * as React from 'react';

import { Button, Link as TextLink } from '@strapi/design-system';
import { CheckCircle } from '@strapi/icons';
import { Link } from 'react-router-dom';

import type { VerificationItem } from '../../api/verification';
import type { VerificationMethod } from '../../api/vocabulary';
import { Card } from '../../components/Card';
import { DateTime } from '../../components/DateTime';
import { FactList } from '../../components/Verification/FactList';
import { VerifyDialog } from '../../components/Verification/VerifyDialog';
import { useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { recordHref } from '../../utils/recordHref';

interface VerificationCardProps {
  item: VerificationItem;
  methods: VerificationMethod[];
  /** Whether it is a customer of the sample, of whom every fact is asked after. */
  sampled?: boolean;
  /** Whether it may be done now. */
  open?: boolean;
  onDone: () => void;
}

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;

/** A customer whose facts are to be verified, by its mask. */
export const VerificationCard = ({
  item,
  methods,
  sampled = false,
  open = true,
  onDone,
}: VerificationCardProps) => {
  const t = useTranslate();
  const [verifying, setVerifying] = React.useState(false);
  const { documentId, label, filingNumber, owner, department, openedAt, facts } = item;
  const id = encodeURIComponent(documentId);
  const title = filingNumber === null ? label : `${label} · ${filingNumber}`;
  return (
    <Card
      title={title}
      aside={
        <>
          {[owner?.name, department?.name].filter(Boolean).join(' · ')}
          {!sampled && openedAt && (
            <>
              {' · '}
              {t('verification.since')} <DateTime value={openedAt} dayOnly />
            </>
          )}
        </>
      }
      actions={
        <>
          <TextLink tag={Link} to={recordHref(CUSTOMER, documentId)}>
            {t('verification.open')}
          </TextLink>
          {open && (
            <Button
              startIcon={<CheckCircle />}
              aria-label={t('verification.verifyOf', { label })}
              onClick={() => setVerifying(true)}
            >
              {t(sampled ? 'verification.callBack' : 'verification.verify')}
            </Button>
          )}
        </>
      }
    >
      <FactList facts={facts} />
      {verifying && (
        <VerifyDialog
          label={label}
          path={sampled ? `/verification/sample/${id}` : `/verification/customers/${id}`}
          facts={facts}
          methods={methods}
          complete={sampled}
          onDone={() => {
            setVerifying(false);
            onDone();
          }}
          onClose={() => setVerifying(false)}
        />
      )}
    </Card>
  );
};
