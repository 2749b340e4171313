import { Button, Flex, Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

import type { ImportOptions, ImportRow, ImportView } from '../../api/imports';
import { LoadMore } from '../../components/LoadMore';
import { Notice } from '../../components/Notice';
import { ResourceView } from '../../components/ResourceView';
import { usePages } from '../../hooks/usePages';
import { useTransfer } from '../../hooks/useTransfer';
import { useLocalText, useTerm, useTranslate } from '../../hooks/useTranslate';
import { keep } from '../../utils/transfer';
import { importApi, importRoute } from './paths';

interface RowListProps {
  run: ImportView;
  options: ImportOptions;
  phase: 'check' | 'run';
}

/** The rows of which something is to be told, and the same as a file. */
export const RowList = ({ run, options, phase }: RowListProps) => {
  const t = useTranslate();
  const term = useTerm();
  const local = useLocalText();
  const { locale } = useIntl();
  const report = useTransfer();
  const rows = usePages<ImportRow>(importApi(run.documentId, '/findings', { phase }));

  const labelOf = (name: string | null): string => {
    const attribute = options.attributes.find((one) => one.name === name);
    return attribute ? local(attribute.label) : (name ?? t('imports.wholeRow'));
  };
  const download = async (): Promise<void> => {
    const language = locale.startsWith('zh') ? 'zh' : 'en';
    const received = await report.run(importRoute(run.documentId, '/report'), { phase, language });
    if (received) keep(received);
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        <Typography tag="h2" variant="delta">
          {t('imports.findings')}
        </Typography>
        <Button variant="secondary" loading={report.busy} onClick={() => void download()}>
          {t('imports.report')}
        </Button>
      </Flex>
      {report.error && <Notice tone="danger">{report.error}</Notice>}
      <ResourceView
        resource={rows}
        empty={{ when: (items) => items.length === 0, text: t('imports.noFindings') }}
      >
        {(items) => (
          <>
            <Table colCount={3} rowCount={items.length + 1}>
              <Thead>
                <Tr>
                  <Th>
                    <Typography variant="sigma">{t('imports.row')}</Typography>
                  </Th>
                  <Th>
                    <Typography variant="sigma">{t('common.state')}</Typography>
                  </Th>
                  <Th>
                    <Typography variant="sigma">{t('imports.what')}</Typography>
                  </Th>
                </Tr>
              </Thead>
              <Tbody>
                {items.map(({ row, state, notes }) => (
                  <Tr key={row}>
                    <Td>
                      <Typography>{row}</Typography>
                    </Td>
                    <Td>
                      <Typography>{term('rowState', state)}</Typography>
                    </Td>
                    <Td>
                      <Flex tag="ul" direction="column" alignItems="flex-start">
                        {notes.map(({ attribute, kind, reason }, index) => (
                          <Typography tag="li" key={index} style={{ whiteSpace: 'normal' }}>
                            {kind === 'normalised'
                              ? t('imports.wasNormalised', { attribute: labelOf(attribute) })
                              : `${labelOf(attribute)}: ${reason}`}
                          </Typography>
                        ))}
                      </Flex>
                    </Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
            <LoadMore pages={rows} />
          </>
        )}
      </ResourceView>
    </Flex>
  );
};
