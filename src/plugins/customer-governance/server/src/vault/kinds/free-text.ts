import { accept, maskWhole, parsing, type Kind } from './kind';

const MAX_LENGTH = 5000;

/** Text of any content on several lines. It cannot be looked up. */
export const freeText: Kind = {
  id: 'free-text',
  classification: { category: 'interactions', level: 'personal' },
  maxLength: MAX_LENGTH,
  example: '示例备注',
  parse: parsing({ maxLength: MAX_LENGTH, lines: true, emoji: true }, accept),
  mask: maskWhole,
  transforms: {},
};
