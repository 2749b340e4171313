import { documentsOf, eachOf, type Demo } from './context';
import { dayBefore } from './days';
import { documentIdOf } from './random';
import { PARTNER } from './uids';

interface Partner {
  key: string;
  name: string;
  kind: 'distributor' | 'platform' | 'event-organiser';
  state: 'candidate' | 'active' | 'suspended';
  /** In days before and after now. */
  signed?: number;
  ends?: number;
}

const PARTNERS: readonly Partner[] = [
  {
    key: 'channel',
    name: '示例渠道伙伴有限公司',
    kind: 'distributor',
    state: 'active',
    signed: 3000,
    ends: 200,
  },
  {
    key: 'platform',
    name: '示例平台科技有限公司',
    kind: 'platform',
    state: 'suspended',
    signed: 800,
    ends: -40,
  },
  { key: 'events', name: '示例会展服务有限公司', kind: 'event-organiser', state: 'candidate' },
];

/** The partner from which customers of the demo came. */
export const CHANNEL_PARTNER = documentIdOf('partner', 'channel');

/** Registers the partners: one that is relied on, one whose NDA has ended, one that is not qualified yet. */
export async function createPartners(demo: Demo): Promise<void> {
  const { strapi, now } = demo;
  await eachOf(demo, 'Partners', PARTNERS, ({ key, name, kind, state, signed, ends }) =>
    documentsOf(strapi, PARTNER).create({
      data: {
        documentId: documentIdOf('partner', key),
        name,
        kind,
        state,
        ...(signed === undefined || ends === undefined
          ? {}
          : {
              ndaReference: `NDA-${key.toUpperCase()}`,
              ndaSignedOn: dayBefore(now, signed),
              ndaValidUntil: dayBefore(now, -ends),
              qualifiedUntil: dayBefore(now, -ends),
            }),
      },
    })
  );
}
