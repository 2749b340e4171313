import { Modal } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { AccessRequestDetail, Purposes, RecordLabel } from '../../api/types';
import { usePurposes } from '../../hooks/usePurposes';
import { useResource } from '../../hooks/useResource';
import { useReturnFocus } from '../../hooks/useReturnFocus';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { FailureNotice, Waiting } from '../ResourceView';
import { choicesOfLevels } from './choices';
import { RequestAccessForm } from './RequestAccessForm';

interface FormerRequestDialogProps {
  requestId: string;
  /** Continue it by a new one, or change it and submit it anew. */
  use: 'renew' | 'change';
  onSent?: () => void;
  onClose: () => void;
}

interface FilledFormProps extends Omit<FormerRequestDialogProps, 'requestId'> {
  request: AccessRequestDetail;
  levels: Purposes['levels'];
}

const FilledForm = ({ request, levels, use, onSent, onClose }: FilledFormProps) => {
  const label = useAttributeLabel();
  const type = request.recordType;
  const known = new Map(request.records.map((record) => [record.documentId, record]));
  const records: RecordLabel[] = (request.recordIds ?? []).map(
    (documentId) => known.get(documentId) ?? { documentId, label: null }
  );
  return (
    <RequestAccessForm
      type={type}
      records={records}
      choices={choicesOfLevels(type, levels?.[type] ?? {}, label)}
      preset={[]}
      former={{ request, use }}
      pending={false}
      onSent={onSent}
      onClose={onClose}
    />
  );
};

/** The request form, filled in as an earlier request of the user's was. */
export const FormerRequestDialog = ({ requestId, ...rest }: FormerRequestDialogProps) => {
  const t = useTranslate();
  const returnFocus = useReturnFocus();
  const request = useResource<AccessRequestDetail>(
    apiPath(`/access-requests/${encodeURIComponent(requestId)}`)
  );
  const purposes = usePurposes();
  const failure = request.failure ?? purposes.failure;
  return (
    <Modal.Root open onOpenChange={(open) => !open && rest.onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <Modal.Header closeLabel={t('common.close')}>
          <Modal.Title>{t(`request.${rest.use}Title`)}</Modal.Title>
        </Modal.Header>
        {request.data && purposes.data ? (
          <FilledForm request={request.data} levels={purposes.data.levels} {...rest} />
        ) : (
          <Modal.Body>{failure ? <FailureNotice failure={failure} /> : <Waiting />}</Modal.Body>
        )}
      </Modal.Content>
    </Modal.Root>
  );
};
