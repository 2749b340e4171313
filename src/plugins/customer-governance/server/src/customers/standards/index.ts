import type { Domain } from '../../domain';
import { standardsService } from './standards';

/** Standards of entry: one form for each kind of value, and how complete a file is. */
export const standards: Domain = {
  name: 'standards',
  services: { standards: standardsService },
};
