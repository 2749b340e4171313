import { useParams } from 'react-router-dom';

import { useTranslate } from '../../hooks/useTranslate';
import { CUSTOMER } from '../../pluginId';
import { EntryPanelContent } from './EntryPanelContent';

interface PanelProps {
  model: string;
  documentId?: string;
}

interface PanelDescription {
  title: string;
  content: React.ReactNode;
}

/** Beside the form of a customer: how complete the file is, and what is still wrong with it. */
export const EntryPanel = ({ model, documentId }: PanelProps): PanelDescription | null => {
  const t = useTranslate();
  const { origin } = useParams();
  if (model !== CUSTOMER || origin !== undefined) return null;
  const saved = documentId !== undefined && documentId !== 'create';
  return {
    title: t('entry.title'),
    content: <EntryPanelContent documentId={saved ? documentId : null} />,
  };
};
