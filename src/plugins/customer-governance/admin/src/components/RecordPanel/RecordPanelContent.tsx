import * as React from 'react';

import { Badge, Button, Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { Key } from '@strapi/icons';
import { Link } from 'react-router-dom';

import type { CustomerSide, RecordStatus } from '../../api/types';
import { usePermission } from '../../hooks/usePermission';
import { refreshRecord, useRecordStatus } from '../../hooks/useRecordStatus';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { historyLink } from '../../pages/Audit/links';
import { requestPath } from '../../pages/navigation';
import { departmentName } from '../../utils/names';
import { Attachments } from '../Attachments/Attachments';
import { StageBadge } from '../Badges';
import { Facts } from '../Facts';
import { choicesOfRecord } from '../RequestAccess/choices';
import { RequestAccessDialog } from '../RequestAccess/RequestAccessDialog';
import { Notice } from '../Notice';
import { FailureNotice, Waiting } from '../ResourceView';
import { Changes } from './Changes';
import { Consents } from './Consents';
import { Duplicates } from './Duplicates';
import { Filing } from './Filing';
import { Grants } from './Grants';
import { Holds } from './Holds';
import { Owners } from './Owners';
import { Retention } from './Retention';
import { None } from './Section';
import { Verification } from './Verification';

interface RecordPanelContentProps {
  type: string;
  documentId: string;
  /** Changes with every save, after which the status may be another one. */
  version: string;
}

const NOT_FOR_YOU = [403, 404];

/** The customer's part of a status; other governed types have none. */
const customerSide = (status: RecordStatus): CustomerSide | null =>
  status.consents
    ? {
        owner: status.owner ?? null,
        department: status.department ?? null,
        keyCustomer: status.keyCustomer ?? false,
        stage: status.stage ?? 'active',
        consents: status.consents,
        retention: status.retention ?? null,
      }
    : null;

const Ownership = ({ side }: { side: CustomerSide }) => {
  const t = useTranslate();
  const silent = side.stage === 'dormant' || side.stage === 'invalid';
  return (
    <>
      <Facts
        facts={[
          { name: t('panel.owner'), value: side.owner?.name },
          { name: t('panel.department'), value: departmentName(side.department) },
        ]}
      />
      {(side.keyCustomer || silent) && (
        <Flex gap={2} wrap="wrap">
          {side.keyCustomer && <Badge variant="secondary">{t('panel.keyCustomer')}</Badge>}
          <StageBadge stage={side.stage} />
        </Flex>
      )}
      {silent && (
        <Typography variant="pi" textColor="neutral600">
          {t('panel.silent')}
        </Typography>
      )}
    </>
  );
};

/** Owner, consents, grants, due date and hold of the record that is open. */
export const RecordPanelContent = ({ type, documentId, version }: RecordPanelContentProps) => {
  const t = useTranslate();
  const label = useAttributeLabel();
  const { data: status, failure } = useRecordStatus(type, documentId);
  const canRequest = usePermission('access.request');
  const canAudit = usePermission('audit.read');
  const canMerge = usePermission('customers.merge');
  const [requesting, setRequesting] = React.useState(false);

  const refresh = React.useCallback(() => refreshRecord(type, documentId), [documentId, type]);

  const lastVersion = React.useRef(version);
  React.useEffect(() => {
    if (lastVersion.current === version) return;
    lastVersion.current = version;
    refresh();
  }, [refresh, version]);

  if (failure) {
    return failure.status !== undefined && NOT_FOR_YOU.includes(failure.status) ? (
      <None>{t('panel.notAvailable')}</None>
    ) : (
      <FailureNotice failure={failure} retry={refresh} />
    );
  }
  if (!status) return <Waiting small />;

  const side = customerSide(status);
  const choices = choicesOfRecord(type, status, label);
  return (
    <Flex direction="column" alignItems="stretch" gap={4} width="100%">
      {status.clearance && (
        <Notice tone="warning" title={t('panel.clearance')}>
          {t(`panel.clearance.${status.clearance}`)}
        </Notice>
      )}
      {side && <Filing documentId={documentId} version={version} />}
      {side && <Ownership side={side} />}
      {side && <Owners key={version} documentId={documentId} />}
      {side && <Consents customer={documentId} consents={side.consents} onChanged={refresh} />}
      {side && <Attachments customer={documentId} />}
      <Grants type={type} grants={status.grants} />
      <Changes type={type} documentId={documentId} status={status} />
      {side && canMerge && <Duplicates documentId={documentId} />}
      {side && <Verification documentId={documentId} version={version} />}
      {side && <Retention documentId={documentId} side={side} status={status} />}
      <Holds type={type} documentId={documentId} holds={status.holds} onChanged={refresh} />
      {status.pendingRequest && (
        <TextLink tag={Link} to={requestPath(status.pendingRequest)}>
          {t('panel.pendingRequest')}
        </TextLink>
      )}
      {canRequest && choices.length > 0 && (
        <Button variant="secondary" startIcon={<Key />} onClick={() => setRequesting(true)}>
          {t('request.title')}
        </Button>
      )}
      {canAudit && (
        <TextLink tag={Link} to={historyLink(documentId)}>
          {t('panel.auditTrail')}
        </TextLink>
      )}
      {requesting && (
        <RequestAccessDialog
          type={type}
          records={[{ documentId, label: '' }]}
          choices={choices}
          preset={[]}
          pending={status.pendingRequest !== null}
          onClose={() => setRequesting(false)}
        />
      )}
    </Flex>
  );
};
