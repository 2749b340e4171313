import * as React from 'react';

import type { DepartmentRef } from '../../api/types';
import { customerColumns } from '../../components/customerColumns';
import type { Column } from '../../components/DataTable';
import { DateTime } from '../../components/DateTime';
import { useTranslate } from '../../hooks/useTranslate';
import { departmentName } from '../../utils/names';

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
      ...customerColumns<CustomerRow>(t, {
        labelOf: ({ label }) => label,
        nameless: t('order.itemGone'),
      }),
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
