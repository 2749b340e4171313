import { IMPORT_RUN, importPlan, IMPORTS, importsOf } from '../imports';
import { dataOf, type Calls, type Chapter } from './types';

const FILE = Buffer.from('姓名,手机\n王小明,13800138000\n王小明,1\n');
const MAPPING = ['name', 'mobile'];

/** A file of customers, from its upload to its being taken back. */
export function importChapters({ app, send }: Calls): Chapter[] {
  const by = 'audit-lead';
  const settled = () => importsOf(app).running.settled();
  const act = (name: string, documentId: string) =>
    send({ route: `POST ${IMPORTS}/:documentId/${name}`, by, path: [documentId], body: {} });
  const uploaded = async (): Promise<string> =>
    dataOf(await send({ route: `POST ${IMPORTS}`, by, content: FILE })).documentId;
  /** As if another instance had stopped in the middle of it. */
  const put = (documentId: string, data: object) =>
    app.strapi.db
      .connection(app.strapi.db.metadata.get(IMPORT_RUN).tableName)
      .where({ document_id: documentId })
      .update(data);

  return [
    async () => {
      const plan = await importPlan(app, 'P-CALLS');
      const run = await uploaded();
      await send({
        route: `PUT ${IMPORTS}/:documentId/mapping`,
        by,
        path: [run],
        body: {
          plan,
          mapping: MAPPING,
          constants: { source: 'sales', method: 'direct', industry: '农业' },
        },
      });
      await act('check', run);
      await settled();
      await send({
        route: `POST ${IMPORTS}/:documentId/report`,
        by,
        path: [run],
        body: { phase: 'check', language: 'en' },
      });
      await act('start', run);
      await settled();
      await put(run, { state: 'running', phase: 'run' });
      await act('pause', run);
      await act('resume', run);
      await settled();
      await act('undo', run);
      await settled();
    },
    async () => {
      await act('cancel', await uploaded());
    },
  ];
}
