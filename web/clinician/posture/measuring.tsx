// SPDX-License-Identifier: Apache-2.0
// One photo: its points found, corrected and placed, its values at once, accepted or discarded.
import { Button, NativeSelect } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { PosturePicture, PosturePointName, PostureResult, PostureView, Reprise } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { useEngine } from '../../data/engine.ts';
import { useLanguage } from '../../translations/language.tsx';
import { overlayOf } from './overlay.ts';
import { findPoints, type Found, type Photo } from './photo.ts';
import { Picture } from './picture.tsx';
import { PointList } from './point_list.tsx';
import { linesOf, movedTo, pointsOf, settled, type PagePoint } from './points.ts';
import type { EarlierPosture } from './record.ts';
import { MeasureField, MOST_ROLL_DEG, SetupFields, type Setup } from './setup.tsx';
import { Values } from './values.tsx';
import { warningIn } from './words.ts';

interface Props {
  photo: Photo;
  setup: Setup;
  onSetup: (setup: Setup) => void;
  simulated: boolean;
  /** Of any view, the newest first. */
  earlier: readonly EarlierPosture[];
  busy: boolean;
  failure: Error | null;
  onAccept: (result: PostureResult) => void;
  onDiscard: () => void;
}

type Finding = { kind: 'loading'; share: number } | Found;

/** Finds the points anew whenever what they depend on changes. */
function useFound(photo: Photo, setup: Setup, person: number) {
  const [finding, setFinding] = useState<Finding>({ kind: 'loading', share: 0 });
  const { view, mirrored } = setup;
  useEffect(() => {
    let over = false;
    setFinding({ kind: 'loading', share: 0 });
    const shown = (share: number) => {
      if (!over) setFinding((now) => (now.kind === 'loading' ? { kind: 'loading', share } : now));
    };
    void findPoints(photo, { view, mirrored, person }, shown).then((found) => {
      if (!over) setFinding(found);
    });
    return () => {
      over = true;
    };
  }, [photo, view, mirrored, person]);
  return finding;
}

/** New automatic points, and those that a person placed, as far as the view has them. */
function withPlaced(view: PostureView, found: readonly PagePoint[], now: readonly PagePoint[]): PagePoint[] {
  const names = pointsOf(view);
  const isFound = (name: PosturePointName) => found.some(({ point }) => point === name);
  return [
    ...found,
    ...now.filter(({ point, origin }) => origin === 'placed' && names.includes(point) && !isFound(point)),
  ];
}

function measured(
  reprise: Reprise | undefined,
  picture: PosturePicture,
  photo: Photo,
  simulated: boolean,
  last: EarlierPosture | undefined,
): { result?: PostureResult; exchanged?: boolean } {
  if (!reprise || picture.points.length === 0) return {};
  try {
    const result = reprise.posture({
      pictures: [picture],
      startedAt: photo.takenAt,
      duration_s: 0,
      simulated,
      earlier: last?.document ?? null,
    });
    return { result };
  } catch (error) {
    // A last posture that this engine cannot read must not hide the values of this one.
    if (last) return measured(reprise, picture, photo, simulated, undefined);
    // Points that give nothing yet are no failure.
    return { exchanged: /not where|does not face/.test(String(error)) };
  }
}

