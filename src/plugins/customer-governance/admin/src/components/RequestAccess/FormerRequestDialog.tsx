import { Modal } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { AccessRequestDetail, RecordLabel } from '../../api/types';
import { choicesOfLevels } from './choices';
import { RequestAccessDialog } from './RequestAccessDialog';
import { FailureNotice, Waiting } from '../ResourceView';
import { usePurposes } from '../../hooks/usePurposes';
import { useResource } from '../../hooks/useResource';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';

interface FormerRequestDialogProps {
  requestId: string;
  /** Continue it by a new one, or change it and submit it anew. */
  use: 'renew' | 'change';
  onSent?: () => void;
  onClose: () => void;
}

/** The request form, filled in as an earlier request of the user's was. */
export const FormerRequestDialog = ({
  requestId,
  use,
  onSent,
  onClose,
}: FormerRequestDialogProps) => {
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
            <Modal.Title>{t(`request.${use}Title`)}</Modal.Title>
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
      title={t(`request.${use}Title`)}
      type={request.recordType}
      records={records}
      choices={choicesOfLevels(
        request.recordType,
        purposes.data.levels?.[request.recordType] ?? {},
        label
      )}
      preset={[]}
      former={{ request, use }}
      onSent={onSent}
      pending={false}
      onClose={onClose}
    />
  );
};
