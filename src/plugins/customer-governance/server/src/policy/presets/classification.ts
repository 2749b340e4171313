import { ATTACHMENT, CONTACT, CUSTOMER } from '../attribute-path';
import type { PolicyDocument } from '../policy';

/**
 * The product's own types. Protected attributes are left to their kind; what stands here is stored in clear, and so may
 * be neither personal nor sensitive.
 */
export const classification: PolicyDocument['classification'] = {
  [CUSTOMER]: {
    kind: 'identity/internal',
    // The district at most, which the mask of the address shows, too.
    region: 'contact/internal',
    companyName: 'identity/public',
    creditCode: 'identity/public',
    industry: 'business-background/public',
    website: 'business-background/public',
    companySize: 'business-background/public',
    position: 'business-background/internal',
    contactDepartment: 'business-background/internal',
    needs: 'business-background/internal',
    decisionChain: 'business-background/internal',
    keyCustomer: 'derived/internal',
    inDispute: 'derived/internal',
    stage: 'derived/internal',
    filingState: 'derived/internal',
    filingNumber: 'identity/internal',
    filedAt: 'derived/internal',
    enteredBy: 'derived/internal',
    group: 'business-background/internal',
    source: 'interactions/internal',
    method: 'interactions/internal',
    partner: 'interactions/internal',
    firstContactAt: 'interactions/internal',
    enteredLate: 'derived/internal',
    entryDelayMinutes: 'derived/internal',
    firstContactMethod: 'interactions/internal',
    plannedFollowUp: 'interactions/internal',
    plan: 'interactions/internal',
    owner: 'derived/internal',
    department: 'derived/internal',
    lastContactOn: 'interactions/internal',
    relationEndedOn: 'transactions/internal',
    erasureRequestedOn: 'interactions/internal',
    retentionDueOn: 'derived/internal',
    retentionReason: 'derived/internal',
  },
  [CONTACT]: {
    customer: 'identity/internal',
    position: 'business-background/internal',
    role: 'business-background/internal',
  },
  [ATTACHMENT]: {
    customer: 'identity/internal',
    kind: 'derived/internal',
    date: 'derived/internal',
    displayName: 'derived/internal',
    content: 'transactions/personal',
    sensitiveContent: 'identity/sensitive',
    mime: 'derived/internal',
    size: 'derived/internal',
    digest: 'derived/internal',
    location: 'derived/internal',
    state: 'derived/internal',
    uploadedBy: 'derived/internal',
    removedAt: 'derived/internal',
    removedBy: 'derived/internal',
    removalReason: 'derived/internal',
  },
};
