import { createGlobalStyle } from 'styled-components';

/**
 * On paper there is the sheet of this id alone, over as many pages as it needs: what stands beside it is gone, and what
 * stands around it no longer scrolls. Pictures keep their colours.
 */
export const PrintOnly = createGlobalStyle<{ $sheet: string }>`
  @media print {
    body *:not(:has(#${({ $sheet }) => $sheet})):not(#${({ $sheet }) => $sheet}):not(#${({ $sheet }) => $sheet} *) {
      display: none;
    }
    html, body, body *:has(#${({ $sheet }) => $sheet}) {
      display: block;
      position: static;
      height: auto;
      min-height: 0;
      overflow: visible;
      margin: 0;
      padding: 0;
      background: none;
    }
    #${({ $sheet }) => $sheet} {
      max-width: none;
      padding: 0;
      box-shadow: none;
      print-color-adjust: exact;
    }
    #${({ $sheet }) => $sheet} article, #${({ $sheet }) => $sheet} footer {
      break-inside: avoid;
    }
  }
`;
