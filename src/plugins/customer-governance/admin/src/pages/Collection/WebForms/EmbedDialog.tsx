import * as React from 'react';

import {
  Button,
  Field,
  Flex,
  Modal,
  SingleSelect,
  SingleSelectOption,
  Textarea,
  Typography,
} from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';

import type { WebFormView } from '../../../api/webForms';
import { useReturnFocus } from '../../../hooks/useReturnFocus';
import { useNotify } from '../../../hooks/useSubmission';
import { useTranslate } from '../../../hooks/useTranslate';
import { serverAddress } from '../../../utils/transfer';
import { snippetOf, type SnippetOptions } from './snippet';

type Language = SnippetOptions['language'];
const LANGUAGES: readonly Language[] = ['zh', 'en'];
const ROWS = 14;

/** What a web developer puts into the page, ready to be copied. */
export const EmbedDialog = ({ form, onClose }: { form: WebFormView; onClose: () => void }) => {
  const t = useTranslate();
  const notify = useNotify();
  const returnFocus = useReturnFocus();
  const [language, setLanguage] = React.useState<Language>('zh');
  const snippet = snippetOf({ server: serverAddress(), code: form.code, language });

  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(snippet);
      notify('success', t('webForms.copied'));
    } catch {
      notify('info', t('webForms.notCopied'));
    }
  };

  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <Modal.Header closeLabel={t('common.close')}>
          <Modal.Title>{t('webForms.embedOf', { title: form.title })}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={5}>
            <Typography>{t('webForms.embedHint')}</Typography>
            <Field.Root name="language">
              <Field.Label>{t('webForms.language')}</Field.Label>
              <SingleSelect
                value={language}
                onChange={(chosen) => setLanguage(LANGUAGES.find((one) => one === chosen) ?? 'zh')}
              >
                {LANGUAGES.map((one) => (
                  <SingleSelectOption key={one} value={one}>
                    {t(`webForms.language.${one}`)}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            </Field.Root>
            <Field.Root name="snippet">
              <Field.Label>{t('webForms.snippet')}</Field.Label>
              <Textarea
                readOnly
                rows={ROWS}
                value={snippet}
                spellCheck={false}
                style={{ fontFamily: 'monospace', whiteSpace: 'pre' }}
              />
            </Field.Root>
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {t('common.close')}
          </Button>
          <Button startIcon={<Duplicate />} onClick={() => void copy()}>
            {t('webForms.copy')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
};
