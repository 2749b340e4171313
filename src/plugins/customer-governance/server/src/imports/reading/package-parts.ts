import { pipeline, Transform, type Readable } from 'node:stream';
import * as yauzl from 'yauzl';
import { FileRefused } from './file-refused';

/** Files within a workbook; Excel's have some dozens. */
const MAX_PARTS = 5000;
/** A part that unpacks to more than so many times its size is a bomb: spreadsheets pack to a tenth, or a fiftieth at best. */
const MAX_RATIO = 250;
/** Below this a part may be packed as well as it likes. */
const SMALL_BYTES = 4 * 1024 * 1024;
const MAX_PART_BYTES = 4 * 1024 * 1024 * 1024;

const DAMAGED =
  'The workbook cannot be read: it is damaged, or no Excel workbook. Open it in Excel and save it again as .xlsx.';
const TOO_LARGE =
  'The workbook unpacks to far more than a table needs. Copy the rows into a new workbook, or save them as CSV.';

export const damaged = () => new FileRefused('workbook', DAMAGED);

/** The parts of a workbook, which is a ZIP file in memory. Nothing is unpacked before somebody asks for it. */
export interface PackageParts {
  has(name: string): boolean;
  /** A part as text, piece by piece. @param maxBytes of it unpacked. @throws FileRefused when it has more. */
  read(name: string, maxBytes?: number): AsyncIterable<string>;
}

/** @throws FileRefused when the file is no ZIP file. */
export async function openParts(file: Buffer): Promise<PackageParts> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.fromBuffer(file, { lazyEntries: true, validateEntrySizes: true }, (error, opened) =>
      error ? reject(damaged()) : resolve(opened)
    );
  });
  const entries = await entriesOf(zip);

  const open = (entry: yauzl.Entry): Promise<Readable> =>
    new Promise((resolve, reject) => {
      zip.openReadStream(entry, (error, stream) => (error ? reject(damaged()) : resolve(stream)));
    });

  return {
    has: (name) => entries.has(name),

    async *read(name, maxBytes = MAX_PART_BYTES) {
      const entry = entries.get(name);
      if (!entry) throw damaged();
      const limit = Math.min(maxBytes, Math.max(SMALL_BYTES, entry.compressedSize * MAX_RATIO));
      const decoder = new TextDecoder('utf-8', { fatal: true });
      const stream = limited(limit);
      pipeline(await open(entry), stream, () => undefined);
      try {
        for await (const bytes of stream) yield decoder.decode(bytes as Buffer, { stream: true });
        yield decoder.decode();
      } catch (error) {
        throw error instanceof FileRefused ? error : damaged();
      }
    },
  };
}

function entriesOf(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  return new Promise((resolve, reject) => {
    if (zip.entryCount > MAX_PARTS) {
      reject(damaged());
      return;
    }
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', () => reject(damaged()));
    zip.readEntry();
  });
}

function limited(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      bytes += chunk.length;
      if (bytes > maxBytes) callback(new FileRefused('unpacked-size', TOO_LARGE));
      else callback(null, chunk);
    },
  });
}
