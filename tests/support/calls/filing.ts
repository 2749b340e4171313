import type { Calls, Chapter } from './types';

const PANEL = '/customer-governance/filing';
const CHECKED = { complete: true, accurate: true, compliant: true };

/** Customers on their way into the files. */
export function filingChapters({ company, send }: Calls): Chapter[] {
  return [
    async () => {
      const entered = async (mobile: string) =>
        (await company.customer(company.rep, { mobile, source: 'sales', industry: '农业' }))
          .documentId;
      const [one, other, third] = [
        await entered('13811138111'),
        await entered('13811138112'),
        await entered('13811138113'),
      ];
      await send({
        route: `POST ${PANEL}/:documentId/submit`,
        by: 'audit-lead',
        path: [one],
        body: {},
      });
      await send({
        route: `POST ${PANEL}/submit`,
        by: 'audit-lead',
        body: { documentIds: [other] },
      });
      await send({
        route: 'POST /api/customer-governance/customers/:documentId/filing',
        by: 'token',
        path: [third],
        body: {},
      });
      await send({
        route: `POST ${PANEL}/:documentId/decide`,
        by: 'audit-second',
        path: [one],
        body: { decision: 'file', checklist: CHECKED },
      });
      await send({
        route: `POST ${PANEL}/decide`,
        by: 'audit-second',
        body: {
          documentIds: [other, third],
          decision: 'return',
          checklist: { ...CHECKED, complete: false },
          reasons: 'The industry is missing',
        },
      });
    },
  ];
}
