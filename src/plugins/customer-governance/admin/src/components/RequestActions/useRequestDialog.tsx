import * as React from 'react';

import {
  unstable_useDocument as useDocument,
  unstable_useDocumentLayout as useDocumentLayout,
} from '@strapi/strapi/admin';

import type { RecordLabel } from '../../api/types';
import { usePermission } from '../../hooks/usePermission';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { isGoverned } from '../../utils/schemas';
import { choicesOfType } from '../RequestAccess/choices';
import { RequestAccessForm } from '../RequestAccess/RequestAccessForm';

export type ListedDocument = { documentId: string } & Record<string, unknown>;

interface ModalContentProps {
  onClose: () => void;
}

export interface RequestDialog {
  label: string;
  dialog: { type: 'modal'; title: string; content: React.ComponentType<ModalContentProps> };
}

const labelOf = (document: ListedDocument, mainField: string): string => {
  const label = document[mainField];
  return typeof label === 'string' ? label : '';
};

/** “Request access” over records of a list, for the Content Manager to draw; null where there is nothing to ask for. */
export const useRequestDialog = (
  model: string,
  collectionType: string,
  documents: ListedDocument[]
): RequestDialog | null => {
  const t = useTranslate();
  const label = useAttributeLabel();
  const canRequest = usePermission('access.request');
  const { schema } = useDocument({ model, collectionType }, { skip: true });
  const { list } = useDocumentLayout(model);
  const { mainField } = list.settings;

  // The Content Manager mounts `content` as a component: another function would be another
  // component, and what was typed into the dialog would be lost.
  const content = React.useCallback(
    ({ onClose }: ModalContentProps) => {
      const records: RecordLabel[] = documents.map((document) => ({
        documentId: document.documentId,
        label: labelOf(document, mainField),
      }));
      return (
        <RequestAccessForm
          type={model}
          records={records}
          choices={choicesOfType(model, schema, label)}
          preset={[]}
          pending={false}
          onClose={onClose}
        />
      );
    },
    [documents, label, mainField, model, schema]
  );

  if (!canRequest || !isGoverned(schema)) return null;
  return {
    label: t('request.title'),
    dialog: { type: 'modal', title: t('request.title'), content },
  };
};
