// SPDX-License-Identifier: Apache-2.0
// How much weight the affected leg may bear, in words.
import type { Programme } from 'reprise-engine';
import { useLanguage } from '../translations/language.tsx';

/** What a leg may bear, in whole kilograms: never more than the clinic's limit. */
export const limitKg = ({ share, bodyMass_kg }: NonNullable<Programme['loadLimit']>) =>
  Math.floor(share * bodyMass_kg + 1e-6);

/** Empty where the leg may bear all. */
export function useBearing() {
  const { t, number } = useLanguage();
  return ({ weightBearing, affectedSide, loadLimit }: Programme) =>
    weightBearing === 'full'
      ? ''
      : [
          `${t(`today.bearing.${weightBearing}`)}${affectedSide ? ` (${t(`plan.side.${affectedSide}`)})` : ''}`,
          ...(loadLimit ? [t('today.loadLimit', { kg: number(limitKg(loadLimit)) })] : []),
        ].join(' ');
}
