import { useRequestDialog, type ListedDocument, type RequestDialog } from './useRequestDialog';

interface BulkProps {
  model: string;
  collectionType: string;
  documents: ListedDocument[];
}

/** “Request access” over the records that are ticked in a governed type's list. */
export const BulkRequestAction = ({
  model,
  collectionType,
  documents,
}: BulkProps): (RequestDialog & { variant: 'tertiary' }) | null => {
  const request = useRequestDialog(model, collectionType, documents);
  return request && { ...request, variant: 'tertiary' };
};
