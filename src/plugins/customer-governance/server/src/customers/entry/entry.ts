import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../../audit/audit';
import { PLUGIN } from '../../domain';
import { currentOperation } from '../../operation';
import { assertNoProblems, planNew, planSealing } from '../../vault/sealing';
import { vaultOf } from '../../vault/vault';
import { attributeOf, isRelation, type Attributes } from './attribute';
import { examineMany, type BatchRule, type Examined, type Opened, type RuleOfType } from './batch';
import { droppedAttributes, unknownKeys } from './body';
import { toProblems, type Finding } from './finding';
import { bodyFor, mayReadAttribute } from './request';
import { populateOf, settleRelations, type Related } from './settle';
import { readJson, shapeProblem } from './shape';
import { onceTransactionEnds } from './transaction';
import { uniqueFinding } from './unique';
import { forbidden } from '../../refusal';

type Data = Record<string, unknown>;

/** A create or update on its way to the database, as the rules of the chapters see it. */
export interface Entry {
  uid: string;
  action: 'create' | 'update';
  /** Of the record that is changed; `null` for a new one. */
  documentId: string | null;
  attributes: Attributes;
  /** What is to be written. Relations are row ids by now. A rule may complete it. */
  data: Data;
  /** The record as it is, with masks, and its relations as `{ id, documentId }`; `null` for a new one. */
  stored: Data | null;
  /** By relation, the records that it will name. */
  related: Related;
  /** Something is wrong with an attribute; the reason says what to do and never quotes the value. */
  report(attribute: string, reason: string, duplicate?: object): void;
  /** The same, refused by plan, consent or source: it goes into the log. */
  refuse(attribute: string, reason: string): void;
  /** Something that whoever enters it should look at; it is written all the same. */
  warn(attribute: string, reason: string): void;
}

/** An entry that was held against everything while it is being typed. */
export interface Weighed extends Examined {
  /** The record as it is, with masks; `null` for a new one. */
  stored: Data | null;
}

/** What a chapter asks of the entries of a type. It reports what is wrong, and throws only to forbid the whole. */
export type EntryRule = (entry: Entry) => void | Promise<void>;

interface Context {
  uid: string;
  action: string;
  params: { documentId?: string; data?: unknown };
  contentType: { attributes: unknown; indexes?: unknown };
}

/**
 * The gate of every entry through the document service: panel, content API, MCP and programs alike. It reads the
 * relations, asks the rules of all chapters, and answers with everything that is wrong at once.
 */
