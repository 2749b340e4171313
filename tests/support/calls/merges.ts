import { dataOf, type Calls, type Chapter } from './types';

const PANEL = '/customer-governance';
const API = '/api/customer-governance';

/** Files that are told apart, and that become one, in the panel and by an application. */
export function mergeChapters({ company, send }: Calls): Chapter[] {
  const two = async () => ({
    survivor: (await company.customer(company.rep)).documentId,
    merged: (await company.customer(company.rep)).documentId,
  });

  const distinct = async () => {
    const { survivor, merged } = await two();
    const body = { files: [survivor, merged] };
    dataOf(await send({ route: `POST ${PANEL}/duplicates/distinct`, by: 'rep', body }));
  };

  const merges = async (base: string) => {
    const by = base === API ? ('api-rep' as const) : ('rep' as const);
    const decider = base === API ? ('api-head' as const) : ('head' as const);
    const choice = { ...(await two()), taken: [] };
    const ask = async () =>
      dataOf(
        await send({ route: `POST ${base}/merges`, by, body: { ...choice, reason: 'The same' } })
      );
    if (base === PANEL) {
      dataOf(await send({ route: `POST ${base}/merges/preview`, by, body: choice }));
    }
    const first = await ask();
    dataOf(
      await send({
        route: `POST ${base}/merges/:documentId/withdraw`,
        by,
        path: [first.documentId],
        body: {},
      })
    );
    const { steps } = (await ask()) as unknown as { steps: Array<{ id: number }> };
    dataOf(
      await send({
        route: `POST ${base}/approvals/:stepId/decide`,
        by: decider,
        path: [String(steps[0]?.id)],
        body: { decision: 'approve', comment: 'seen' },
      })
    );
  };

  return [distinct, () => merges(PANEL), () => merges(API)];
}
