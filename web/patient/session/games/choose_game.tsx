// SPDX-License-Identifier: Apache-2.0
import { useId } from 'react';
import { useLanguage } from '../../../translations/language.tsx';
import type { Games } from './use_games.ts';

/** Lets the patient choose the display of the set. The last choice is selected. */
export function ChooseGame({ display, displays, support, onDisplay }: NonNullable<Games['choice']>) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <fieldset className="card displays">
      <legend className="hidden">{t('game.choose')}</legend>
      <p className="asked" aria-hidden="true">
        {t('game.choose')}
      </p>
      <div className="choice">
        {displays.map((one) => (
          <label key={one}>
            <input type="radio" name={id} checked={one === display} onChange={() => onDisplay(one)} />
            <span>
              <strong>{t(`game.display.${one}`)}</strong> <span className="note">{t(`game.about.${one}`)}</span>
            </span>
          </label>
        ))}
      </div>
      {support && displays.includes('river') && <p className="small">{t('game.support')}</p>}
      <p className="small">{t('game.same')}</p>
    </fieldset>
  );
}
