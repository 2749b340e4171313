import { Readable } from 'node:stream';
import type { Demo } from './context';
import { dayBefore } from './days';
import { asSeed, serviceOf } from './services';
import { demoCases } from './stories';

/** A PDF of one page with a line of text: Latin letters, for which no font has to be put in. */
function pdfOf(line: string): Buffer {
  const text = `BT /F1 18 Tf 72 720 Td (${line}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const rows = offsets.map((offset) => `${offset} 00000 n \n`).join('');
  const count = objects.length + 1;
  return Buffer.from(
    `${body}xref\n0 ${count}\n0000000000 65535 f \n${rows}` +
      `trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
  );
}

/** A contract and a scanned identity document of 李娜's first customer, who agreed to both. */
export async function createAttachments({ strapi, now, progress }: Demo): Promise<void> {
  const files = [
    { kind: 'contract', days: 120, line: 'Purchase contract (specimen of the demo company)' },
    { kind: 'id-document', days: 119, line: "Identity document (specimen, nobody's)" },
  ];
  for (const { kind, days, line } of files) {
    const date = dayBefore(now, days);
    await asSeed(strapi, () =>
      serviceOf(strapi, 'attachments').upload(
        { customer: demoCases.sealed, kind, date },
        Readable.from([pdfOf(line)]),
        now
      )
    );
  }
  progress('Attachments', files.length, files.length);
}
