import * as React from 'react';

import { Button, Flex } from '@strapi/design-system';
import { ArrowClockwise, Eye, EyeStriked, Key, Pencil, PaperPlane } from '@strapi/icons';

import { useTranslate } from '../../hooks/useTranslate';

interface FieldActionsProps {
  label: string;
  busy: boolean;
  onReveal?: () => void;
  onHide?: () => void;
  onRequest?: () => void;
  onReplace?: () => void;
  onPropose?: () => void;
  onUndo?: () => void;
}

/** The buttons under a protected input: only those that can be used. Each names its field for screen readers. */
export const FieldActions = ({
  label,
  busy,
  onReveal,
  onHide,
  onRequest,
  onReplace,
  onPropose,
  onUndo,
}: FieldActionsProps) => {
  const t = useTranslate();
  const button = (
    text: string,
    icon: React.ReactNode,
    onClick: (() => void) | undefined,
    loading = false
  ) =>
    onClick && (
      <Button
        size="S"
        variant="tertiary"
        startIcon={icon}
        loading={loading}
        aria-label={t('protected.actionOn', { action: text, label })}
        onClick={onClick}
      >
        {text}
      </Button>
    );

  if (!onReveal && !onHide && !onRequest && !onReplace && !onPropose && !onUndo) return null;
  return (
    <Flex gap={2} wrap="wrap">
      {button(t('protected.reveal'), <Eye />, onReveal, busy)}
      {button(t('protected.hide'), <EyeStriked />, onHide)}
      {button(t('protected.request'), <Key />, onRequest)}
      {button(t('protected.replace'), <Pencil />, onReplace)}
      {button(t('change.propose'), <PaperPlane />, onPropose)}
      {button(t('protected.undo'), <ArrowClockwise />, onUndo)}
    </Flex>
  );
};
