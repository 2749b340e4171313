/** What the Content Manager keeps in its form beside what people enter. */
const KEPT = new Set([
  ...['id', 'documentId', 'createdAt', 'updatedAt', 'publishedAt', 'createdBy', 'updatedBy'],
  ...['locale', 'localizations', 'status'],
]);
/** By what a customer is known to be on file already. */
const KNOWN_BY = ['companyName', 'creditCode', 'name', 'mobile'];

type Values = Readonly<Record<string, unknown>>;

/** What was entered into the form. */
export const typedIn = (values: Values): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !KEPT.has(name)));

/** Whether nothing was entered into an input yet, in the ways in which the form says so. */
export function isOpen(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (typeof value !== 'object' || !('connect' in value)) return false;
  return Array.isArray(value.connect) && value.connect.length === 0;
}

/** By what a new customer would be known again; `null` as long as there is too little to look for anybody. */
export function knownBy(values: Values): string | null {
  const parts = KNOWN_BY.map((name) => {
    const value = values[name];
    return typeof value === 'string' ? value.trim() : '';
  });
  const [company, code, name, mobile] = parts;
  return company || code || (name && mobile) ? JSON.stringify([values.kind, ...parts]) : null;
}
