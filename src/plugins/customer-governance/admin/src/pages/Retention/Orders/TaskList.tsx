import * as React from 'react';

import { Badge, Button, Flex, Typography } from '@strapi/design-system';

import type { DestructionTaskView } from '../../../api/types';
import { DateTime } from '../../../components/DateTime';
import { useTerm, useTranslate } from '../../../hooks/useTranslate';
import { personLine } from '../../../utils/names';
import { ConfirmTaskDialog } from './ConfirmTaskDialog';

interface TaskListProps {
  tasks: DestructionTaskView[];
  onChanged: () => void;
  /** What else may be done about one. */
  actions?: (task: DestructionTaskView) => React.ReactNode;
}

/** What people destroy by hand for an order, and how far they are. */
export const TaskList = ({ tasks, onChanged, actions }: TaskListProps) => {
  const t = useTranslate();
  const term = useTerm();
  const [confirming, setConfirming] = React.useState<DestructionTaskView | null>(null);
  return (
    <Flex tag="ul" aria-label={t('task.list')} direction="column" alignItems="stretch" gap={2}>
      {tasks.map((task) => (
        <Flex
          tag="li"
          key={task.documentId}
          justifyContent="space-between"
          gap={4}
          wrap="wrap"
          padding={3}
          background="neutral100"
          hasRadius
        >
          <Flex direction="column" alignItems="flex-start" gap={1} flex="1" minWidth="16rem">
            <Flex gap={2} wrap="wrap">
              <Typography fontWeight="bold">
                {term('medium', task.medium)} · {term('method', task.method)}
              </Typography>
              <Badge variant={task.state === 'open' ? 'warning' : 'success'}>
                {t(`task.${task.state}`)}
              </Badge>
            </Flex>
            <Typography>{task.place}</Typography>
            <Typography variant="pi" textColor="neutral600">
              {personLine(task.responsible)}
              {task.dueOn && (
                <>
                  {' · '}
                  {t('task.dueOn')} <DateTime value={task.dueOn} dayOnly />
                </>
              )}
              {task.confirmedAt && (
                <>
                  {' · '}
                  {personLine(task.confirmedBy)} <DateTime value={task.confirmedAt} />
                </>
              )}
            </Typography>
            {task.note && <Typography variant="pi">{task.note}</Typography>}
          </Flex>
          <Flex gap={2}>
            {actions?.(task)}
            {task.mine && (
              <Button size="S" variant="secondary" onClick={() => setConfirming(task)}>
                {t('task.confirm')}
              </Button>
            )}
          </Flex>
        </Flex>
      ))}
      {confirming && (
        <ConfirmTaskDialog
          task={confirming}
          onDone={onChanged}
          onClose={() => setConfirming(null)}
        />
      )}
    </Flex>
  );
};
