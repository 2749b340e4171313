import type { Core } from '@strapi/strapi';
import { PLUGIN } from '../../domain';
import { policyOf } from '../../policy';
import type { StandardsPolicy } from '../../policy';
import { CONTACT, CUSTOMER } from '../../policy/attribute-path';
import { vaultOf } from '../../vault/vault';
import type { Attribute } from '../entry/attribute';
import { isBookkeeping, isRelation } from '../entry/attribute';
import { completenessOf, type Completeness } from './completeness';
import { examineEntry, type ExaminationRequest, type ExaminedEntry } from './examination';
import type { Format } from './format';
import { formatOf } from './formats';
import { industryNamed } from './industries';
import { timelinessReport, type TimelinessReport } from './timeliness';

type Data = Readonly<Record<string, unknown>>;
type MayHold = (attribute: string) => boolean;

/** What is expected of an attribute, for whoever builds a form. */
export interface AttributeStandard extends Partial<Pick<Format, 'hint' | 'example' | 'choices'>> {
  type: string;
  attribute: string;
  format: Format['id'] | 'choice' | 'text' | 'flag' | 'number';
  maxLength: number | null;
  required: { person: boolean; company: boolean };
  recommended: boolean;
}

export interface Standards {
  attributes: AttributeStandard[];
  /** What happens to values that a standard does not know. */
  strictness: StandardsPolicy;
  deadline: { hours: number } | { workingHours: number };
}

const PLAIN: Readonly<Record<string, AttributeStandard['format']>> = {
  enumeration: 'choice',
  boolean: 'flag',
  integer: 'number',
};

/** What a customer's file must look like, the same for the panel, the API and imports [COL-5, COL-6]. */
export function standardsService({ strapi }: { strapi: Core.Strapi }) {
  let mayHold: (planId: number | null) => Promise<MayHold> = () => Promise.resolve(() => true);

  const standardOf = (type: string, name: string, attribute: Attribute): AttributeStandard => {
    const { required, recommended } = policyOf(strapi).get().collection;
    const own = type === CUSTOMER;
    const kind = vaultOf(strapi).protectedAttributes(type)[name]?.id;
    const format = own || kind ? formatOf(name, kind, attribute.type) : null;
    return {
      type,
      attribute: name,
      format: format?.id ?? PLAIN[attribute.type] ?? 'text',
      maxLength: format?.maxLength ?? attribute.maxLength ?? null,
      ...(format ? { hint: format.hint, example: format.example } : {}),
      ...(format?.choices ? { choices: format.choices } : {}),
      ...(attribute.enum
        ? { choices: attribute.enum.map((value) => ({ value, code: value, name: value })) }
        : {}),
      required: {
        person: own && required.person.includes(name),
        company: own && required.company.includes(name),
      },
      recommended: own && recommended.includes(name),
    };
  };

  return {
    /** How complete a customer's file is. @param record with masks or in clear. */
    completeness(record: Data): Completeness {
      return completenessOf(policyOf(strapi).get().collection, record);
    },

    /** The one definition of every attribute that people enter of customers and contacts. */
    all(): Standards {
      const { standards, entryDeadline } = policyOf(strapi).get().collection;
      const attributes = [CUSTOMER, CONTACT].flatMap((type) => {
        const schema = strapi.contentTypes[type as keyof typeof strapi.contentTypes];
        return Object.entries(schema.attributes as unknown as Record<string, Attribute>)
          .filter(([name, attribute]) => !isBookkeeping(name) && !isRelation(attribute))
          .map(([name, attribute]) => standardOf(type, name, attribute));
      });
      return { attributes, strictness: standards, deadline: entryDeadline };
    },

    /** The code of the section or division that a customer's industry is, such as `F` or `F52`; `null` for any other text. */
    industryCode: (industry: string): string | null => industryNamed(industry)?.code ?? null,

    /** What an entry that is being typed comes to; nothing is written. @throws NotFoundError without such a customer. */
    examine: (request: ExaminationRequest): Promise<ExaminedEntry> =>
      examineEntry(strapi, request, (planId) => mayHold(planId)),

    /** Who knows what plans collect tells it here: nothing is missed that nobody may enter. */
    limitTo(collected: (planId: number | null) => Promise<MayHold>): void {
      mayHold = collected;
    },

    /** Late entries by team and month. */
    timeliness: (now: Date): Promise<TimelinessReport> => timelinessReport(strapi, now),
  };
}

export type StandardsService = ReturnType<typeof standardsService>;

export const standardsOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('standards') as StandardsService;
