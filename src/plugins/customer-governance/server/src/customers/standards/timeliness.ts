import type { Core } from '@strapi/strapi';
import { isPostgres, tablesOf } from '../../database';
import { zoneOf, type Zone } from '../../calendar/zone';
import { policyOf } from '../../policy';
import { CUSTOMER } from '../../policy/attribute-path';

/** How many customers of a department were entered in a month, of those whose first contact is known. */
export interface TeamMonth {
  department: { documentId: string; name: string } | null;
  /** `YYYY-MM` in the company's time zone. */
  month: string;
  entered: number;
  late: number;
}

export interface TimelinessReport {
  deadline: { hours: number } | { workingHours: number };
  months: string[];
  teams: TeamMonth[];
}

/** So many months are counted; what lies before is no longer anybody's appraisal. */
const MONTHS = 6;

/** The last months, the newest first. @param today `YYYY-MM-DD`. */
export function lastMonths(today: string, count = MONTHS): string[] {
  const [year = 0, month = 0] = today.split('-').map(Number);
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7)
  );
}

const startOf = (zone: Zone, month: string): Date => zone.instantOf(`${month}-01`, 0);

const following = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
};

/** Late entries by team and month [COL-6]: one query a month over an index, whatever the number of customers. */
export async function timelinessReport(strapi: Core.Strapi, now: Date): Promise<TimelinessReport> {
  const { calendar, collection } = policyOf(strapi).get();
  const zone = zoneOf(calendar.timezone);
  const months = lastMonths(zone.dayAt(now));
  const table = strapi.db.metadata.get(CUSTOMER).tableName;
  const counted: Array<{ id: number | null; month: string; entered: number; late: number }> = [];
  for (const month of months) {
    const bounds = [startOf(zone, month), startOf(zone, following(month))].map((at) =>
      isPostgres(strapi) ? at : at.getTime()
    );
    const rows = (await (
      await tablesOf(strapi)
    )(table)
      .where('created_at', '>=', bounds[0] as Date)
      .andWhere('created_at', '<', bounds[1] as Date)
      .whereNotNull('entered_late')
      .groupBy('department_id', 'entered_late')
      .select('department_id', 'entered_late')
      .count({ count: '*' })) as Array<{
      department_id: number | null;
      entered_late: boolean | number;
      count: number | string;
    }>;
    const byTeam = new Map<number | null, { entered: number; late: number }>();
    for (const { department_id: id, entered_late: late, count } of rows) {
      const sums = byTeam.get(id) ?? { entered: 0, late: 0 };
      sums.entered += Number(count);
      if (late) sums.late += Number(count);
      byTeam.set(id, sums);
    }
    for (const [id, sums] of byTeam) counted.push({ id, month, ...sums });
  }
  const ids = [...new Set(counted.flatMap(({ id }) => id ?? []))];
  const departments: Array<{ id: number; documentId: string; name: string }> = await strapi.db
    .query('plugin::customer-governance.department')
    .findMany({ select: ['id', 'documentId', 'name'], where: { id: { $in: ids } } });
  const names = new Map(departments.map(({ id, documentId, name }) => [id, { documentId, name }]));
  return {
    deadline: collection.entryDeadline,
    months,
    teams: counted
      .map(({ id, ...sums }) => ({
        ...sums,
        department: id === null ? null : (names.get(id) ?? null),
      }))
      .sort((a, b) => order(a).localeCompare(order(b), 'zh') || b.month.localeCompare(a.month)),
  };
}

const order = ({ department }: TeamMonth): string => department?.name ?? '\uFFFF';
