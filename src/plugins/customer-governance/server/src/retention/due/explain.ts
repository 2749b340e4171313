import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { askersAbility, mayReadCustomer } from '../../customers/visibility';
import { explainDueDate, policyOf } from '../../policy';
import type { AttributeSubjects } from '../destruction/attribute-subjects';
import type { DueDates } from './due-dates';
import type { FactsReader, FactsRow } from './facts-reader';
import { activeHolds } from '../holds/active-holds';
import type { Rules } from '../rules/rules';

/** Says why a customer falls due when it does: every rule that was weighed, holds, and the attributes that go before. */
export function createExplainer(
  strapi: Core.Strapi,
  {
    rules,
    reader,
    dueDates,
    subjects,
  }: { rules: Rules; reader: FactsReader; dueDates: DueDates; subjects: AttributeSubjects }
) {
  const read = async (documentId: string, now: Date, filled: string[]): Promise<FactsRow> => {
    const narrow = (query: { where(column: string, value: string): unknown }) =>
      void query.where('document_id', documentId);
    for await (const [row] of reader.pages({ now, dayAt: dueDates.dayAt, filled, narrow })) {
      if (row) return row;
    }
    throw noSuchCustomer();
  };

  const purposeViews = (codes: readonly string[]) =>
    codes.map((code) => ({ code, name: policyOf(strapi).purpose(code)?.name ?? code }));

  return {
    /** As whoever asks may read the customer. @throws NotFoundError */
    async of(documentId: string, now: Date) {
      const ability = askersAbility(strapi);
      if (!ability || !(await mayReadCustomer(strapi, ability, documentId))) throw noSuchCustomer();
      const inForce = await rules.all();
      const limited = subjects.limitedBy(inForce);
      const columns = limited.map(({ column }) => column);
      const { id, facts, filled } = await read(documentId, now, columns);
      const holds = (await activeHolds(strapi, [id])).get(id) ?? [];
      return {
        documentId,
        ...explainDueDate(inForce, facts),
        customerClass: facts.customerClass,
        purposes: purposeViews(facts.purposes),
        formerPurposes: purposeViews(facts.formerPurposes ?? []),
        attributes: limited
          .filter((_, index) => filled[index])
          .map((subject) => ({
            attribute: subject.attribute,
            ...explainDueDate(inForce, facts, subject),
          })),
        holds: holds.map((hold) => ({
          documentId: hold.documentId,
          reason: hold.reason,
          reviewOn: hold.reviewOn,
        })),
      };
    },
  };
}

export type Explainer = ReturnType<typeof createExplainer>;

const noSuchCustomer = () =>
  new errors.NotFoundError('There is no such customer, or none that you may read.');
