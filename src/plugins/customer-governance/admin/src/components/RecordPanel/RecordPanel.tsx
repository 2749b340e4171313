import { unstable_useDocument as useDocument } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';

import { useTranslate } from '../../hooks/useTranslate';
import { isGoverned } from '../../utils/schemas';
import { RecordPanelContent } from './RecordPanelContent';

interface PanelProps {
  model: string;
  collectionType: string;
  documentId?: string;
  document?: { updatedAt?: unknown };
}

interface PanelDescription {
  title: string;
  content: React.ReactNode;
}

/**
 * The governance panel beside the Content Manager's form, for every type with a protected
 * attribute. A description, not an element: the Content Manager draws the frame.
 */
export const RecordPanel = ({
  model,
  collectionType,
  documentId,
  document,
}: PanelProps): PanelDescription | null => {
  const t = useTranslate();
  const { origin } = useParams();
  // Skipped: only the schema is wanted, and reading the document once more would be audited once more.
  const { schema } = useDocument({ model, collectionType }, { skip: true });

  if (!isGoverned(schema) || !documentId || documentId === 'create' || origin !== undefined)
    return null;

  return {
    title: t('panel.title'),
    content: (
      <RecordPanelContent
        type={model}
        documentId={documentId}
        version={String(document?.updatedAt ?? '')}
      />
    ),
  };
};
