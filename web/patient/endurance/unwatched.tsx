// SPDX-License-Identifier: Apache-2.0
import type { EnduranceLimits } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';

/** Says which limit for stopping cannot be judged, because no device sends its value. */
export function Unwatched({
  limits: { stopHeartRate, stopOxygen },
  rate,
  oxygen,
}: {
  limits: EnduranceLimits;
  rate: number | undefined;
  oxygen: number | undefined;
}) {
  const { t } = useLanguage();
  return (
    <>
      {stopHeartRate !== null && rate === undefined && <p className="small">{t('endurance.unwatched.rate')}</p>}
      {stopOxygen !== null && oxygen === undefined && <p className="small">{t('endurance.unwatched.oxygen')}</p>}
    </>
  );
}
