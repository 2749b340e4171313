import * as React from 'react';

import { Button, Flex } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';

import { usePermission } from '../../hooks/usePermission';
import { useNotify } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { save } from '../../utils/save';
import { exportPath } from './filters';

interface ExportButtonsProps {
  /** What the entries on the page were asked for by. */
  query: Record<string, string | undefined>;
}

const FORMATS = ['csv', 'ndjson'] as const;
type Format = (typeof FORMATS)[number];

/** Takes the entries that the filters let through as a file; that it was taken is logged. */
export const ExportButtons = ({ query }: ExportButtonsProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const { get } = useFetchClient();
  const mayExport = usePermission('audit.export');
  const [busy, setBusy] = React.useState<Format | null>(null);
  if (!mayExport) return null;

  const take = async (format: Format): Promise<void> => {
    setBusy(format);
    try {
      const { data } = await get(exportPath(query, format), { responseType: 'blob' });
      save(data, `audit-log.${format}`);
      notify('success', t('audit.export.done'));
    } catch {
      // A file has no message of the server in it.
      notify('danger', t('audit.export.failed'));
    } finally {
      setBusy(null);
    }
  };

  return (
    <Flex gap={2} data-no-print>
      {FORMATS.map((format) => (
        <Button
          key={format}
          size="S"
          variant="tertiary"
          startIcon={<Download />}
          loading={busy === format}
          disabled={busy !== null}
          onClick={() => void take(format)}
        >
          {t(`audit.export.${format}`)}
        </Button>
      ))}
    </Flex>
  );
};
