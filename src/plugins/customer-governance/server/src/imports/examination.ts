import type { Core } from '@strapi/strapi';
import { zoneOf } from '../calendar/zone';
import { entryOf } from '../customers/entry/entry';
import type { Finding } from '../customers/entry/finding';
import { partnersOf } from '../partners/partners';
import { policyOf } from '../policy';
import type { ImportColumns } from './columns';
import { convert, type Columns } from './conversion';
import { outcomeOf, type Outcome } from './outcome';
import type { RowFault, TableRow } from './reading/table';
import type { RunRow } from './runs';
import { CUSTOMER } from './uids';

const ROW_FAULTS: Readonly<Record<RowFault, string>> = {
  quotes: 'The quotation marks of this row make no sense, so its cells cannot be told apart.',
  'row-too-long': 'This row is longer than any row of a table.',
  'too-many-cells': 'This row has values to the right of the last heading.',
};

const UNKNOWN_PARTNER =
  'no partner of this name is registered. Write the name as it is registered, or register the partner first';

/** What a run does with rows, whatever they hold. */
export interface Recipe {
  columns: Columns;
  constants: Record<string, unknown>;
}

/** Holds rows against everything that a single entry is held against; nothing is written. */
export function createExamination(strapi: Core.Strapi, columns: ImportColumns) {
  const zone = zoneOf(policyOf(strapi).get().calendar.timezone);
  const moment = (day: string, time: string): string => {
    const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
    const at = zone.instantOf(day, hours * 60 + minutes);
    return new Date(at.getTime() + seconds * 1000).toISOString();
  };

  /** Constants go the same way as cells, so that the same words mean the same. */
  const constantsOf = (constants: Record<string, string>): Record<string, unknown> => {
    const names = Object.keys(constants);
    const row = { number: 0, cells: names.map((name) => constants[name] as string) };
    return convert(row, names.map(columns.targetOf), moment).data;
  };

  return {
    recipeOf: ({ mapping, constants, plan }: RunRow): Recipe => ({
      columns: columns.columnsOf(mapping ?? []),
      constants: { ...constantsOf(constants ?? {}), plan: plan?.id ?? null },
    }),

    async examine(rows: readonly TableRow[], recipe: Recipe): Promise<Outcome[]> {
      const readable = rows.filter(({ fault }) => fault === undefined);
      const converted = readable.map((row) => convert(row, recipe.columns, moment));
      const entries = converted.map(({ data }) => ({ ...recipe.constants, ...data }));
      const unknown = await namePartners(entries);
      const examined = await entryOf(strapi).examineMany(CUSTOMER, entries);
      const outcomes = new Map<number, Outcome>();
      const normalisedIn = normalisedBy(recipe.columns);
      readable.forEach(({ number }, index) => {
        const { findings, given } = converted[index] as (typeof converted)[number];
        const { data, findings: found, warnings } = examined[index] as (typeof examined)[number];
        const all: Finding[] = [...findings, ...(unknown.get(index) ?? []), ...found];
        outcomes.set(number, outcomeOf(number, all, data, normalisedIn(given, data), warnings));
      });
      return rows.map(
        ({ number, fault }) => outcomes.get(number) ?? faultyRow(number, fault as RowFault)
      );
    },
  };

  /**
   * Files know partners by their names; the records get their rows.
   * @returns by the place of an entry, what is wrong with it: a partner that nobody has registered.
   */
  async function namePartners(
    entries: ReadonlyArray<Record<string, unknown>>
  ): Promise<Map<number, Finding[]>> {
    const named = entries.flatMap(({ partner }) => (typeof partner === 'string' ? partner : []));
    const ids = named.length > 0 ? await partnersOf(strapi).idsByName(named) : new Map();
    const unknown = new Map<number, Finding[]>();
    entries.forEach((entry, index) => {
      if (typeof entry.partner !== 'string') return;
      const id = ids.get(entry.partner) as number | undefined;
      if (id === undefined) {
        delete entry.partner;
        unknown.set(index, [{ attribute: 'partner', reason: UNKNOWN_PARTNER }]);
      } else entry.partner = id;
    });
    return unknown;
  }

  /** Gives of a row the attributes whose text in the file differs from what is written. */
  function normalisedBy(targets: Columns) {
    const kinds = columns.kinds();
    // A word of a list stands for its value; nothing was changed by reading it.
    const words = new Set(
      targets.flatMap((target) => (target?.attribute.type === 'enumeration' ? target.name : []))
    );
    return (given: ReadonlyMap<string, string>, data: Record<string, unknown>): string[] => {
      const normalised: string[] = [];
      for (const [name, text] of given) {
        const value = data[name];
        const kind = kinds[name];
        if (kind) {
          const parsed = kind.parse(String(value));
          if (parsed.ok && parsed.value !== text) normalised.push(name);
        } else if (typeof value === 'string' && value !== text && !words.has(name)) {
          normalised.push(name);
        }
      }
      return normalised;
    };
  }
}

export type Examination = ReturnType<typeof createExamination>;

const faultyRow = (row: number, fault: RowFault): Outcome => ({
  row,
  state: 'faulty',
  notes: [{ attribute: null, kind: 'error', reason: ROW_FAULTS[fault] }],
  data: null,
});
