import { portraitOf } from '../../../scripts/demo/portrait';
import { outlines } from '../../../scripts/demo/stories';

/** What was entered of a demo customer. Nothing of it hangs on the day. */
export interface Entered {
  documentId: string;
  filingNumber: string;
  name: string;
  mobile: string;
  residentId: string;
}

const everybody = new Map(outlines().map((outline) => [outline.documentId, outline]));

/** A demo customer in clear. */
export function entered(documentId: string): Entered {
  const outline = everybody.get(documentId);
  if (!outline) throw new Error(`The demo has no customer ${documentId}.`);
  const { data, sealed } = portraitOf(outline, new Date());
  return {
    documentId,
    filingNumber: outline.filingNumber,
    name: String(data.name),
    mobile: String(data.mobile),
    residentId: sealed.residentId ?? '',
  };
}

/** Every protected value that the demo holds of its customers, but for those too short to be told from other words. */
export function everyProtectedValue(): string[] {
  const attributes = ['name', 'mobile', 'landline', 'email', 'wechat', 'address', 'birthDate'];
  return [...everybody.values()].flatMap((outline) => {
    const { data, sealed } = portraitOf(outline, new Date());
    return [...attributes.map((name) => data[name]), ...Object.values(sealed)].flatMap((value) =>
      typeof value === 'string' && value.length > 3 ? [value] : []
    );
  });
}
