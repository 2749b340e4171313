import { useResource, type Resource } from '../../hooks/useResource';
import { apiPath } from '../../api/paths';
import type { FilingOptions, FilingView } from '../../api/filing';

/** Where a customer stands on its way into the files. */
export const useFiling = (documentId: string): Resource<FilingView> =>
  useResource<FilingView>(apiPath(`/filing/${encodeURIComponent(documentId)}`));

/** What the policy asks of reviews. */
export const useFilingOptions = (): Resource<FilingOptions> =>
  useResource<FilingOptions>(apiPath('/filing-options'));
