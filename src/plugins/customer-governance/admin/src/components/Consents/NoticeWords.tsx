import { Box, Flex, Typography } from '@strapi/design-system';

import { NOTICE_LANGUAGES, NOTICE_SECTIONS, type NoticeTexts } from '../../api/consents';
import { useTranslate } from '../../hooks/useTranslate';
import { Facts } from '../Facts';

/** What data subjects read, in each language that there is, folded up. */
export const NoticeWords = ({ texts }: { texts: NoticeTexts }) => {
  const t = useTranslate();
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      {NOTICE_LANGUAGES.flatMap((language) => {
        const text = texts[language];
        if (!text) return [];
        return (
          <Box tag="details" key={language} lang={language}>
            <Typography tag="summary" fontWeight="semiBold" style={{ cursor: 'pointer' }}>
              {t(`notice.language.${language}`)}
            </Typography>
            <Box paddingTop={3} style={{ whiteSpace: 'pre-wrap' }}>
              <Facts
                facts={NOTICE_SECTIONS.map((section) => ({
                  name: t(`notice.section.${section}`),
                  value: text[section],
                }))}
              />
            </Box>
          </Box>
        );
      })}
    </Flex>
  );
};
