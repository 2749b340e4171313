import fc from 'fast-check';
import { CURSOR_PATTERN, readDueCursor, writeDueCursor } from './due-list';

describe('the cursor of the due list', () => {
  it('is read as it was written, and keeps to its pattern', () => {
    const cursor = fc.record({
      dueOn: fc
        .date({ min: new Date('2000-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
        .map((d) => d.toISOString().slice(0, 10)),
      id: fc.integer({ min: 1, max: 999_999_999 }),
    });
    fc.assert(
      fc.property(cursor, (value) => {
        expect(writeDueCursor(value)).toMatch(CURSOR_PATTERN);
        expect(readDueCursor(writeDueCursor(value))).toEqual(value);
      })
    );
  });

  it('is not anything else that a client may send', () => {
    for (const text of [
      '',
      '5',
      '2030-01-01',
      '2030-01-01_',
      "2030-01-01_1' OR 1=1",
      '2030-01-01_1_2',
    ]) {
      expect(text).not.toMatch(CURSOR_PATTERN);
    }
  });
});
