import * as React from 'react';

import { Box, Flex, Tabs } from '@strapi/design-system';

import {
  NOTICE_LANGUAGES,
  NOTICE_SECTIONS,
  type NoticeLanguage,
  type NoticeText,
  type NoticeTexts,
  type NoticeView,
} from '../../api/consents';
import { LineField, TextField } from '../../components/fields';
import { FormDialog } from '../../components/FormDialog';
import { useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';

interface NoticeDialogProps {
  /** The draft that is changed; `null` for a new one. */
  notice: NoticeView | null;
  /** The version whose words are begun with. */
  like?: NoticeView;
  onDone: () => void;
  onClose: () => void;
}

type Draft = Record<NoticeLanguage, NoticeText>;

const EMPTY = Object.fromEntries(NOTICE_SECTIONS.map((section) => [section, ''])) as NoticeText;

const draftOf = (texts: NoticeTexts | undefined): Draft => ({
  zh: { ...EMPTY, ...texts?.zh },
  en: { ...EMPTY, ...texts?.en },
});

const isBegun = (text: NoticeText): boolean =>
  NOTICE_SECTIONS.some((section) => text[section].trim() !== '');

/** Writes a draft: its code and version, and its six sections in one language or both. */
export const NoticeDialog = ({ notice, like, onDone, onClose }: NoticeDialogProps) => {
  const t = useTranslate();
  const submission = useSubmission();
  const [title, setTitle] = React.useState(like?.title ?? '');
  const [code, setCode] = React.useState(like?.code ?? '');
  const [version, setVersion] = React.useState(notice?.version ?? '');
  const [texts, setTexts] = React.useState<Draft>(() => draftOf(like?.texts));

  const save = async (): Promise<void> => {
    const written = Object.fromEntries(
      NOTICE_LANGUAGES.filter((language) => isBegun(texts[language])).map((language) => [
        language,
        texts[language],
      ])
    );
    const body = { title, code, version, texts: written };
    const answer = notice
      ? await submission.put(`/notices/${notice.documentId}`, body)
      : await submission.post('/notices', body);
    if (answer) onDone();
  };

  return (
    <FormDialog
      title={t(notice ? 'notice.edit' : like ? 'notice.next' : 'notice.new')}
      confirmLabel={t('notice.save')}
      submission={submission}
      onConfirm={save}
      onClose={onClose}
    >
      <LineField
        name="title"
        label={t('notice.title')}
        value={title}
        required
        maxLength={160}
        onChange={setTitle}
      />
      <Flex gap={4} alignItems="flex-start" wrap="wrap">
        <Box flex="1" minWidth="14rem">
          <LineField
            name="code"
            label={t('notice.code')}
            hint={t('notice.codeHint')}
            value={code}
            required
            disabled={like !== undefined}
            maxLength={60}
            onChange={setCode}
          />
        </Box>
        <Box flex="1" minWidth="14rem">
          <LineField
            name="version"
            label={t('notice.version')}
            hint={t('notice.versionHint')}
            value={version}
            required
            maxLength={40}
            onChange={setVersion}
          />
        </Box>
      </Flex>
      <Tabs.Root variant="simple" defaultValue={NOTICE_LANGUAGES[0]}>
        <Tabs.List aria-label={t('notice.languages')}>
          {NOTICE_LANGUAGES.map((language) => (
            <Tabs.Trigger key={language} value={language}>
              {t(`notice.language.${language}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {NOTICE_LANGUAGES.map((language) => (
          <Tabs.Content key={language} value={language}>
            <Flex direction="column" alignItems="stretch" gap={4} paddingTop={4} lang={language}>
              {NOTICE_SECTIONS.map((section) => (
                <TextField
                  key={section}
                  name={`${language}.${section}`}
                  label={t(`notice.section.${section}`)}
                  value={texts[language][section]}
                  maxLength={4000}
                  onChange={(words) =>
                    setTexts({ ...texts, [language]: { ...texts[language], [section]: words } })
                  }
                />
              ))}
            </Flex>
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </FormDialog>
  );
};
