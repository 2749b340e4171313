import { isUniqueViolation, uniqueFinding } from './unique';

const indexes = [
  { name: 'gov_staff_user', columns: ['user_id'], type: 'unique' },
  { name: 'gov_purposes_code', columns: ['code'], type: 'unique' },
];

describe('a value that another record has', () => {
  it('is named by PostgreSQL through its index', () => {
    const error = {
      code: '23505',
      constraint: 'gov_staff_user',
      message: 'insert into … 13800138000',
    };
    expect(uniqueFinding(error, indexes)).toEqual({
      attribute: 'user',
      reason: expect.any(String),
    });
  });

  it('is named by SQLite through its column', () => {
    const error = {
      code: 'SQLITE_CONSTRAINT_UNIQUE',
      message: 'insert into `x` - UNIQUE constraint failed: governance_purposes.legal_code',
    };
    expect(uniqueFinding(error, [])?.attribute).toBe('legalCode');
  });

  it('is nothing else', () => {
    expect(isUniqueViolation(new Error('no'))).toBe(false);
    expect(uniqueFinding(undefined, indexes)).toBeNull();
    expect(uniqueFinding({ code: '23505' }, indexes)).toBeNull();
  });
});
