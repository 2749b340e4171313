import Joi from 'joi';
import { FILE_TYPES, type AttachmentKind, type AttachmentPolicy } from '../policy';
import { code, codedList, count, listOf, localText, shape } from './terms';

const kind = shape<AttachmentKind>({
  code: code.required(),
  name: localText(60).required(),
  sensitive: Joi.boolean().required(),
});

export const attachments = shape<AttachmentPolicy>({
  maxBytes: count(1024, 2_000_000_000).required(),
  types: listOf(Joi.valid(...FILE_TYPES))
    .min(1)
    .required(),
  kinds: codedList(kind).min(1).required(),
});
