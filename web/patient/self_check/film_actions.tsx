// SPDX-License-Identifier: Apache-2.0
// Below a movement before the camera: its start, and the ways to leave it.
import { Button } from '@mantine/core';
import { useLanguage } from '../../translations/language.tsx';
import { StopReasons } from '../requests/safe_steps.tsx';

export interface FilmEnds {
  /** `camera`: it was tried. */
  onSkip: (why: 'skipped' | 'camera') => void;
  onHurts: () => void;
  onUnwell: () => void;
}

/** `turn`: how often the camera was started. */
export function FilmActions({
  turn,
  onStart,
  ends: { onSkip, onHurts, onUnwell },
}: {
  turn: number;
  onStart: () => void;
  ends: FilmEnds;
}) {
  const { t } = useLanguage();
  return (
    <>
      <div className="actions">
        {turn === 0 && (
          <Button size="lg" onClick={onStart}>
            {t('self.film.start')}
          </Button>
        )}
        <Button size="lg" variant="default" onClick={() => onSkip(turn === 0 ? 'skipped' : 'camera')}>
          {t('self.film.skip')}
        </Button>
        <StopReasons onHurts={onHurts} onUnwell={onUnwell} />
      </div>
      <p className="note">
        {t('self.stays')} {t('nobodyWatches')}
      </p>
    </>
  );
}
