import * as React from 'react';

import { Button } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';

import { useNotify } from '../hooks/useSubmission';
import { useTranslate } from '../hooks/useTranslate';
import { save } from '../utils/save';

interface ExportButtonProps {
  /** Where the server gives the file. */
  path: string;
  fileName: string;
  children: string;
}

/** Takes a file from the server; that it was taken is logged there. */
export const ExportButton = ({ path, fileName, children }: ExportButtonProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const { get } = useFetchClient();
  const [busy, setBusy] = React.useState(false);

  const take = async (): Promise<void> => {
    setBusy(true);
    try {
      const { data } = await get(path, { responseType: 'blob' });
      save(data, fileName);
      notify('success', t('common.exported'));
    } catch {
      // A file has no message of the server in it.
      notify('danger', t('common.exportFailed'));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Button
      size="S"
      variant="tertiary"
      startIcon={<Download />}
      loading={busy}
      onClick={() => void take()}
    >
      {children}
    </Button>
  );
};
