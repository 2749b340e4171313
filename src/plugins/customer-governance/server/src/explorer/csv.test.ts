import { csvLine } from './csv';

describe('a line of CSV', () => {
  it('quotes what would break it', () => {
    expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', null, 7])).toBe('a,"b,c","d""e","f\ng",,7\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1', '＠x'])(
    'has no formula: %j',
    (value) => {
      expect(csvLine([value]).replace(/^"/, '').startsWith("'")).toBe(true);
    }
  );

  it('tells text that has an apostrophe of its own from text that was given one', () => {
    expect(csvLine(["'=1", '=1'])).toBe("''=1,'=1\r\n");
  });

  it('leaves negative numbers and plain text as they are', () => {
    expect(csvLine([-5, 'record.view', '2026-01-01T00:00:00.000Z'])).toBe(
      '-5,record.view,2026-01-01T00:00:00.000Z\r\n'
    );
  });
});
