import type { Knex } from 'knex';
import { addDays } from '../../calendar/zone';
import { chunks } from '../../database';
import { addMonths, attributePathOf, dueDate, type RetentionRule } from '../../policy';
import type { AttributeSubjects, Subject } from '../destruction/attribute-subjects';
import type { Day } from './due-date';
import type { DueDates } from './due-dates';
import type { FactsReader, FactsRow } from './facts-reader';
import type { Rules } from '../rules/rules';

/** A customer who stays, with the paths of the attributes that must go. */
export interface AttributesDue {
  documentId: string;
  attributes: string[];
}

const IDS_PER_QUERY = 500;
/** Months end on different days: what is reckoned backwards may lie so many days beside what is reckoned forwards. */
const SLACK_DAYS = 3;

const COLUMNS: Partial<Record<RetentionRule['event'], string>> = {
  'relation-ended': 'relation_ended_on',
  'erasure-requested': 'erasure_requested_on',
};

/** Which attributes of customers are due before the customers are: by rules of single attributes, or of a category. */
export function createAttributeDues({
  rules,
  reader,
  dueDates,
  subjects,
}: {
  rules: Rules;
  reader: FactsReader;
  dueDates: DueDates;
  subjects: AttributeSubjects;
}) {
  const dueOf = (
    inForce: readonly RetentionRule[],
    limited: readonly Subject[],
    { documentId, facts, filled }: FactsRow,
    today: Day
  ): AttributesDue => ({
    documentId,
    attributes: limited
      .filter((subject, index) => {
        if (!filled[index]) return false;
        const { dueOn } = dueDate(inForce, facts, subject);
        return dueOn !== null && dueOn <= today;
      })
      .map(({ attribute }) => attributePathOf(attribute)),
  });

  /** Leaves out who has none of the attributes, who goes as a whole, and whose event cannot be so long ago. */
  const narrow =
    (inForce: readonly RetentionRule[], limited: readonly Subject[], today: Day) =>
    (query: Knex.QueryBuilder): void => {
      const maxima = inForce.filter(
        ({ atMostMonths, attributes, category }) =>
          atMostMonths !== undefined && (attributes !== undefined || category !== 'all')
      );
      query
        .where((any) => {
          for (const { column } of limited) any.orWhereNotNull(column);
        })
        .where(
          (any) => void any.whereNull('retention_due_on').orWhere('retention_due_on', '>', today)
        )
        .where((any) => {
          for (const { event, atMostMonths = 0 } of maxima) {
            const latest = addDays(addMonths(today, -atMostMonths), SLACK_DAYS);
            const column = COLUMNS[event];
            if (column) any.orWhere(column, '<=', latest);
            else if (event === 'created' || event === 'last-contact')
              any.orWhere('created_at', '<=', new Date(`${addDays(latest, 2)}T00:00:00Z`));
            // The end of a consent or of a purpose stands in no column of the customer.
            else any.orWhereRaw('1 = 1');
          }
        });
    };

  return {
    /** Of these customers, the attributes that are due today. */
    async of(documentIds: readonly string[], now: Date): Promise<Map<string, string[]>> {
      const inForce = await rules.all();
      const limited = subjects.limitedBy(inForce);
      const found = new Map<string, string[]>();
      if (limited.length === 0) return found;
      const filled = limited.map(({ column }) => column);
      for (const part of chunks(documentIds, IDS_PER_QUERY)) {
        const narrowed = (query: Knex.QueryBuilder) => void query.whereIn('document_id', part);
        for await (const rows of reader.pages({
          now,
          dayAt: dueDates.dayAt,
          filled,
          named: true,
          narrow: narrowed,
        })) {
          for (const row of rows) {
            const { documentId, attributes } = dueOf(inForce, limited, row, dueDates.dayAt(now));
            found.set(documentId, attributes);
          }
        }
      }
      return found;
    },

    /** All customers who stay, but not with all of their attributes, page by page. */
    async *pages(now: Date): AsyncGenerator<AttributesDue[]> {
      const inForce = await rules.all();
      const limited = subjects.limitedBy(inForce);
      if (limited.length === 0) return;
      const today = dueDates.dayAt(now);
      const reading = {
        now,
        dayAt: dueDates.dayAt,
        filled: limited.map(({ column }) => column),
        named: true,
        narrow: narrow(inForce, limited, today),
      };
      for await (const rows of reader.pages(reading)) {
        const due = rows.map((row) => dueOf(inForce, limited, row, today));
        yield due.filter(({ attributes }) => attributes.length > 0);
      }
    },
  };
}

export type AttributeDues = ReturnType<typeof createAttributeDues>;
