import * as React from 'react';

import { Layouts, Page } from '@strapi/strapi/admin';

interface PageFrameProps {
  title: string;
  subtitle: string;
  primaryAction?: React.ReactNode;
  navigationAction?: React.ReactNode;
  children: React.ReactNode;
}

/** Heading, document title and content of one governance page. */
export const PageFrame = ({ title, children, ...header }: PageFrameProps) => (
  <Page.Main>
    <Page.Title>{title}</Page.Title>
    <Layouts.Header title={title} {...header} />
    <Layouts.Content>{children}</Layouts.Content>
  </Page.Main>
);
