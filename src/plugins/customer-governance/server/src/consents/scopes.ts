import type { CollectionPolicy } from '../policy';

export type ConsentScope = 'general' | 'sensitive' | 'sharing' | 'marketing';

/**
 * The scopes of which one must have been agreed to. Sensitive attributes need the separate consent unless the policy lets
 * the general one cover them; a consent to sharing never covers our own use.
 */
export function coveringScopes(
  sensitive: boolean,
  sensitiveConsent: CollectionPolicy['sensitiveConsent']
): ReadonlySet<ConsentScope> {
  if (!sensitive) return new Set<ConsentScope>(['general', 'sensitive', 'marketing']);
  return new Set<ConsentScope>(
    sensitiveConsent === 'separate' ? ['sensitive'] : ['sensitive', 'general']
  );
}
