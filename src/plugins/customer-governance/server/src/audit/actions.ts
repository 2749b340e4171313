/**
 * Every action that the log knows. One that is not listed cannot be written, so that a reader of the log never meets
 * a word that this page does not explain.
 */
export const AUDIT_ACTIONS = {
  'record.create': 'A governed record was created',
  'record.update': 'A governed record was changed; the attributes name what',
  'record.delete': 'A governed record was deleted',
  'record.view': 'Protected attributes were shown in clear in a list or form',
  'record.reveal': 'Protected attributes were revealed for a purpose',
  'record.lookup': 'Records were looked up by an exact value',
  'access.refused': 'A reveal or look-up was refused',
  'collection.refused': 'An entry was refused by the collection plan, consent or source',
  'consent.withdraw': 'A consent was withdrawn',
  'request.submit': 'A request was submitted',
  'request.withdraw': 'A request was withdrawn by its requester',
  'request.approve': 'A step of a request was approved',
  'request.reject': 'A step of a request was rejected',
  'request.return': 'A request was sent back to its requester to be changed',
  'request.amend': 'A request was changed by its requester and is decided anew',
  'request.remind': 'Those who may decide a step were reminded that it is due soon',
  'request.escalate': 'A step that nobody decided in time was put before the next superiors too',
  'request.expire': 'A request expired, because nobody decided it in time',
  'grant.create': 'An approved request became a grant',
  'grant.revoke': 'A grant was revoked',
  'grant.suspend': 'A grant was suspended',
  'grant.resume': 'A suspended grant was resumed',
  'grant.end': 'A grant ended: by its term, by use, or because what it rested on is gone',
  'grant.narrow': 'Records left a grant, because consent to their use was withdrawn',
  'hold.create': 'A legal hold was issued',
  'hold.release': 'A legal hold was released',
  'retention.propose': 'Customers were proposed for destruction',
  'destruction.cancel': 'A destruction order was cancelled',
  'destruction.execute': 'A destruction order was executed',
  'destruction.certificate': 'A destruction certificate was issued',
  'destruction.repeat': 'What a restore had brought back was destroyed again',
  'delete.refused': 'A deletion was refused',
  'vault.rotate': 'Data keys were re-wrapped under a new key-encryption key',
  'vault.adopt': 'Plaintext of a type that was just governed was sealed',
  'vault.sweep': 'Orphaned data keys were removed',
  'policy.load': 'The application started with a policy that differs from the last one',
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;
