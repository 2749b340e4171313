/** `GET /web-forms`: a form of the company's own website. */
export interface WebFormView {
  documentId: string;
  title: string;
  code: string;
  state: 'active' | 'closed';
  customerKind: 'person' | 'company';
  plan: { documentId: string; title: string } | null;
  inactive: string | null;
  allowedOrigins: string[];
  owner: string | null;
  department: string | null;
  entriesPerDay: number;
  counts: { today: number; month: number; refused: number };
}
