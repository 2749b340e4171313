/** A customer by the masks that there are, a company by its name; `null` where nothing is known. */
export const customerLabel = ({
  name,
  companyName,
}: {
  name: string | null;
  companyName: string | null;
}): string | null => companyName ?? name;
