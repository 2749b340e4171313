import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { BootedApp } from './app';
import { createRole, fieldsOf, type Answer, type Company, type Person } from './company';

export const ATTACHMENT = 'plugin::customer-governance.attachment';

/** A PDF, as far as its beginning tells, with this text and of at least so many bytes. */
export function pdf(text: string, bytes = 0): Buffer {
  const head = Buffer.from(`%PDF-1.7\n${text}\n`);
  return Buffer.concat([head, Buffer.alloc(Math.max(0, bytes - head.length), 0x20)]);
}

export interface FileAnswer extends Answer {
  headers: Record<string, string>;
  bytes: Buffer;
}

/** Calls of somebody with this token, whose bodies or answers are files. */
export function fileCaller(app: BootedApp, token: string) {
  const bearer = `Bearer ${token}`;
  return {
    async upload(address: string, content: Buffer, type = 'application/octet-stream') {
      const answer = await app.request
        .post(address)
        .set('Authorization', bearer)
        .set('Content-Type', type)
        .send(content);
      return answer as unknown as Answer;
    },
    async download(address: string, body: object): Promise<FileAnswer> {
      const answer = await app.request
        .post(address)
        .set('Authorization', bearer)
        .send(body)
        .buffer(true)
        .parse((response, done) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => done(null, Buffer.concat(parts)));
          response.on('error', (error) => done(error, null));
        });
      const bytes = answer.body as Buffer;
      const json = /json/.test(String(answer.headers['content-type']));
      const body_ = json ? JSON.parse(bytes.toString()) : {};
      return {
        ...answer,
        status: answer.status,
        headers: answer.headers,
        body: body_,
        bytes,
      } as never;
    },
  };
}

/** The token of somebody of the panel. */
export async function tokenOf(app: BootedApp, email: string): Promise<string> {
  const answer = await app.request
    .post('/admin/login')
    .send({ email, password: 'Governance-Test-1' });
  return answer.body.data.token as string;
}

/** The files that lie in the storage of an installation. */
export function storedFiles(app: Pick<BootedApp, 'dir'>): string[] {
  const directory = path.join(app.dir, 'files');
  if (!existsSync(directory)) return [];
  return (readdirSync(directory, { recursive: true, withFileTypes: true }) as never[])
    .filter((entry: { isFile(): boolean }) => entry.isFile())
    .map(({ parentPath, name }: { parentPath: string; name: string }) =>
      path.join(parentPath, name)
    );
}

/** Gives people of the company what they need for files, beside what their roles give them. */
export async function giveFiles(app: BootedApp, company: Company): Promise<void> {
  const { strapi } = app;
  const fields = fieldsOf(strapi, ATTACHMENT);
  const reading = (condition: string): Parameters<typeof createRole>[2] => [
    {
      action: 'plugin::content-manager.explorer.read',
      subject: ATTACHMENT,
      fields,
      conditions: [`plugin::customer-governance.${condition}`],
    },
  ];
  const own = await createRole(strapi, 'Test own files', [
    ...reading('own'),
    {
      action: 'plugin::customer-governance.reveal',
      subject: ATTACHMENT,
      fields: ['content'],
      conditions: ['plugin::customer-governance.own'],
    },
    { action: 'plugin::customer-governance.attachments.upload' },
    { action: 'plugin::customer-governance.attachments.remove' },
  ]);
  const department = await createRole(
    strapi,
    'Test files of the department',
    reading('department')
  );
  const give = async (person: Person, role: number) => {
    const { roles } = await strapi.db
      .query('admin::user')
      .findOne({ where: { id: person.userId }, populate: { roles: true } });
    const ids = roles.map(({ id }: { id: number }) => id);
    await strapi.service('admin::user').updateById(person.userId, { roles: [...ids, role] });
  };
  await give(company.rep, own);
  await give(company.other, own);
  await give(company.head, department);
}
