import * as React from 'react';

import type { DepartmentRef } from '../../api/types';
import type { Column } from '../../components/DataTable';
import { DateTime } from '../../components/DateTime';
import { RecordLink } from '../../components/RequestDetails';
import { useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { departmentName } from '../../utils/names';

const CUSTOMER_TYPE = `plugin::${PLUGIN_ID}.customer`;

interface CustomerRow {
  documentId: string;
  /** `null`: the customer is gone. */
  label: string | null;
  filingNumber: string | null;
  department: DepartmentRef;
  dueOn: string | null;
}

/** What every list of customers to be destroyed says of them: who it is by the mask, whose, and when due. */
export const useCustomerColumns = (): Column<CustomerRow>[] => {
  const t = useTranslate();
  return React.useMemo(
    () => [
      {
        title: t('retention.column.customer'),
        cell: ({ documentId, label }) =>
          label === null ? (
            t('order.itemGone')
          ) : (
            <RecordLink type={CUSTOMER_TYPE} record={{ documentId, label }} />
          ),
      },
      {
        title: t('retention.column.filingNumber'),
        cell: ({ filingNumber }) => filingNumber ?? '—',
      },
      {
        title: t('retention.column.department'),
        cell: ({ department }) => departmentName(department) ?? '—',
      },
      {
        title: t('retention.column.dueOn'),
        cell: ({ dueOn }) => <DateTime value={dueOn} dayOnly />,
      },
    ],
    [t]
  );
};
