import { Box, Flex, IconButton } from '@strapi/design-system';
import { Trash } from '@strapi/icons';

import type { ConsentOptions } from '../../api/consents';
import {
  CONSENT_SCOPES,
  CONTACT_CHANNELS,
  type ConsentScope,
  type ContactChannel,
} from '../../api/vocabulary';
import { useLocalText, useTerm, useTranslate } from '../../hooks/useTranslate';
import { ChoiceField } from '../fields';
import type { AnswerDraft } from './draft';

interface AnswerRowProps {
  position: number;
  answer: AnswerDraft;
  purposes: ConsentOptions['purposes'];
  onChange: (answer: AnswerDraft) => void;
  onRemove?: () => void;
}

/** One box of the paper: for what, how far, by which channel, and whether it was ticked. */
export const AnswerRow = ({ position, answer, purposes, onChange, onRemove }: AnswerRowProps) => {
  const t = useTranslate();
  const local = useLocalText();
  const term = useTerm();
  const field = (name: string): string => `${name}-${position}`;
  return (
    <Flex gap={3} alignItems="flex-end" wrap="wrap">
      <Box flex="2" minWidth="12rem">
        <ChoiceField
          name={field('purpose')}
          label={t('consent.purpose')}
          value={answer.purpose}
          choices={purposes.map(({ code, name }) => ({ value: code, label: local(name) }))}
          onChange={(purpose) => onChange({ ...answer, purpose })}
        />
      </Box>
      <Box flex="1" minWidth="9rem">
        <ChoiceField
          name={field('scope')}
          label={t('consent.scope')}
          value={answer.scope}
          choices={CONSENT_SCOPES.map((value) => ({ value, label: term('scope', value) }))}
          onChange={(scope) => onChange({ ...answer, scope: scope as ConsentScope })}
        />
      </Box>
      <Box flex="1" minWidth="9rem">
        <ChoiceField
          name={field('channel')}
          label={t('consent.channel')}
          value={answer.channel}
          choices={CONTACT_CHANNELS.map((value) => ({ value, label: term('contact', value) }))}
          onChange={(channel) => onChange({ ...answer, channel: channel as ContactChannel })}
        />
      </Box>
      <Box flex="1" minWidth="8rem">
        <ChoiceField
          name={field('answer')}
          label={t('consent.answer')}
          value={answer.agreed ? 'given' : 'refused'}
          choices={(['given', 'refused'] as const).map((value) => ({
            value,
            label: term('state', value),
          }))}
          onChange={(state) => onChange({ ...answer, agreed: state === 'given' })}
        />
      </Box>
      {onRemove && (
        <IconButton
          label={t('consent.removeAnswer', { position })}
          variant="ghost"
          onClick={onRemove}
        >
          <Trash />
        </IconButton>
      )}
    </Flex>
  );
};
