import type { DisputeView } from '../api/register';
import { useTranslate } from '../hooks/useTranslate';
import { Facts } from './Facts';
import { personLine } from '../utils/names';

/** Which customer somebody claims, from whom and why. */
export const DisputeDetails = ({ dispute }: { dispute: DisputeView }) => {
  const t = useTranslate();
  const { customer } = dispute;
  const number = customer?.filingNumber ?? t('register.notFiled');
  return (
    <Facts
      facts={[
        {
          name: t('register.customer'),
          value: [customer?.label, number, customer?.department].filter(Boolean).join(' · '),
        },
        { name: t('register.owner'), value: personLine(dispute.owner) },
        { name: t('register.claimant'), value: personLine(dispute.requester) },
        { name: t('register.why'), value: dispute.reason },
      ]}
    />
  );
};
