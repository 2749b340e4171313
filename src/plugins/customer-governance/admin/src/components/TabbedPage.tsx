import * as React from 'react';

import { Box, Tabs } from '@strapi/design-system';
import { useSearchParams } from 'react-router-dom';

interface Tab {
  id: string;
  label: string;
  content: React.ReactNode;
}

interface TabbedPageProps {
  label: string;
  tabs: Tab[];
}

const PARAMETER = 'tab';

/** Tabs whose choice stands in the address, so that it can be linked to and survives a reload. */
export const TabbedPage = ({ label, tabs }: TabbedPageProps) => {
  const [search, setSearch] = useSearchParams();
  const wanted = search.get(PARAMETER);
  const current = tabs.find(({ id }) => id === wanted)?.id ?? tabs[0]?.id;

  return (
    <Tabs.Root
      variant="simple"
      value={current}
      onValueChange={(id) =>
        setSearch(
          (before) => {
            before.set(PARAMETER, id);
            return before;
          },
          { replace: true }
        )
      }
    >
      <Tabs.List aria-label={label}>
        {tabs.map((tab) => (
          <Tabs.Trigger key={tab.id} value={tab.id}>
            {tab.label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Content key={tab.id} value={tab.id}>
          <Box paddingTop={6}>{tab.content}</Box>
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
};
