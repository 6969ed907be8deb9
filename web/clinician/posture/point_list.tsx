// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import type { PosturePointName, PostureView } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import type { HandleName } from './marks.ts';
import { automaticAgain, pointsOf, type PagePoint } from './points.ts';

interface Props {
  view: PostureView;
  points: readonly PagePoint[];
  active: HandleName | undefined;
  onPlace: (point: PosturePointName) => void;
  onRemove: (point: PosturePointName) => void;
  onAutomatic: (point: PagePoint) => void;
}

/** Each point of the view: where it comes from, and what can be done with it. */
export function PointList({ view, points, active, onPlace, onRemove, onAutomatic }: Props) {
  const { t } = useLanguage();
  return (
    <ul className="points" aria-label={t('posture.points')}>
      {pointsOf(view).map((name) => {
        const point = points.find((one) => one.point === name);
        const back = point && automaticAgain(point);
        const words = t(`posture.point.${name}`);
        return (
          <li key={name} data-active={name === active || undefined}>
            <span>
              {words}
              <span className="small">
                {' '}
                {t(point ? `posture.origin.${point.pending ? 'pending' : point.origin}` : 'posture.origin.missing')}
              </span>
            </span>
            {!point && (
              <Button variant="default" onClick={() => onPlace(name)} aria-label={t('posture.place', { point: words })}>
                {t('posture.place.short')}
              </Button>
            )}
            {back && (
              <Button
                variant="subtle"
                onClick={() => onAutomatic(back)}
                aria-label={t('posture.undo', { point: words })}
              >
                {t('posture.undo.short')}
              </Button>
            )}
            {point && !back && (
              <Button
                variant="subtle"
                onClick={() => onRemove(name)}
                aria-label={t('posture.remove', { point: words })}
              >
                {t('posture.remove.short')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