export function entryService({ strapi }: { strapi: Core.Strapi }) {
  const rules = new Map<string, RuleOfType[]>();

  const open = async (context: Context): Promise<Opened | null> => {
    const { uid, params } = context;
    const action = context.action as Entry['action'];
    const attributes = context.contentType.attributes as Attributes;
    if (!isPlain(params.data ?? {})) {
      throw new errors.ValidationError(
        'The record must be an object of attributes and their values.'
      );
    }
    const data = withJson(attributes, (params.data ?? {}) as Data);
    const own = isOwn(uid);
    const documentId = action === 'update' ? String(params.documentId) : null;
    const stored: Data | null = documentId
      ? await strapi.db.query(uid).findOne({
          where: { documentId },
          populate: own ? populateOf(attributes) : {},
        })
      : null;
    if (documentId && !stored) return null;
    const settled = own
      ? await settleRelations(strapi, attributes, data, stored)
      : { related: {}, findings: [] };
    const findings = [...settled.findings];
    const warnings: Finding[] = [];
    const entry: Entry = {
      uid,
      action,
      documentId,
      attributes,
      data,
      stored,
      related: settled.related,
      report: (attribute, reason, duplicate) => findings.push({ attribute, reason, duplicate }),
      refuse: (attribute, reason) => findings.push({ attribute, reason, refused: true }),
      warn: (attribute, reason) => warnings.push({ attribute, reason }),
    };
    return { entry, findings, warnings };
  };

  /** What no attribute may be, whatever the chapter. */
  const generalFindings = (entry: Entry, given: Data): Finding[] => {
    const { uid, attributes } = entry;
    const body = bodyFor(strapi, entry) ?? {};
    const sealed = vaultOf(strapi).protectedAttributes(uid);
    const misshapen: Finding[] = [];
    for (const name of Object.keys(entry.data)) {
      const attribute = attributeOf(attributes, name);
      // The vault answers for the form of protected values; relations are settled by now.
      if (!attribute || isRelation(attribute) || Object.hasOwn(sealed, name)) continue;
      const reason = shapeProblem(attribute, entry.data[name]);
      if (reason) misshapen.push({ attribute: name, reason });
    }
    return [
      ...unknownKeys(attributes, given, body),
      ...droppedAttributes({
        attributes,
        body,
        data: given,
        stored: entry.stored,
        mayRead: (attribute) => mayReadAttribute(strapi, uid, attribute),
      }),
      ...misshapen,
    ];
  };

  /** What the vault would refuse later, so that one answer names everything. */
  const sealedFindings = ({ uid, data, stored }: Entry): Finding[] => {
    const attributes = vaultOf(strapi).protectedAttributes(uid);
    const { problems } = stored
      ? planSealing(attributes, data, stored as Record<string, string | null>)
      : planNew(attributes, data);
    return problems.map(({ path, message }) => ({
      attribute: String(path[0]),
      reason: message.slice(String(path[0]).length + 2),
    }));
  };

  const logRefusal = async ({ uid, documentId }: Entry, findings: Finding[]): Promise<void> => {
    const attributes = findings.filter(({ refused }) => refused).map(({ attribute }) => attribute);
    if (attributes.length === 0) return;
    await onceTransactionEnds(strapi, () =>
      auditOf(strapi).refused({
        action: 'collection.refused',
        recordType: uid,
        recordIds: documentId ? [documentId] : [],
        attributes: [...new Set(attributes)],
      })
    );
  };

  /** Asks everything of an opened entry. @param without rules that are not asked. */
  const ask = async (
    { entry, findings }: Opened,
    given: Data,
    without: readonly EntryRule[] = []
  ) => {
    findings.push(...generalFindings(entry, given));
    for (const { rule } of rules.get(entry.uid) ?? [])
      if (!without.includes(rule)) await rule(entry);
    findings.push(...sealedFindings(entry));
  };

  /** @param without rules that are not asked. @returns what is to be written. */
  const check = async (context: Context, without: readonly EntryRule[] = []): Promise<unknown> => {
    const opened = await open(context);
    if (!opened) return context.params.data;
    const { entry, findings } = opened;
    // The product's own procedures have their own rules; they still write relations in every form.
    if (!currentOperation()) {
      await ask(opened, (context.params.data ?? {}) as Data, without);
    }
    if (findings.length > 0) {
      await logRefusal(entry, findings);
      assertNoProblems(toProblems(findings));
    }
    return entry.data;
  };

  return {
    /**
     * Adds a chapter's rule for the entries of a type. Rules are asked in the order in which they were added.
     * @param many the same rule for a batch, where one query does for all of its entries.
     */
    addRule(uid: string, rule: EntryRule, many?: BatchRule): void {
      rules.set(uid, [...(rules.get(uid) ?? []), { rule, many }]);
    },

    /** Asks of many new records what is asked of each when it is written, and writes nothing. */
    examineMany(uid: string, rows: readonly Data[]): Promise<Examined[]> {
      const contentType = strapi.contentTypes[uid as keyof typeof strapi.contentTypes];
      return examineMany(
        {
          open: async (data) => {
            const opened = await open({ uid, action: 'create', params: { data }, contentType });
            if (!opened) throw new Error('A new record was taken for one that is gone.');
            return opened;
          },
          general: generalFindings,
          sealed: sealedFindings,
          rules: rules.get(uid) ?? [],
        },
        rows
      );
    },

    /**
     * Asks everything of an update that is asked when it is written, and writes nothing.
     * @param without the rules that are not asked.
     * @returns the data as it would be written. @throws ValidationError that names everything that is wrong.
     */
    async examine(
      uid: string,
      documentId: string,
      data: Data,
      without: EntryRule | readonly EntryRule[]
    ): Promise<Data> {
      const contentType = strapi.contentTypes[uid as keyof typeof strapi.contentTypes];
      const context = { uid, action: 'update', params: { documentId, data }, contentType };
      return (await check(context, [without].flat())) as Data;
    },

    /**
     * The same of a new record or an update that somebody is still typing: everything that is wrong with it and everything
     * to look at, told and not thrown. Nothing is written, and nothing of it goes into the log.
     * @param documentId of the record that is changed; `null` for a new one. @returns `null` when there is no such record.
     */
    async weigh(
      uid: string,
      documentId: string | null,
      data: Data,
      without: EntryRule
    ): Promise<Weighed | null> {
      const contentType = strapi.contentTypes[uid as keyof typeof strapi.contentTypes];
      const action = documentId === null ? 'create' : 'update';
      const params = { data, ...(documentId === null ? {} : { documentId }) };
      const opened = await open({ uid, action, params, contentType });
      if (!opened) return null;
      await ask(opened, data, [without]);
      const { entry, findings, warnings } = opened;
      return { data: entry.data, stored: entry.stored, findings, warnings };
    },

    /** Puts the gate into the document service. */
    guard(): void {
      strapi.documents.use(async (documents, next) => {
        const context = documents as unknown as Context;
        if (!isOwn(context.uid) && !vaultOf(strapi).isGoverned(context.uid)) return next();
        if (context.action === 'clone' && isOwn(context.uid)) {
          throw forbidden('This record cannot be cloned. Enter the other one by itself.');
        }
        if (!entersData(context)) return next();
        context.params.data = await check(context);
        try {
          return await next();
        } catch (error) {
          const indexes = (context.contentType.indexes ?? []) as Parameters<
            typeof uniqueFinding
          >[1];
          const finding = uniqueFinding(error, indexes);
          if (finding) assertNoProblems(toProblems([finding]));
          throw error;
        }
      });
    },
  };
}

export type EntryService = ReturnType<typeof entryService>;

export const entryOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('entry') as EntryService;

const isOwn = (uid: string): boolean => uid.startsWith(`plugin::${PLUGIN}.`);

/** A copy of what was sent, with JSON attributes as data. */
function withJson(attributes: Attributes, data: Data): Data {
  const copy = { ...data };
  for (const name of Object.keys(copy)) {
    if (attributeOf(attributes, name)?.type === 'json') copy[name] = readJson(copy[name]);
  }
  return copy;
}

const entersData = ({ action, params }: Context): boolean =>
  action === 'create' || (action === 'update' && params.data !== undefined);

const isPlain = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
