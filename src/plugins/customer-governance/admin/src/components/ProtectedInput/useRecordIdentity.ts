import * as React from 'react';

import { useParams } from 'react-router-dom';

export interface RecordIdentity {
  type: string | undefined;
  /** Undefined while the record is not saved, and wherever we cannot be sure which record this is. */
  documentId: string | undefined;
  /** A copy of another record: what stands in the form are masks of the original. */
  cloning: boolean;
  /** Shown in a dialog over another record's page, of which the address tells nothing. */
  insideDialog: boolean;
}

/**
 * Which record the input belongs to. The Content Manager tells it by the page's address only; its
 * relation dialog shows a *different* record over the same address, so inside a dialog there is no
 * identity, and with it no reveal that would ask for the wrong record.
 */
export const useRecordIdentity = (root: React.RefObject<HTMLElement>): RecordIdentity => {
  const { slug, id, origin } = useParams<{ slug: string; id: string; origin: string }>();
  const [insideDialog, setInsideDialog] = React.useState(true);

  React.useLayoutEffect(() => {
    setInsideDialog(Boolean(root.current?.closest('[role="dialog"]')));
  }, [root]);

  const saved = id !== undefined && id !== 'create' && origin === undefined;
  return {
    type: slug,
    documentId: saved && !insideDialog ? id : undefined,
    cloning: origin !== undefined && !insideDialog,
    insideDialog,
  };
};
