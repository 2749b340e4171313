import * as React from 'react';

import { Key } from '@strapi/icons';

import { useRequestDialog, type ListedDocument, type RequestDialog } from './useRequestDialog';

interface RowProps {
  model: string;
  collectionType: string;
  document?: ListedDocument;
}

interface RowDescription extends RequestDialog {
  icon: React.ReactNode;
  position: ['table-row'];
}

const NONE: ListedDocument[] = [];

/** “Request access” in the menu of one row of a governed type's list; the record's own form has it in its side panel. */
export const RowRequestAction = ({
  model,
  collectionType,
  document,
}: RowProps): RowDescription | null => {
  const documents = React.useMemo(() => (document ? [document] : NONE), [document]);
  const request = useRequestDialog(model, collectionType, documents);
  return request && document ? { ...request, icon: <Key />, position: ['table-row'] } : null;
};
