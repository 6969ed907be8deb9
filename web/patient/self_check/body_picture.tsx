// SPDX-License-Identifier: Apache-2.0
// A person from in front, to be touched where it hurts. The list beside it says the same to who cannot see or touch it.
import { useLanguage } from '../../translations/language.tsx';
import type { Side } from './flow.ts';

/** In the picture; of sided regions that on the person's left, which is to the right of the picture. */
const PLACES: Readonly<Record<string, readonly [x: number, y: number]>> = {
  neck: [100, 66],
  shoulder: [140, 92],
  elbow: [158, 146],
  wrist: [168, 200],
  lower_back: [100, 156],
  hip: [128, 200],
  knee: [124, 270],
  ankle: [124, 340],
};
const WIDTH = 200;
const HEIGHT = 370;

interface Props {
  chosen: (region: string, side: Side | undefined) => boolean;
  onTouch: (region: string, side: Side | undefined) => void;
  sided: (region: string) => boolean;
}

interface Spot {
  region: string;
  side: Side | undefined;
  x: number;
  y: number;
}

export function BodyPicture({ chosen, onTouch, sided }: Props) {
  const { t } = useLanguage();
  const spots = Object.entries(PLACES).flatMap(([region, [x, y]]): Spot[] =>
    sided(region)
      ? [
          { region, side: 'left', x, y },
          { region, side: 'right', x: WIDTH - x, y },
        ]
      : [{ region, side: undefined, x, y }],
  );
  return (
    <div className="body-picture" aria-hidden="true">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <g className="body-lines">
          <circle cx={WIDTH / 2} cy={34} r={20} />
          <path d="M100 54V180M60 92H140M140 92L158 146L168 200M60 92L42 146L32 200M126 196L124 270L124 340L138 350" />
          <path d="M74 196L76 270L76 340L62 350M74 196H126M100 180L126 196M100 180L74 196" />
        </g>
        <text x={20} y={364}>
          {t('self.right')}
        </text>
        <text x={180} y={364} textAnchor="end">
          {t('self.left')}
        </text>
      </svg>
      {spots.map(({ region, side, x, y }) => (
        <button
          key={`${region} ${side ?? ''}`}
          type="button"
          tabIndex={-1}
          data-region={side ? `${region} ${side}` : region}
          data-chosen={chosen(region, side) || undefined}
          style={{ left: `${(x / WIDTH) * 100}%`, top: `${(y / HEIGHT) * 100}%` }}
          onClick={() => onTouch(region, side)}
        />
      ))}
    </div>
  );
}
