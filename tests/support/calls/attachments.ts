import { pdf } from '../attachments';
import { dataOf, type Calls, type Chapter } from './types';

/** Files of a customer, through the panel and through the content API. */
export function attachmentChapters({ company, send }: Calls): Chapter[] {
  return (
    [
      ['root', '/customer-governance'],
      ['token', '/api/customer-governance'],
    ] as const
  ).map(([by, base]) => async () => {
    const customer = await company.customer(company.rep);
    const made = dataOf(
      await send({
        route: `POST ${base}/customers/:documentId/attachments`,
        by,
        path: [customer.documentId],
        query: 'kind=contract&date=2026-01-02',
        content: pdf('王小明 13800138000'),
      })
    );
    await send({
      route: `POST ${base}/attachments/:documentId/download`,
      by,
      path: [made.documentId],
      body: { purpose: 'contract-performance' },
    });
    await send({
      route: `POST ${base}/attachments/:documentId/remove`,
      by,
      path: [made.documentId],
      body: { reason: 'No longer needed' },
    });
  });
}
