import type { PolicyDocument } from '../policy';
import { anomalyRules } from './anomalies';
import { attachments } from './attachments';
import { codedNumber, filing } from './filing';
import { attribution } from './attribution';
import { imports } from './imports';
import { classification } from './classification';
import { purposes } from './purposes';
import {
  ambient,
  apiVisibility,
  approvalRules,
  audit,
  backup,
  barredSources,
  calendar,
  changes,
  duplicates,
  entryStandards,
  notifications,
  retentionOnRequest,
  verification,
} from './shared';
import { webForms } from './web-forms';

/** The strict-compliance handbook: short terms, deadlines by the clock, quick destruction. */
export const strictPreset: PolicyDocument = {
  preset: 'strict',
  version: 'strict-1',
  classification,
  purposes,
  collection: {
    ...entryStandards,
    barredSources,
    indirectSourceNeedsPartner: true,
    assessment: { requiredFor: 'sensitive', keepMonths: 36 },
    minimalityMonths: 6,
    entryDeadline: { hours: 24 },
    sensitiveConsent: 'separate',
    guardianUnderAge: 14,
    consent: { askAgain: 'changed-notice', graceDays: 7, confirmationAddress: 'masked' },
  },
  duplicates: { ...duplicates, lookupsPerHour: 60 },
  filing: { ...filing, reviewer: 'not-enterer-nor-owner', number: codedNumber },
  verification: { ...verification, sample: { percent: 5, atMost: 400, everyMonths: 3 } },
  access: {
    ambient,
    maxTermDays: 30,
    defaultTermDays: 7,
    exportThreshold: 50,
    listRevealMax: 50,
    apiVisibility,
  },
  approvals: {
    rules: [
      ...approvalRules,
      // Somebody else's customer: both superiors, two different people; and every request is filed [USE-2].
      {
        code: 'use-foreign',
        when: { kind: 'use', ownership: 'other' },
        steps: ['superior', 'owner-superior'],
      },
      { code: 'use-filed', when: { kind: 'use' }, steps: ['information-department'] },
    ],
    deadline: { workingDays: 1 },
    reminder: { workingHours: 4 },
    escalation: { workingDays: 1 },
  },
  people: { ndaRequired: true, trainingValidMonths: 6 },
  changes,
  retention: {
    rules: [
      {
        code: 'silent-ordinary',
        category: 'all',
        event: 'last-contact',
        atMostMonths: 12,
        customerClass: 'ordinary',
      },
      {
        code: 'silent-key',
        category: 'all',
        event: 'last-contact',
        atMostMonths: 36,
        customerClass: 'key',
      },
      {
        code: 'ended',
        category: 'all',
        event: 'relation-ended',
        atMostMonths: 36,
        customerClass: 'all',
      },
      {
        code: 'silent-disputed',
        category: 'all',
        event: 'last-contact',
        atMostMonths: 60,
        customerClass: 'disputed',
      },
      {
        code: 'purpose-ended',
        category: 'all',
        event: 'purpose-ended',
        atMostMonths: 6,
        customerClass: 'ordinary',
      },
      {
        code: 'resident-id',
        category: 'identity',
        attributes: ['customer.residentId'],
        event: 'relation-ended',
        atMostMonths: 12,
        customerClass: 'all',
      },
      ...retentionOnRequest,
      // Transactions outlive the contract by the three years in which claims can be brought.
      {
        code: 'contract-records',
        category: 'transactions',
        purpose: 'contract-performance',
        event: 'relation-ended',
        atLeastMonths: 36,
        customerClass: 'all',
      },
    ],
    deletion: 'by-order',
    proposalCron: '0 2 * * *',
    destroyWithinDays: 15,
    dormancy: { dormantAfterMonths: 6, invalidAfterMonths: 9 },
    destruction: {
      confirmWithinMinutes: 60,
      remindAfterWorkingDays: 1,
      consentProof: 'destroy',
      consentProofMonths: 36,
      vacuum: 'touched',
    },
  },
  audit: { keepMonths: 36, ...audit },
  internalAudits: {
    everyMonths: 3,
    remindDays: 7,
    dueDays: { minor: 30, major: 14, critical: 3 },
  },
  notifications,
  calendar,
  keys: { rotateAfterDays: 90, epochDays: 7 },
  backup: { ...backup, keepDays: 30 },
  attachments,
  imports: { ...imports, keepFileDays: 1 },
  webForms: { ...webForms, tokenMinutes: 30, entriesPerAddress: 5 },
  attribution: { ...attribution, validDays: 15, leadReturnsAfterDays: 7, keepMonths: 6 },
  anomalies: { rules: anomalyRules(true) },
};
