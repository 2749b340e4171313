import * as React from 'react';

import { Button, Flex } from '@strapi/design-system';
import { CheckCircle } from '@strapi/icons';

import { apiPath } from '../../api/paths';
import type { CustomerVerification } from '../../api/verification';
import { usePermission } from '../../hooks/usePermission';
import { useResource } from '../../hooks/useResource';
import { useTranslate } from '../../hooks/useTranslate';
import { FactList } from '../Verification/FactList';
import { VerifyDialog } from '../Verification/VerifyDialog';
import { Notice } from '../Notice';
import { Section } from './Section';

interface VerificationProps {
  documentId: string;
  /** Changes with every save, which may have made a verification void. */
  version: string;
}

/** How the customer's key facts stand, and the way to note that they were verified. */
export const Verification = ({ documentId, version }: VerificationProps) => {
  const t = useTranslate();
  const mayRecord = usePermission('verification.record');
  const path = `/verification/customers/${encodeURIComponent(documentId)}`;
  const { data, reload } = useResource<CustomerVerification>(apiPath(path));
  const [open, setOpen] = React.useState(false);

  const known = React.useRef(version);
  React.useEffect(() => {
    if (known.current === version) return;
    known.current = version;
    reload();
  }, [reload, version]);

  if (!data || data.facts.length === 0) return null;
  return (
    <Section title={t('verification.title')}>
      {data.openedAt && <Notice tone="warning">{t('verification.waits')}</Notice>}
      <FactList facts={data.facts} />
      {mayRecord && (
        <Flex>
          <Button
            size="S"
            variant="secondary"
            startIcon={<CheckCircle />}
            onClick={() => setOpen(true)}
          >
            {t('verification.verify')}
          </Button>
        </Flex>
      )}
      {open && (
        <VerifyDialog
          label={t('verification.thisCustomer')}
          path={path}
          facts={data.facts}
          methods={data.methods}
          onDone={() => {
            setOpen(false);
            reload();
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </Section>
  );
};