export function Measuring({ photo, setup, onSetup, simulated, earlier, busy, failure, onAccept, onDiscard }: Props) {
  const { t, day } = useLanguage();
  const reprise = useEngine();
  const [roll, setRoll] = useState(photo.roll_deg);
  const [person, setPerson] = useState<number>();
  const [points, setPoints] = useState<PagePoint[]>([]);
  const [active, setActive] = useState<PosturePointName>();
  const editor = useRef<HTMLDivElement>(null);
  const finding = useFound(photo, setup, person ?? 1);
  const found = finding.kind === 'found' ? finding.found : undefined;
  const people = finding.kind === 'found' || finding.kind === 'refused' ? finding.people : 0;
  const { view, height_cm, mirrored } = setup;

  useEffect(() => setPoints((now) => withPlaced(view, found?.points ?? [], now)), [found, view]);

  /** Values of a tilted photo would be off by more than their ±. */
  const tilted = finding.kind === 'found' && finding.tilted && roll === undefined;
  const last = earlier.find((one) => one.view === view);
  const picture = useMemo(
    () => ({
      view,
      width_px: photo.width_px,
      height_px: photo.height_px,
      roll_deg: roll ?? null,
      mirrored,
      height_cm: height_cm ?? null,
      marks: null,
      points: settled(points),
      outside: found?.outside ?? [],
      turned_deg: found?.turned_deg ?? null,
    }),
    [view, photo, roll, mirrored, height_cm, points, found],
  );
  const { result, exchanged }: ReturnType<typeof measured> = useMemo(
    () => (tilted ? {} : measured(reprise, picture, photo, simulated, last)),
    [tilted, reprise, picture, photo, simulated, last],
  );

  const change = (name: PosturePointName, to: (point: PagePoint) => PagePoint) =>
    setPoints((now) => now.map((one) => (one.point === name ? to(one) : one)));
  const place = (name: PosturePointName) => {
    const at = { x_px: photo.width_px / 2, y_px: photo.height_px / 2 };
    setPoints((now) => [...now, { point: name, ...at, origin: 'placed', pending: true }]);
    setActive(name);
    requestAnimationFrame(() => editor.current?.querySelector<HTMLElement>(`[data-point="${name}"]`)?.focus());
  };
  const waiting = points.find(({ point, pending }) => pending && point === active);
  return (
    <div className="measuring" ref={editor}>
      <div>
        <Picture
          photo={photo}
          points={points}
          lines={linesOf(view, picture.points, roll ?? 0, mirrored)}
          earlier={last ? overlayOf(last, picture) : []}
          active={active}
          onActive={setActive}
          onMove={(name, x, y) => change(name, (one) => movedTo(one, x, y, photo))}
        />
        <div role="status">
          {finding.kind === 'loading' && <p>{t('camera.loading', { percent: Math.round(finding.share * 100) })}</p>}
          {waiting && <p>{t('posture.pending', { point: t(`posture.point.${waiting.point}`) })}</p>}
          {finding.kind === 'found' && !waiting && <p className="small">{t('posture.keys')}</p>}
        </div>
        {last && <p className="small">{t('posture.overlay')}</p>}
        <FoundAlert finding={finding} tilted={tilted} exchanged={exchanged === true} />
        <PointList
          view={view}
          points={points}
          active={active}
          onPlace={place}
          onRemove={(name) => setPoints((now) => now.filter(({ point }) => point !== name))}
          onAutomatic={(back) => change(back.point, () => back)}
        />
      </div>
      <div className="fields">
        <p className="small">{t('rom.measured', { day: day(photo.takenAt.slice(0, 10)) })}</p>
        <SetupFields setup={setup} onSetup={onSetup} />
        <MeasureField
          label={t('posture.roll')}
          description={t('posture.roll.why')}
          min={-MOST_ROLL_DEG}
          max={MOST_ROLL_DEG}
          suffix="°"
          value={roll}
          onValue={setRoll}
        />
        {people > 1 && (
          <NativeSelect
            label={t('posture.person')}
            data={[
              ...(person === undefined ? [{ value: '', label: t('posture.person.choose') }] : []),
              ...Array.from({ length: people }, (_, i) => String(i + 1)),
            ]}
            value={person === undefined ? '' : String(person)}
            onChange={(event) => setPerson(Number(event.currentTarget.value))}
          />
        )}
        {result && <Values view={view} result={result} comparedWith={last?.at} />}
        {result?.warnings
          .flatMap(({ code }) => warningIn(code) ?? [])
          .map((code) => (
            <Alert key={code} tone="careful">
              {t(`posture.warning.${code}`)}
            </Alert>
          ))}
        <FailureAlert failure={failure} />
        <div className="actions">
          {result && (
            <Button
              size="md"
              loading={busy}
              disabled={people > 1 && person === undefined}
              onClick={() => onAccept(result)}
            >
              {t('rom.accept')}
            </Button>
          )}
          <Button size="md" variant="default" disabled={busy} onClick={onDiscard}>
            {t('rom.discard')}
          </Button>
        </div>
      </div>
    </div>
  );
}

interface FoundAlertProps {
  finding: Finding;
  tilted: boolean;
  exchanged: boolean;
}

function FoundAlert({ finding, tilted, exchanged }: FoundAlertProps) {
  const { t } = useLanguage();
  const text =
    finding.kind === 'nobody'
      ? t('posture.nobody')
      : finding.kind === 'refused'
        ? t(`posture.refused.${finding.reason}`)
        : finding.kind === 'failed'
          ? t('posture.failed')
          : tilted
            ? t('posture.refused.tilted')
            : exchanged
              ? t('posture.exchanged')
              : undefined;
  return text ? (
    <Alert tone="careful" role="alert">
      {text}
    </Alert>
  ) : null;
}
