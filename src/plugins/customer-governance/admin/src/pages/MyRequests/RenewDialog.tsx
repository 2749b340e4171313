import { Modal } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { AccessRequestDetail, RecordLabel } from '../../api/types';
import { choicesOfLevels } from '../../components/RequestAccess/choices';
import { RequestAccessDialog } from '../../components/RequestAccess/RequestAccessDialog';
import { FailureNotice, Waiting } from '../../components/ResourceView';
import { usePurposes } from '../../hooks/usePurposes';
import { useResource } from '../../hooks/useResource';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';

interface RenewDialogProps {
  /** The request that the grant came of. */
  requestId: string;
  onClose: () => void;
}

/** Asks for the same once more: the request form, filled in as it was then. */
export const RenewDialog = ({ requestId, onClose }: RenewDialogProps) => {
  const t = useTranslate();
  const label = useAttributeLabel();
  const former = useResource<AccessRequestDetail>(
    apiPath(`/access-requests/${encodeURIComponent(requestId)}`)
  );
  const purposes = usePurposes();
  const failure = former.failure ?? purposes.failure;
  const request = former.data;

  if (!request || !purposes.data) {
    return (
      <Modal.Root open onOpenChange={(open) => !open && onClose()}>
        <Modal.Content>
          <Modal.Header closeLabel={t('common.close')}>
            <Modal.Title>{t('grant.renewTitle')}</Modal.Title>
          </Modal.Header>
          <Modal.Body>{failure ? <FailureNotice failure={failure} /> : <Waiting />}</Modal.Body>
        </Modal.Content>
      </Modal.Root>
    );
  }

  const known = new Map(request.records.map((record) => [record.documentId, record]));
  const records: RecordLabel[] = (request.recordIds ?? []).map(
    (documentId) => known.get(documentId) ?? { documentId, label: null }
  );
  return (
    <RequestAccessDialog
      title={t('grant.renewTitle')}
      type={request.recordType}
      records={records}
      choices={choicesOfLevels(
        request.recordType,
        purposes.data.levels?.[request.recordType] ?? {},
        label
      )}
      preset={request.attributes}
      former={{
        purpose: request.purpose?.code ?? '',
        termDays: String(request.termDays),
        reason: request.reason,
      }}
      pending={false}
      onClose={onClose}
    />
  );
};
