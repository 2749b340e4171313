import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Core } from '@strapi/strapi';
import { NOBODY, type Report } from './report';
import type { Search } from './search';
import { CUSTOMER } from './records';
import { recordOf, type World } from './world';

interface DataTransfer {
  strapi: { providers: { createLocalStrapiSourceProvider(options: unknown): unknown } };
  file: { providers: { createLocalFileDestinationProvider(options: unknown): unknown } };
  engine: {
    createTransferEngine(
      source: unknown,
      destination: unknown,
      options: unknown
    ): { transfer(): Promise<unknown> };
  };
}

const TAR_BLOCK = 512;

/** What `strapi export --no-encrypt` does, on the running application: the same source, engine and archive. */
async function exportTo(strapi: Core.Strapi, file: string): Promise<void> {
  // Strapi's own dependency, in whichever place its package manager put it.
  const fromStrapi = createRequire(require.resolve('@strapi/strapi'));
  const transfer = fromStrapi('@strapi/data-transfer') as DataTransfer;
  const source = transfer.strapi.providers.createLocalStrapiSourceProvider({
    getStrapi: async () => strapi,
    autoDestroy: false,
  });
  const destination = transfer.file.providers.createLocalFileDestinationProvider({
    file: { path: file },
    encryption: { enabled: false },
    compression: { enabled: true },
  });
  await transfer.engine
    .createTransferEngine(source, destination, {
      versionStrategy: 'ignore',
      schemaStrategy: 'ignore',
      transforms: {},
    })
    .transfer();
}

/** Exports everything unencrypted, unpacks the archive and searches each file in it. */
export async function searchExport(world: World, search: Search, report: Report): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'governance-export-'));
  report.expect('export');
  try {
    await exportTo(world.strapi, path.join(folder, 'export'));
    const [archive] = readdirSync(folder);
    const tar = gunzipSync(readFileSync(path.join(folder, archive)));
    let rows = '';
    for (const { name, content } of filesOf(tar)) {
      report.called('export');
      if (name.startsWith('entities/')) rows += content.toString('utf8');
      for (const { form, canaries } of search(content)) {
        const detail = 'strapi export --no-encrypt';
        report.found({ channel: 'export', caller: NOBODY, place: name, detail, form, canaries });
      }
    }
    const { documentId, canaries } = recordOf(world, CUSTOMER, 'own');
    report.check(
      'the export holds the canary records, by their masks',
      rows.includes(documentId) && canaries.every(({ mask }) => rows.includes(mask)),
      'the archive lacks the record, so that searching it proves nothing'
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The regular files of a tar archive (POSIX ustar, and pax headers by leaving them out). */
function* filesOf(tar: Buffer): Generator<{ name: string; content: Buffer }> {
  let at = 0;
  while (at + TAR_BLOCK <= tar.length && tar[at] !== 0) {
    const field = (start: number, length: number) =>
      tar.toString('utf8', at + start, at + start + length).split('\0', 1)[0];
    const size = parseInt(field(124, 12).trim() || '0', 8);
    const content = tar.subarray(at + TAR_BLOCK, at + TAR_BLOCK + size);
    const type = field(156, 1);
    if (type === '0' || type === '') {
      yield { name: [field(345, 155), field(0, 100)].filter(Boolean).join('/'), content };
    }
    at += TAR_BLOCK + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
}
