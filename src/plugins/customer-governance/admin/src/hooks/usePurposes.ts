import { apiPath } from '../api/paths';
import type { Purposes } from '../api/types';
import { useResource, type Resource } from './useResource';

const PATH = apiPath('/purposes');

/** The purposes that may be given as a reason to see something. */
export const usePurposes = (): Resource<Purposes> => useResource(PATH);
