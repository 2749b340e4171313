import * as React from 'react';

import { Box, Button, Flex, Radio, Typography } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';

import type { FilingCheck, FilingItem, FilingOutcome } from '../../api/filing';
import { FormDialog } from '../../components/FormDialog';
import { OutcomesDialog } from '../../components/OutcomesDialog';
import { TextField } from '../../components/fields';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useLocalText, useTranslate } from '../../hooks/useTranslate';
import { ReviewFacts } from './ReviewFacts';
import { titleOf } from './title';

type Answers = Readonly<Record<string, boolean>>;

interface CheckProps {
  check: FilingCheck;
  answer: boolean | undefined;
  /** Whether an answer is missing that was asked for. */
  wanting: boolean;
  onAnswer: (answer: boolean) => void;
}

/** One item of the checklist: yes or no, and nothing to begin with. */
const Check = ({ check, answer, wanting, onAnswer }: CheckProps) => {
  const t = useTranslate();
  const text = useLocalText();
  const id = React.useId();
  return (
    <Box>
      <Flex justifyContent="space-between" gap={4} alignItems="flex-start">
        <Typography id={id}>{text(check.name)}</Typography>
        <Radio.Group
          aria-labelledby={id}
          value={answer === undefined ? '' : answer ? 'yes' : 'no'}
          onValueChange={(value: string) => onAnswer(value === 'yes')}
        >
          <Flex gap={4}>
            <Radio.Item value="yes">{t('filing.yes')}</Radio.Item>
            <Radio.Item value="no">{t('filing.no')}</Radio.Item>
          </Flex>
        </Radio.Group>
      </Flex>
      {wanting && answer === undefined && (
        <Typography role="alert" variant="pi" textColor="danger600">
          {t('filing.answer')}
        </Typography>
      )}
    </Box>
  );
};

interface OutcomesProps {
  items: readonly FilingItem[];
  outcomes: readonly FilingOutcome[];
  onClose: () => void;
}

/** Of each that was not decided, why not. */
const Outcomes = ({ items, outcomes, onClose }: OutcomesProps) => {
  const t = useTranslate();
  const refused = outcomes.filter(({ problem }) => problem !== null);
  const done = outcomes.length - refused.length;
  const titleFor = (documentId: string): string => {
    const item = items.find((each) => each.documentId === documentId);
    return item ? titleOf(item) : '';
  };
  return (
    <OutcomesDialog
      title={t('filing.outcome')}
      summary={t('filing.outcomeOf', { done, refused: refused.length })}
      done={done > 0}
      refused={refused.map(({ documentId, problem }) => ({
        id: documentId,
        title: titleFor(documentId),
        reason: problem,
      }))}
      onClose={onClose}
    />
  );
};

interface ReviewDialogProps {
  items: readonly FilingItem[];
  checklist: readonly FilingCheck[];
  onDone: () => void;
  onClose: () => void;
}

/** The checklist of one customer, or of several that are answered for together. */
export const ReviewDialog = ({ items, checklist, onDone, onClose }: ReviewDialogProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const [answers, setAnswers] = React.useState<Answers>({});
  const [reasons, setReasons] = React.useState('');
  const [wanted, setWanted] = React.useState<'file' | 'return' | null>(null);
  const [outcomes, setOutcomes] = React.useState<FilingOutcome[] | null>(null);

  const answered = checklist.every(({ code }) => code in answers);
  const denied = checklist.some(({ code }) => answers[code] === false);
  const [single] = items.length === 1 ? items : [];

  const decide = async (decision: 'file' | 'return'): Promise<void> => {
    setWanted(decision);
    const text = reasons.trim();
    if (!answered || (decision === 'return' ? text === '' : denied)) return;
    const answer = await submission.post<{ outcomes: FilingOutcome[] }>('/filing/decide', {
      documentIds: items.map(({ documentId }) => documentId),
      decision,
      checklist: answers,
      ...(decision === 'return' ? { reasons: text } : {}),
    });
    if (!answer) return;
    if (answer.outcomes.some(({ problem }) => problem !== null)) {
      setOutcomes(answer.outcomes);
      return;
    }
    const [first] = answer.outcomes;
    notify(
      'success',
      decision === 'file' && items.length === 1 && first?.filingNumber
        ? t('filing.filedAs', { number: first.filingNumber })
        : t(decision === 'file' ? 'filing.filed' : 'filing.returned', { count: items.length })
    );
    onDone();
  };

  if (outcomes) return <Outcomes items={items} outcomes={outcomes} onClose={onDone} />;
  return (
    <FormDialog
      title={
        single
          ? t('filing.reviewOf', { title: titleOf(single) })
          : t('filing.reviewMany', { count: items.length })
      }
      confirmLabel={t('filing.file')}
      tone="success"
      submission={submission}
      besides={
        <Button
          variant="danger-light"
          startIcon={<ArrowLeft />}
          disabled={submission.busy}
          onClick={() => void decide('return')}
        >
          {t('filing.return')}
        </Button>
      }
      onConfirm={() => decide('file')}
      onClose={onClose}
    >
      {single && <ReviewFacts documentId={single.documentId} />}
      <Flex direction="column" alignItems="stretch" gap={3}>
        {checklist.map((check) => (
          <Check
            key={check.code}
            check={check}
            answer={answers[check.code]}
            wanting={wanted !== null}
            onAnswer={(answer) => setAnswers({ ...answers, [check.code]: answer })}
          />
        ))}
      </Flex>
      <TextField
        name="reasons"
        label={t('filing.reasons')}
        hint={t('filing.reasonsHint')}
        maxLength={2000}
        value={reasons}
        error={
          wanted === 'return' && reasons.trim() === ''
            ? t('error.required')
            : wanted === 'file' && denied
              ? t('filing.denied')
              : undefined
        }
        onChange={setReasons}
      />
    </FormDialog>
  );
};
