// The audit log: writing, sequencing, verifying and reading it, in an application that does nothing else.
import { bootApp } from '../../support/app';
import { createHome } from '../../support/home';
import type { Options } from '../options';
import { createRandom } from '../random';
import { measureAppend } from './append';
import { fillEntries } from './fill';
import { measureKeepUp } from './keep-up';
import { servicesOf, tidy, type Figure } from './log';
import { comparePages, timePages } from './pages';
import { measureVerify } from './verify';

export const AUDIT = 'audit';
/** Entries of the short and the long log. */
const SIZES: [number, number] = [10_000, 1_000_000];
const QUICK_SIZES: [number, number] = [10_000, 100_000];
/** Nothing is sequenced but when it is measured. */
const POLICY = { audit: { sequence: { seconds: 3600, rows: 100_000 } } };

/** Takes all the log's measures, on a database of their own. */
export async function measureAudit(
  options: Options,
  say: (line: string) => void
): Promise<Figure[]> {
  const home = await createHome(options.database);
  const app = await bootApp({ home, logLevel: 'error', policy: POLICY });
  const [short, long] = options.quick ? QUICK_SIZES : SIZES;
  const { strapi } = app;
  const random = createRandom(options.seed);
  const figures: Figure[] = [];
  const tell = (figure: Figure) => {
    say(`  ${figure.measure}: ${figure.ratio.median.toFixed(3)}`);
    figures.push(figure);
  };
  const fill = async (count: number) => {
    let told = performance.now();
    await fillEntries(strapi, random, count, (done) => {
      if (performance.now() - told < 15_000) return;
      told = performance.now();
      say(`  ${done.toLocaleString('en-US')} of ${count.toLocaleString('en-US')} entries`);
    });
    await tidy(strapi);
  };
  try {
    // First, for what measures leave behind would make the short log a long one.
    await fill(short);
    await servicesOf(strapi).log.sequence();
    await tidy(strapi);
    const small = await timePages(strapi, options.seed);
    const { figure, appendsPerSecond } = await measureAppend(strapi, options);
    tell(figure);
    await fill(long);
    tell(await measureKeepUp(strapi, appendsPerSecond));
    // PostgreSQL's watermark moves with the pass after, as in the application a moment later.
    await servicesOf(strapi).log.sequence();
    await tidy(strapi);
    tell(comparePages(small, await timePages(strapi, options.seed), [short, long]));
    tell(await measureVerify(strapi));
    return figures;
  } finally {
    await app.close();
    await home.remove();
  }
}
