import { Flex } from '@strapi/design-system';

import { ExportButton } from '../../components/ExportButton';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { exportPath } from './filters';

interface ExportButtonsProps {
  /** What the entries on the page were asked for by. */
  query: Record<string, string | undefined>;
}

const FORMATS = ['csv', 'ndjson'] as const;

/** Takes the entries that the filters let through as a file; that it was taken is logged. */
export const ExportButtons = ({ query }: ExportButtonsProps) => {
  const t = useTranslate();
  const mayExport = usePermission('audit.export');
  if (!mayExport) return null;
  return (
    <Flex gap={2} data-no-print>
      {FORMATS.map((format) => (
        <ExportButton
          key={format}
          path={exportPath(query, format)}
          fileName={`audit-log.${format}`}
        >
          {t(`audit.export.${format}`)}
        </ExportButton>
      ))}
    </Flex>
  );
};
