import { dataOf, type Calls, type Chapter } from './types';

const PERIOD = '2000-01-01';

/** Key facts that are verified, in the panel, by an application and for the sample. */
export function verificationChapters({ app, company, send }: Calls): Chapter[] {
  const body = (outcome: string) => ({
    method: 'call',
    results: [
      { attribute: 'name', outcome: 'confirmed' },
      { attribute: 'mobile', outcome },
    ],
  });

  const verification = async () => {
    const { documentId } = await company.customer(company.rep);
    for (const [route, by] of [
      ['POST /customer-governance/verification/customers/:documentId', 'rep'],
      ['POST /api/customer-governance/customers/:documentId/verification', 'api-rep'],
    ] as const) {
      dataOf(await send({ route, by, path: [documentId], body: body('confirmed') }));
    }
    // Drawn by hand: the lot could fall on another.
    const table = (name: string) => app.strapi.db.connection(`governance_verification_${name}`);
    await table('periods').insert({ period: PERIOD, population: 1, drawn_at: Date.now() });
    await table('samples').insert({ period: PERIOD, document_id: documentId, state: 'open' });
    dataOf(
      await send({
        route: 'POST /customer-governance/verification/sample/:documentId',
        by: 'head',
        path: [documentId],
        body: body('wrong'),
      })
    );
  };

  return [verification];
}
