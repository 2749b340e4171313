import 'styled-components';

import type { lightTheme } from '@strapi/design-system';

/** Makes the design system's tokens (`theme.colors.…`, `theme.spaces`) known to styled components. */
type DesignSystemTheme = typeof lightTheme;

declare module 'styled-components' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merges the theme's members in
  export interface DefaultTheme extends DesignSystemTheme {}
}
