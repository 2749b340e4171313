import type { DepartmentRef, LocalText, Person } from '../api/types';

/** `residentId` → `Resident id`, `department-head` → `Department head`: for words that we have no translation of. */
export const humanise = (word: string): string => {
  const spaced = word
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_.]+/g, ' ')
    .trim()
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

/** `plugin::customer-governance.customer` → `customer`, `api::lead.lead` → `lead`. */
export const shortType = (type: string): string => type.split('.').at(-1) ?? type;

/** `customer.mobile` → `mobile`: purposes qualify attributes, records do not. */
export const bareAttribute = (attribute: string): string =>
  attribute.split('.').at(-1) ?? attribute;

/** A person's name, whether the server sent the name alone or an object. */
export const nameOf = (person: Person | string | null | undefined): string | null => {
  if (!person) return null;
  return typeof person === 'string' ? person : person.name;
};

/** A department's name, whether the server sent the name alone or an object. */
export const departmentName = (department: DepartmentRef | undefined): string | null => {
  if (!department) return null;
  return typeof department === 'string' ? department : department.name;
};

/** A text of the policy in the user's language; English where the policy knows no other. */
export const textIn = (text: LocalText, locale: string): string => {
  if (typeof text === 'string') return text;
  return locale.toLowerCase().startsWith('zh') ? text.zh : text.en;
};

/** `Li Na · Sales East`, or the name alone. */
export const personLine = (person: Person | null): string => {
  if (!person) return '—';
  const department = departmentName(person.department);
  return department ? `${person.name} · ${department}` : person.name;
};
