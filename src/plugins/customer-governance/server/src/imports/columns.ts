import { createHmac } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Attributes } from '../customers/entry/attribute';
import { tablesOf } from '../database';
import { invalid } from '../refusal';
import type { Kind } from '../vault/kinds';
import { vaultOf } from '../vault/vault';
import type { Columns, Target } from './conversion';
import { guessAttribute, IMPORTABLE, nameOfAttribute, plainHeading } from './headings';
import { IMPORT_MAPPINGS } from './models';
import { CUSTOMER } from './uids';

const USE = 'customer-governance/import-headings';
const CREATE = 'plugin::content-manager.explorer.create';

interface Ability {
  can(action: string, subject: string, field?: string): boolean;
}

interface Remembered {
  plan: number;
  heading: string;
  attribute: string;
}

/** Which column fills which attribute: guessed, chosen by a person, and remembered. */
export function createColumns(strapi: Core.Strapi) {
  const attributes = (): Attributes =>
    strapi.contentTypes[CUSTOMER as never]['attributes'] as unknown as Attributes;
  const kinds = (): Record<string, Kind> => vaultOf(strapi).protectedAttributes(CUSTOMER);

  const digestOf = (heading: string): string =>
    createHmac('sha256', vaultOf(strapi).keyring().ownKey(USE))
      .update(plainHeading(heading))
      .digest('base64url');

  const targetOf = (name: string): Target => ({
    name,
    attribute: attributes()[name] as Target['attribute'],
    kind: kinds()[name]?.id ?? null,
  });

  /** What a file may fill, as far as the application has it. */
  const importable = (): string[] => IMPORTABLE.filter((name) => Object.hasOwn(attributes(), name));

  return {
    importable,
    targetOf,
    kinds,

    columnsOf: (mapping: ReadonlyArray<string | null>): Columns =>
      mapping.map((name) => (name === null ? null : targetOf(name))),

    /** The attributes as the wizard offers them. @param ability of whoever asks. */
    offered: (ability: unknown) =>
      importable().map((name) => ({
        name,
        label: nameOfAttribute(name),
        kind: kinds()[name]?.id ?? null,
        options: targetOf(name).attribute.enum ?? null,
        permitted: (ability as Ability).can(CREATE, CUSTOMER, name),
      })),

    /** What the columns seem to be: as the person took them before, under this plan first; else by their headings. */
    async guess(headings: readonly string[], person: number, plan: number | null) {
      const digests = headings.map(digestOf);
      const rows = (await (
        await tablesOf(strapi)
      )(IMPORT_MAPPINGS)
        .where({ person })
        .whereIn('heading', digests)
        .orderBy('id')) as Remembered[];
      const known = new Map<string, string>();
      for (const row of rows) if (row.plan !== plan) known.set(row.heading, row.attribute);
      for (const row of rows) if (row.plan === plan) known.set(row.heading, row.attribute);
      const taken = new Set<string>();
      return headings.map((heading, index) => {
        const before = known.get(digests[index] as string);
        const attribute = before === undefined ? guessAttribute(heading) : before || null;
        if (!attribute || taken.has(attribute) || !importable().includes(attribute)) return null;
        taken.add(attribute);
        return attribute;
      });
    },

    /** Remembers what a person took the columns for; an empty attribute stands for a column that was left out. */
    async remember(
      headings: readonly string[],
      mapping: ReadonlyArray<string | null>,
      person: number,
      plan: number
    ): Promise<void> {
      const rows = new Map(
        headings.map((heading, index) => [digestOf(heading), mapping[index] ?? ''])
      );
      if (rows.size === 0) return;
      await (
        await tablesOf(strapi)
      )(IMPORT_MAPPINGS)
        .insert([...rows].map(([heading, attribute]) => ({ person, plan, heading, attribute })))
        .onConflict(['person', 'plan', 'heading'])
        .merge(['attribute']);
    },

    /** @throws ValidationError when columns or constants name what may not be filled, or the same twice. */
    assertMapping(
      mapping: ReadonlyArray<string | null>,
      constants: Readonly<Record<string, string>>,
      ability: unknown
    ): void {
      const named = mapping.filter((name) => name !== null);
      const all = [...named, ...Object.keys(constants)];
      const unknown = all.find((name) => !importable().includes(name));
      if (unknown !== undefined) {
        throw invalid(
          'mapping',
          'names an attribute that no file can fill. Choose it from the list'
        );
      }
      const twice = all.find((name, index) => all.indexOf(name) !== index);
      if (twice !== undefined) {
        throw invalid('mapping', `${twice} is filled twice. Choose one column for it`);
      }
      if (named.length === 0) {
        throw invalid('mapping', 'no column is imported. Choose at least one');
      }
      const barred = all.filter((name) => !(ability as Ability).can(CREATE, CUSTOMER, name));
      if (barred.length > 0) {
        throw invalid(
          'mapping',
          `your role may not set ${barred.join(', ')}. Leave these columns out, or ask an administrator for the permission`
        );
      }
    },
  };
}

export type ImportColumns = ReturnType<typeof createColumns>;
