import { eachOf, type Demo } from './context';
import { before } from './days';
import type { Organisation } from './people';
import type { Portrait } from './portrait';
import { asSeed, serviceOf } from './services';

const CHECKED = { complete: true, accurate: true, compliant: true };

/** Has the customers reviewed and filed in their order, so that each gets the number that its outline has. */
export async function fileCustomers(
  demo: Demo,
  entries: readonly Portrait[],
  { staff }: Organisation
): Promise<void> {
  const filing = serviceOf(demo.strapi, 'filing');
  const reviewer = staff['chen.jing'];
  await asSeed(demo.strapi, () =>
    eachOf(demo, 'Filing', entries, async ({ outline, enteredAt }) => {
      const { documentId, filingNumber } = outline;
      await filing.submit([documentId], null, before(enteredAt, 0, -1));
      const decision = { decision: 'file', checklist: CHECKED } as const;
      const filed = await filing.decide(documentId, decision, reviewer, before(enteredAt, 0, -3));
      if (filed.filingNumber !== filingNumber) {
        throw new Error(`Customer ${filingNumber} was filed as ${filed.filingNumber}.`);
      }
    })
  );
}
