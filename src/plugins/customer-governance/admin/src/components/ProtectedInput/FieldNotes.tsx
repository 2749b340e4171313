import * as React from 'react';

import { Flex, Typography } from '@strapi/design-system';

import { useFormat } from '../../hooks/useFormat';
import { useTranslate } from '../../hooks/useTranslate';
import type { Revealed } from './useReveal';

type Tone = 'neutral600' | 'warning700' | 'danger600';

interface FieldNotesProps {
  shown: Revealed | null;
  /** End of the grant that opens the field, while it is not revealed. */
  accessUntil: string | null;
  emptyReplacement: boolean;
  /** Only a request changes it. */
  controlled: boolean;
  cloning: boolean;
  insideDialog: boolean;
  error: string | undefined;
}

const Note = ({ tone, children }: { tone: Tone; children: React.ReactNode }) => (
  <Typography
    variant="pi"
    textColor={tone}
    tag="p"
    role={tone === 'danger600' ? 'alert' : undefined}
  >
    {children}
  </Typography>
);

/** What there is to say under a protected input: until when, what Replace does, what went wrong. */
export const FieldNotes = ({
  shown,
  accessUntil,
  emptyReplacement,
  controlled,
  cloning,
  insideDialog,
  error,
}: FieldNotesProps) => {
  const t = useTranslate();
  const { dateTime, time } = useFormat();
  return (
    <Flex direction="column" alignItems="flex-start" gap={1} aria-live="polite">
      {shown && (
        <Note tone="warning700">
          {shown.until
            ? t('protected.visibleUntilGrant', {
                time: time(shown.hiddenAt),
                end: dateTime(shown.until),
              })
            : t('protected.visibleUntil', { time: time(shown.hiddenAt) })}
        </Note>
      )}
      {accessUntil && (
        <Note tone="neutral600">{t('protected.accessUntil', { end: dateTime(accessUntil) })}</Note>
      )}
      {emptyReplacement && <Note tone="neutral600">{t('protected.replaceHint')}</Note>}
      {controlled && <Note tone="neutral600">{t('change.controlled')}</Note>}
      {cloning && <Note tone="warning700">{t('protected.cloneHint')}</Note>}
      {insideDialog && <Note tone="neutral600">{t('protected.dialogHint')}</Note>}
      {error && <Note tone="danger600">{error}</Note>}
    </Flex>
  );
};
