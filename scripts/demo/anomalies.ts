import type { Core } from '@strapi/strapi';
import { documentsOf, type Demo } from './context';
import { dayAfter } from './days';
import { emailOf, type Organisation } from './people';
import { asUser, serviceOf } from './services';
import { outlines } from './stories';
import { CUSTOMER, STAFF } from './uids';

/** Twice what the rules of both presets take for usual. */
const LOOKUPS = 24;
const REVEALED = 54;
const PER_REVEAL = 18;
/** Longer than the job leaves new entries alone. */
const SETTLED_MS = 2 * 60 * 1000;

/** Numbers that no customer of the demo has. */
const unknownMobiles = Array.from({ length: LOOKUPS }, (_, index) =>
  String(19_900_000_000 + index)
);

/**
 * What the rules of the policy see something in: 周伟 leaves in a few days and reveals half of his customers, and 孙磊 looks
 * up one number after the other that nobody has. Then the job looks through the log.
 */
export async function createAnomalies(demo: Demo, { staff }: Organisation): Promise<void> {
  const { strapi, now, progress } = demo;
  await documentsOf(strapi, STAFF).update({
    documentId: staff['zhou.wei'].documentId,
    data: { leavesOn: dayAfter(now, 4) },
  });
  await revealMany(strapi);
  await asUser(strapi, emailOf('sun.lei'), async () => {
    for (const value of unknownMobiles) {
      await serviceOf(strapi, 'access').lookup({ type: CUSTOMER, attribute: 'mobile', value });
    }
  });
  await serviceOf(strapi, 'transparency').sequence();
  await serviceOf(strapi, 'jobs').run('anomalies', new Date(Date.now() + SETTLED_MS));
  progress('Anomalies', 2, 2);
}

async function revealMany(strapi: Core.Strapi): Promise<void> {
  const own = outlines()
    .filter(({ owner, story }) => owner === 'zhou.wei' && story === 'usual')
    .slice(0, REVEALED)
    .map(({ documentId }) => documentId);
  await asUser(strapi, emailOf('zhou.wei'), async () => {
    for (let from = 0; from < own.length; from += PER_REVEAL) {
      await serviceOf(strapi, 'access').reveal({
        type: CUSTOMER,
        documentIds: own.slice(from, from + PER_REVEAL),
        attributes: ['mobile'],
        purpose: 'contract-performance',
      });
    }
  });
}
