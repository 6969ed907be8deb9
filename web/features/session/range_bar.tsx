import { useLanguage } from '../../source/language.tsx';

interface Props {
  /** Share of the way from rest to the target. */
  progress: number | null;
  /** Where the limit stands on the same way; nothing: none. */
  ceiling: number | null;
  atCeiling: boolean;
}

/** How far the bar goes past the target. */
const END = 1.25;

const percent = (share: number) => `${Math.max(0, Math.min(1, share / END)) * 100}%`;

/** How far the movement is: from rest to the target, and the limit that must not be passed. */
export function RangeBar({ progress, ceiling, atCeiling }: Props) {
  const { t } = useLanguage();
  // Nothing rewards going past a limit: with one, it is where the bar ends.
  const target = ceiling !== null && ceiling < 1 ? ceiling : 1;
  return (
    <div className="range" data-at-ceiling={atCeiling || undefined} role="img"
      aria-label={t(ceiling === null ? 'live.range' : 'live.rangeLimited')}>
      <span className="filled" style={{ height: percent(progress ?? 0) }} data-reached={(progress ?? 0) >= target * 0.97 || undefined} />
      <span className="target" style={{ bottom: percent(target) }} />
      {ceiling !== null && <span className="limit" style={{ bottom: percent(ceiling) }} />}
    </div>
  );
}
