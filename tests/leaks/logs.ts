import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import type { Core } from '@strapi/strapi';
import { NOBODY, type Report } from './report';
import type { Search } from './search';

/** Everything that the application said, to its logger or straight to the console. */
export interface Listener {
  /** To be called before the application loads, so that no line is missed. */
  listenTo(strapi: Core.Strapi): void;
  /** Searches all that was heard. */
  search(search: Search, report: Report): void;
  /** Prints the distinct errors that were logged, for whoever reads of a 5xx in the report. */
  printErrors(): void;
  stop(): void;
}

const FIRST_LINES = 6;
const SHOWN = 25;

/** Takes the place of the console for all levels, the most verbose included, and remembers each line. */
export function createListener(): Listener {
  const lines: Array<{ level: string; text: string }> = [];
  const printed: string[] = [];
  const restore = tapConsole((text) => printed.push(text));

  const sink = new Writable({
    objectMode: true,
    write(info: Record<string | symbol, unknown>, _encoding, done) {
      // The line as it would be printed, and all that came along with it for another format to print.
      const line = String(info[Symbol.for('message')] ?? info.message);
      const whole = inspect(info, { depth: 8, maxStringLength: null, maxArrayLength: null });
      lines.push({ level: String(info.level), text: `${line}\n${whole}` });
      done();
    },
  });

  return {
    listenTo(strapi) {
      const logger = strapi.log as unknown as { clear(): void; pipe(stream: Writable): void };
      logger.clear();
      logger.pipe(sink);
    },
    search(search, report) {
      report.called('log', NOBODY, lines.length);
      report.called('console', NOBODY, printed.length + 1);
      const look = (channel: string, place: string, text: string) => {
        for (const { form, canaries } of search(text)) {
          const detail = text.split('\n', 1)[0].slice(0, 240);
          report.found({ channel, caller: NOBODY, place, detail, form, canaries });
        }
      };
      for (const { level, text } of lines) look('log', `a line of level ${level}`, text);
      look('console', 'standard output and error', printed.join(''));
    },
    printErrors() {
      const errors = lines
        .filter(({ level }) => level.includes('error'))
        .map(({ text }) =>
          text
            .replace(/^\[.*?\] /, '')
            .split('\n')
            .slice(0, FIRST_LINES)
        );
      const distinct = new Map(errors.map((text) => [text.join('\n').replace(/\d+/g, ''), text]));
      console.log(`\nErrors in the log of the application: ${distinct.size} different ones`);
      for (const text of [...distinct.values()].slice(0, SHOWN))
        console.log(`  ${text.join('\n  ')}`);
    },
    stop: restore,
  };
}

/** Hears what is written to standard output and error, and lets it through. */
function tapConsole(heard: (text: string) => void): () => void {
  const streams = [process.stdout, process.stderr];
  const originals = streams.map((stream) => stream.write.bind(stream));
  streams.forEach((stream, at) => {
    stream.write = ((chunk: string | Uint8Array, ...rest: []) => {
      heard(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
      return originals[at](chunk, ...rest);
    }) as typeof stream.write;
  });
  return () => {
    streams.forEach((stream, at) => {
      stream.write = originals[at] as typeof stream.write;
    });
  };
}

/** Takes the place of the mail server: what would be sent is searched instead. */
export function interceptMail(strapi: Core.Strapi, search: Search, report: Report): void {
  report.called('mail');
  const email = strapi.plugin('email') as unknown as {
    provider: { send(options: unknown): Promise<void> };
  };
  email.provider.send = async (options) => {
    report.called('mail');
    for (const { form, canaries } of search(inspect(options, { depth: 8 }))) {
      const place = 'a message to the mail server';
      report.found({ channel: 'mail', caller: NOBODY, place, detail: '', form, canaries });
    }
  };
}
