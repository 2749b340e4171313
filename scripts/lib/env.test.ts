import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureEnv } from './env.mjs';

describe('the .env of a first start', () => {
  let dir: string;
  let file: string;

  beforeEach(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'governance-env-'));
    file = path.join(dir, '.env');
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
  });

  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(dir, { recursive: true, force: true });
  });

  it('is made with every secret and readable by its owner only', () => {
    const values = ensureEnv({ file, env: {} });
    expect(Buffer.from(values.GOVERNANCE_ROOT_KEY, 'base64')).toHaveLength(32);
    expect(readFileSync(file, 'utf8')).toContain(`JWT_SECRET="${values.JWT_SECRET}"`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is read, not remade, by the second start', () => {
    const first = ensureEnv({ file, env: {} });
    const text = readFileSync(file, 'utf8');
    expect(ensureEnv({ file, env: {} })).toEqual(first);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('keeps what a person wrote and gets only what is missing', () => {
    writeFileSync(file, 'PORT=4000\nJWT_SECRET=mine\n');
    const values = ensureEnv({ file, env: {} });
    expect(values).toMatchObject({ PORT: '4000', JWT_SECRET: 'mine' });
    expect(readFileSync(file, 'utf8').startsWith('PORT=4000\nJWT_SECRET=mine\n')).toBe(true);
  });

  it('leaves out what the environment gives', () => {
    ensureEnv({ file, env: { GOVERNANCE_ROOT_KEY: 'from the environment' } });
    expect(readFileSync(file, 'utf8')).not.toMatch(/^GOVERNANCE_ROOT_KEY/m);
  });

  it.each(['keys.db', 'data.db'])('gets no new root key while .data/%s exists', (name) => {
    mkdirSync(path.join(dir, '.data'));
    writeFileSync(path.join(dir, '.data', name), '');
    expect(() => ensureEnv({ file, env: {} })).toThrow(/GOVERNANCE_ROOT_KEY .* put that key back/);
    expect(existsSync(file)).toBe(false);
  });
});
