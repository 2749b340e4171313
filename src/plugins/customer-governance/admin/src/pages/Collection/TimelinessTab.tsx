import { Badge, Flex, Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

import { apiPath } from '../../api/paths';
import type { Timeliness } from '../../api/standards';
import { Nothing, ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { useResource } from '../../hooks/useResource';
import { useTranslate } from '../../hooks/useTranslate';
import { byTeam } from './timeliness';

const TeamTable = ({ report }: { report: Timeliness }) => {
  const t = useTranslate();
  const { number } = useFormat();
  const { formatDate } = useIntl();
  const teams = byTeam(report);
  return (
    <Table
      colCount={report.months.length + 1}
      rowCount={teams.length + 1}
      aria-label={t('timeliness.title')}
    >
      <Thead>
        <Tr>
          <Th>
            <Typography variant="sigma">{t('timeliness.team')}</Typography>
          </Th>
          {report.months.map((month) => (
            <Th key={month}>
              <Typography variant="sigma">
                {formatDate(`${month}-01`, { year: 'numeric', month: 'short', timeZone: 'UTC' })}
              </Typography>
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {teams.map(({ id, name, months }) => (
          <Tr key={id}>
            <Td>
              <Typography fontWeight="semiBold">{name ?? t('timeliness.noTeam')}</Typography>
            </Td>
            {report.months.map((month) => {
              const counts = months.get(month);
              return (
                <Td key={month}>
                  {counts ? (
                    <Flex gap={2} wrap="wrap">
                      <Typography>
                        {t('timeliness.counts', { late: counts.late, entered: counts.entered })}
                      </Typography>
                      {counts.late > 0 && (
                        <Badge variant="warning">
                          {number(Math.round((100 * counts.late) / counts.entered))} %
                        </Badge>
                      )}
                    </Flex>
                  ) : (
                    <Typography textColor="neutral600">—</Typography>
                  )}
                </Td>
              );
            })}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};

/** How many customers each team entered too late after the first contact, month by month. */
export const TimelinessTab = () => {
  const t = useTranslate();
  const report = useResource<Timeliness>(apiPath('/standards/timeliness'));
  return (
    <ResourceView resource={report}>
      {(data) => (
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Typography textColor="neutral600">
            {'workingHours' in data.deadline
              ? t('timeliness.workingHours', { hours: data.deadline.workingHours })
              : t('timeliness.hours', { hours: data.deadline.hours })}
          </Typography>
          {data.teams.length === 0 ? (
            <Nothing>{t('timeliness.none')}</Nothing>
          ) : (
            <TeamTable report={data} />
          )}
        </Flex>
      )}
    </ResourceView>
  );
};
