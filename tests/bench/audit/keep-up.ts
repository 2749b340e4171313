import type { Core } from '@strapi/strapi';
import { summarise } from '../statistics';
import { seconds, servicesOf, type Figure } from './log';

const SAMPLE_MS = 20;
const MB = 1024 * 1024;

/** Sequences all that waits, at the rate at which entries are written or faster, and in how much memory. */
export async function measureKeepUp(
  strapi: Core.Strapi,
  appendsPerSecond: number
): Promise<Figure> {
  const { log } = servicesOf(strapi);
  const idle = process.memoryUsage().rss;
  let peak = idle;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, SAMPLE_MS);
  const from = performance.now();
  const { sequenced } = await log.sequence();
  const perSecond = sequenced / seconds(from);
  clearInterval(sampler);
  return {
    measure: 'sequencer_keeps_up',
    title: 'entries sequenced in a second to entries written in one',
    ratio: summarise([perSecond / appendsPerSecond]),
    target: 1,
    atLeast: true,
    more: {
      entries: sequenced,
      sequencedPerSecond: perSecond,
      idleMegabytes: idle / MB,
      peakMegabytesAboveIdle: (peak - idle) / MB,
    },
  };
}
