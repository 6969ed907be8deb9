// SPDX-License-Identifier: Apache-2.0
// One photo: its points found, corrected and placed, its values at once, accepted or discarded.
import { Button, NativeSelect } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeptPosturePhoto, PosturePointName, PostureResult } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { useEngine } from '../../data/engine.ts';
import { useLanguage } from '../../translations/language.tsx';
import { FoundAlert } from './found_alert.tsx';
import { lineOfMarks, markMovedTo, marksOf, marksProblem, newMarks, type HandleName, type Mark } from './marks.ts';
import { overlayOf } from './overlay.ts';
import type { Photo } from './photo.ts';
import { KeepPhoto } from './photos/keep_photo.tsx';
import { Picture } from './picture.tsx';
import { PointList } from './point_list.tsx';
import { linesOf, movedTo, settled, type PagePoint } from './points.ts';
import type { EarlierPosture } from './record.ts';
import { MeasureField, MOST_ROLL_DEG, SetupFields, type Setup } from './setup.tsx';
import { measured, useFound, withPlaced } from './use_found.ts';
import { Values } from './values.tsx';
import { warningIn } from './words.ts';

interface Props {
  photo: Photo;
  setup: Setup;
  onSetup: (setup: Setup) => void;
  simulated: boolean;
  /** Whether the patient agrees to keeping photos, the patient's name, and the id of this photo, made once. */
  keeping: { agreed: boolean; name: string; id: string };
  /** Of any view, the newest first. */
  earlier: readonly EarlierPosture[];
  busy: boolean;
  failure: Error | null;
  onAccept: (result: PostureResult, photo?: KeptPosturePhoto) => void;
  onDiscard: () => void;
}

export function Measuring(props: Props) {
  const { photo, setup, onSetup, simulated, keeping, earlier, busy, failure, onAccept, onDiscard } = props;
  const { t, day } = useLanguage();
  const reprise = useEngine();
  const [roll, setRoll] = useState(photo.roll_deg);
  const [person, setPerson] = useState<number>();
  const [points, setPoints] = useState<PagePoint[]>([]);
  const [marks, setMarks] = useState(() => newMarks(photo));
  const [active, setActive] = useState<HandleName>();
  const [accepting, setAccepting] = useState<PostureResult>();
  const editor = useRef<HTMLDivElement>(null);
  const acceptButton = useRef<HTMLButtonElement>(null);
  const finding = useFound(photo, setup, person ?? 1);
  const found = finding.kind === 'found' ? finding.found : undefined;
  const people = finding.kind === 'found' || finding.kind === 'refused' ? finding.people : 0;
  const { view, scale, height_cm, marks_cm, mirrored } = setup;
  const byMarks = scale === 'marks';
  const markProblem = byMarks ? marksProblem(marks, marks_cm) : undefined;

  useEffect(() => setPoints((now) => withPlaced(view, found?.points ?? [], now)), [found, view]);

  // Others in the photo did not agree; while it is looked at, no one knows whether there are some.
  const mayKeep = keeping.agreed && people <= 1;
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
      height_cm: byMarks ? null : (height_cm ?? null),
      marks: byMarks ? marksOf(marks, marks_cm) : null,
      points: settled(points),
      outside: found?.outside ?? [],
      turned_deg: found?.turned_deg ?? null,
    }),
    [view, photo, roll, mirrored, byMarks, height_cm, marks, marks_cm, points, found],
  );
  const { result, exchanged }: ReturnType<typeof measured> = useMemo(
    () => (tilted ? {} : measured(reprise, picture, photo, simulated, last)),
    [tilted, reprise, picture, photo, simulated, last],
  );

  const workAt = (name: HandleName) => {
    setActive(name);
    requestAnimationFrame(() => editor.current?.querySelector<HTMLElement>(`[data-point="${name}"]`)?.focus());
  };
  const change = (name: PosturePointName, to: (point: PagePoint) => PagePoint) =>
    setPoints((now) => now.map((one) => (one.point === name ? to(one) : one)));
  const place = (name: PosturePointName) => {
    const at = { x_px: photo.width_px / 2, y_px: photo.height_px / 2 };
    setPoints((now) => [...now, { point: name, ...at, origin: 'placed', pending: true }]);
    workAt(name);
  };
  const handles = byMarks ? [...points, ...marks] : points;
  const move = (name: HandleName, x: number, y: number) => {
    setPoints((now) => now.map((one) => (one.point === name ? movedTo(one, x, y, photo) : one)));
    setMarks((now) => now.map((one) => (one.point === name ? markMovedTo(one, x, y, photo) : one)));
  };
  const waiting = handles.find(({ point, pending }) => pending && point === active);
  if (accepting) {
    return (
      <KeepPhoto
        photo={photo}
        picture={picture}
        id={keeping.id}
        patient={keeping.name}
        busy={busy}
        failure={failure}
        onKeep={(kept) => onAccept(accepting, kept)}
        onBack={() => {
          setAccepting(undefined);
          requestAnimationFrame(() => acceptButton.current?.focus());
        }}
      />
    );
  }
  return (
    <div className="measuring" ref={editor}>
      <div>
        <Picture
          photo={photo}
          points={handles}
          lines={[...linesOf(view, picture.points, roll ?? 0, mirrored), ...(byMarks ? lineOfMarks(marks) : [])]}
          earlier={last ? overlayOf(last, picture) : []}
          active={active}
          onActive={setActive}
          onMove={move}
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
        {byMarks && <MarkButtons marks={marks} problem={markProblem} onChoose={workAt} />}
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
        {keeping.agreed && people > 1 && <Alert tone="plain">{t('posture.keep.others')}</Alert>}
        <FailureAlert failure={failure} />
        <div className="actions">
          {result && (
            <Button
              ref={acceptButton}
              size="md"
              loading={busy}
              disabled={(keeping.agreed && finding.kind === 'loading') || (people > 1 && person === undefined)}
              onClick={() => (mayKeep ? setAccepting(result) : onAccept(result))}
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

interface MarkProps {
  marks: readonly Mark[];
  problem: ReturnType<typeof marksProblem>;
  onChoose: (mark: HandleName) => void;
}

/** Both marks by name, and the missing part of a scale. */
function MarkButtons({ marks, problem, onChoose }: MarkProps) {
  const { t } = useLanguage();
  return (
    <div className="marks">
      <div className="actions">
        {marks.map(({ point, pending }) => (
          <Button key={point} size="md" variant="default" onClick={() => onChoose(point)}>
            {t(pending ? 'posture.place' : 'posture.marks.move', { point: t(`posture.point.${point}`) })}
          </Button>
        ))}
      </div>
      <div role="status">{problem && <p className="small">{t(`posture.marks.${problem}`)}</p>}</div>
    </div>
  );
}
