import type { PolicyDocument } from '../policy';
import { anomalyRules } from './anomalies';
import { attachments } from './attachments';
import { filing, yearlyNumber } from './filing';
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

/** The process-driven handbook: deadlines in working hours, so that the work can be done well. */
export const processPreset: PolicyDocument = {
  preset: 'process',
  version: 'process-1',
  classification,
  purposes,
  collection: {
    ...entryStandards,
    barredSources,
    indirectSourceNeedsPartner: true,
    assessment: { requiredFor: 'sensitive', keepMonths: 36 },
    minimalityMonths: 12,
    entryDeadline: { workingHours: 8 },
    sensitiveConsent: 'separate',
    guardianUnderAge: 14,
    consent: { askAgain: 'changed-notice', graceDays: 30, confirmationAddress: 'masked' },
  },
  duplicates: { ...duplicates, lookupsPerHour: 120 },
  filing: { ...filing, reviewer: 'not-enterer', number: yearlyNumber },
  verification: { ...verification, sample: { percent: 2, atMost: 200, everyMonths: 3 } },
  access: {
    ambient,
    maxTermDays: 90,
    defaultTermDays: 30,
    exportThreshold: 20,
    listRevealMax: 100,
    apiVisibility,
  },
  approvals: {
    rules: approvalRules,
    deadline: { workingDays: 2 },
    reminder: { workingHours: 8 },
    escalation: { workingDays: 3 },
  },
  people: { ndaRequired: false, trainingValidMonths: 0 },
  changes,
  retention: {
    rules: [
      {
        code: 'silent-ordinary',
        category: 'all',
        event: 'last-contact',
        atMostMonths: 24,
        customerClass: 'ordinary',
      },
      {
        code: 'silent-key',
        category: 'all',
        event: 'last-contact',
        atMostMonths: 60,
        customerClass: 'key',
      },
      {
        code: 'ended-ordinary',
        category: 'all',
        event: 'relation-ended',
        atMostMonths: 36,
        customerClass: 'ordinary',
      },
      {
        code: 'ended-key',
        category: 'all',
        event: 'relation-ended',
        atMostMonths: 60,
        customerClass: 'key',
      },
      {
        code: 'silent-disputed',
        category: 'all',
        event: 'last-contact',
        atMostMonths: 84,
        customerClass: 'disputed',
      },
      {
        code: 'purpose-ended',
        category: 'all',
        event: 'purpose-ended',
        atMostMonths: 12,
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
    destroyWithinDays: 30,
    dormancy: { dormantAfterMonths: 12, invalidAfterMonths: 18 },
    destruction: {
      confirmWithinMinutes: 60,
      remindAfterWorkingDays: 3,
      consentProof: 'destroy',
      consentProofMonths: 36,
      vacuum: 'touched',
    },
  },
  audit: { keepMonths: 12, ...audit },
  internalAudits: {
    everyMonths: 6,
    remindDays: 14,
    dueDays: { minor: 90, major: 30, critical: 7 },
  },
  notifications,
  calendar,
  keys: { rotateAfterDays: 365, epochDays: 7 },
  backup: { ...backup, keepDays: 60 },
  attachments,
  imports: { ...imports, keepFileDays: 7 },
  webForms,
  attribution: { ...attribution, validDays: 30, leadReturnsAfterDays: 15, keepMonths: 12 },
  anomalies: { rules: anomalyRules(false) },
};
