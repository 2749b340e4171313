import * as React from 'react';

import type { DestructionOrderView, DueItem } from '../../../api/types';
import { apiPath } from '../../../api/paths';
import { FormDialog } from '../../../components/FormDialog';
import { LoadMore } from '../../../components/LoadMore';
import { ResourceView } from '../../../components/ResourceView';
import { usePages } from '../../../hooks/usePages';
import { useSubmission } from '../../../hooks/useSubmission';
import { useTranslate } from '../../../hooks/useTranslate';
import { TicksField } from '../../../components/fields';
import { isProposable } from '../selection';
import { orderApi } from './paths';

interface AddCustomersDialogProps {
  order: DestructionOrderView;
  onDone: () => void;
  onClose: () => void;
}

const labelOf = ({ label, filingNumber, documentId }: DueItem): string =>
  [label, filingNumber].filter(Boolean).join(' · ') || documentId;

/** Due customers who are in no order yet, to be added to one that is reviewed. */
export const AddCustomersDialog = ({ order, onDone, onClose }: AddCustomersDialogProps) => {
  const t = useTranslate();
  const submission = useSubmission();
  const pages = usePages<DueItem>(apiPath('/retention/due'));
  const [chosen, setChosen] = React.useState<string[]>([]);
  const [sent, setSent] = React.useState(false);

  const add = async (): Promise<void> => {
    setSent(true);
    if (chosen.length === 0) return;
    if (!(await submission.post(orderApi(order.documentId, 'add'), { customers: chosen }))) return;
    onClose();
    onDone();
  };

  return (
    <FormDialog
      title={t('order.add')}
      confirmLabel={t('order.add')}
      submission={submission}
      onConfirm={add}
      onClose={onClose}
    >
      <ResourceView
        resource={pages}
        empty={{
          when: (items) => items.filter(isProposable).length === 0 && !pages.hasMore,
          text: t('order.addEmpty'),
        }}
      >
        {(items) => (
          <>
            <TicksField
              label={t('retention.due')}
              required
              error={sent && chosen.length === 0 ? t('error.required') : undefined}
              choices={items.filter(isProposable).map((item) => ({
                value: item.documentId,
                label: labelOf(item),
              }))}
              chosen={chosen}
              onChange={setChosen}
            />
            <LoadMore pages={pages} />
          </>
        )}
      </ResourceView>
    </FormDialog>
  );
};
