import { documentsOf, eachOf, type Demo } from './context';
import { before } from './days';
import { emailOf } from './people';
import { noticeOf, type Plans } from './plans';
import type { Portrait } from './portrait';
import { documentIdOf, randomOf } from './random';
import { asSeed, asUser, serviceOf } from './services';
import { CONSENT } from './uids';

interface ConsentEntry {
  documentId: string;
  customer: string;
  purpose: string;
  scope: 'general' | 'sensitive' | 'marketing';
  state: 'given' | 'refused';
  reference: string;
  evidenceKind: 'signed-paper' | 'electronic';
  evidence: string;
  noticeVersion: string;
  givenAt: Date;
  /** Days ago; left out: never. */
  withdrawn?: number;
}

type Agreed = Pick<ConsentEntry, 'purpose' | 'scope' | 'withdrawn'> &
  Partial<Pick<ConsentEntry, 'state'>>;

/** What a customer agreed to, or did not. */
function agreedBy({ outline, sealed }: Portrait): Agreed[] {
  const random = randomOf(`consents ${outline.number}`);
  const { story, plan } = outline;
  if (plan === 'exhibition') return [{ purpose: 'marketing', scope: 'general' }];
  const agreed: Agreed[] = [];
  const withdrawn = story === 'withdrawn' ? { withdrawn: random.whole(3, 25) } : {};
  const served = story !== 'usual' || outline.name !== undefined || random.chance(92);
  if (served) agreed.push({ purpose: 'customer-service', scope: 'general', ...withdrawn });
  const chance = random.whole(1, 100);
  if (story === 'withdrawn' || chance <= 40) {
    agreed.push({ purpose: 'marketing', scope: 'marketing', ...withdrawn });
  } else if (served && chance <= 47) {
    agreed.push({ purpose: 'marketing', scope: 'marketing', withdrawn: random.whole(3, 60) });
  } else if (chance <= 53) {
    agreed.push({ purpose: 'marketing', scope: 'marketing', state: 'refused' });
  }
  if (sealed.residentId || sealed.passport) {
    agreed.push({ purpose: 'identity-verification', scope: 'sensitive' });
  }
  if (sealed.bankCard) agreed.push({ purpose: 'contract-performance', scope: 'sensitive' });
  return agreed;
}

/** The consents of a customer, as they are entered. */
export function consentsOf(portrait: Portrait): ConsentEntry[] {
  const { outline, firstContactAt } = portrait;
  const { filingNumber, plan } = outline;
  return agreedBy(portrait).map(({ purpose, scope, state = 'given', withdrawn }, index) => {
    const key = `${filingNumber}-${index + 1}`;
    const online = plan === 'enquiries';
    return {
      documentId: documentIdOf('consent', key),
      customer: outline.documentId,
      purpose,
      scope,
      state,
      reference: `TY-${key.slice(3)}`,
      evidenceKind: online ? 'electronic' : 'signed-paper',
      evidence: `${online ? 'CONFIRM' : 'SCAN'}-${key}`,
      noticeVersion: noticeOf(plan),
      givenAt: before(firstContactAt, 0, -0.5),
      ...(withdrawn === undefined ? {} : { withdrawn }),
    };
  });
}

/** Records the consents, and withdraws those that customers took back. */
export async function createConsents(
  demo: Demo,
  portraits: readonly Portrait[],
  { purposes }: Plans
): Promise<void> {
  const { strapi, now } = demo;
  const entries = portraits.flatMap(consentsOf);
  await asSeed(strapi, () =>
    eachOf(demo, 'Consents', entries, ({ withdrawn: _, ...entry }) =>
      documentsOf(strapi, CONSENT).create({
        data: { ...entry, purpose: purposes.get(entry.purpose), createdAt: entry.givenAt },
      })
    )
  );
  const withdrawn = entries.filter((entry) => entry.withdrawn !== undefined);
  await asUser(strapi, emailOf('chen.jing'), () =>
    eachOf(demo, 'Withdrawn consents', withdrawn, (entry) =>
      serviceOf(strapi, 'consents').withdraw(entry.documentId, before(now, entry.withdrawn ?? 0))
    )
  );
}
