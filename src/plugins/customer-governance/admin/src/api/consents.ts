import type { ActorRef, Instant, LocalText, PurposeRef } from './types';
import type { AuditAction, ConsentScope, NoticeState } from './vocabulary';

export const NOTICE_LANGUAGES = ['zh', 'en'] as const;
export type NoticeLanguage = (typeof NOTICE_LANGUAGES)[number];
export const NOTICE_SECTIONS = [
  'purposes',
  'method',
  'kinds',
  'term',
  'rights',
  'contact',
] as const;
export type NoticeSection = (typeof NOTICE_SECTIONS)[number];
export type NoticeText = Record<NoticeSection, string>;
export type NoticeTexts = Partial<Record<NoticeLanguage, NoticeText>>;

/** `GET /notices`. */
export interface NoticeView {
  documentId: string;
  title: string;
  code: string;
  version: string;
  texts: NoticeTexts;
  state: NoticeState;
  textHash: string | null;
  issuedAt: Instant | null;
  replacedAt: Instant | null;
  reliedUntil: Instant | null;
  createdAt: Instant | null;
  publisher: string | null;
}

/** `GET /notices/:documentId/missing`. */
export interface MissingCustomer {
  documentId: string;
  filingNumber: string | null;
  name: string | null;
  companyName: string | null;
  owner: string | null;
  department: string | null;
  asked: Array<{ purpose: PurposeRef | null; scope: ConsentScope }>;
  reliedUntil: Instant | null;
}

/** `GET /marketable`. */
export interface MarketableCustomer {
  documentId: string;
  filingNumber: string | null;
  name: string | null;
  companyName: string | null;
}

/** `GET /consents/:documentId/history`. */
export interface ConsentEntry {
  entry: string;
  at: Instant;
  action: AuditAction;
  by: ActorRef;
  notice: string | null;
  version: string | null;
  hash: string | null;
}

/** `GET /customers/:documentId/consent-options`. */
export interface ConsentOptions {
  mayRecord: boolean;
  purposes: Array<{ code: string; name: LocalText }>;
  notices: Array<{
    documentId: string;
    title: string;
    code: string;
    version: string;
    current: boolean;
  }>;
  /** The customer's contacts, by their masks: one of them may be the guardian. */
  contacts: Array<{ documentId: string; name: string | null }>;
  plan: { notice: string | null; noticeVersion: string | null; purposes: string[] } | null;
}
