// SPDX-License-Identifier: Apache-2.0
// Which step is shown, and what each answer leads to. Results go to the outbox the moment they are there.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Programme, ProgrammeEngine } from 'reprise-engine';
import { useAwake } from '../../hooks/awake.ts';
import { FailureAlert } from '../../components/failure_alert.tsx';
import type { SetReplay } from '../../coach/types.ts';
import type { Values } from '../../fhir/questionnaire/logic.ts';
import { isOfYesAndNo } from '../../fhir/questionnaire/support.ts';
import type { Questionnaires } from '../../data/programme.ts';
import { failureOf, type Failure } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { AfterExercise, BetweenSets } from './after/after_exercise.tsx';
import { isWorthAScreen } from './after/look_back.ts';
import { useLookBack } from './after/use_look_back.ts';
import { Ask, Feeling, Pain } from './asking.tsx';
import { CameraSet } from './camera_set.tsx';
import type { LiveResult } from './use_live_set.ts';
import { exerciseWords } from '../../exercises/exercise_words.ts';
import { useBackAsks } from './back_asks.ts';
import * as flow from './flow.ts';
import { useGames } from './games/use_games.ts';
import { Earlier, Halted, Hurt } from './halted.tsx';
import { HandSet, type HandResult } from './hand_set.tsx';
import { Introduce } from './introduce.tsx';
import type { Prescribed } from '../../exercises/prescribed.ts';
import { rememberFlags, rememberMorning } from './remembered.ts';
import { Rest } from './rest.tsx';
import { resultsOf } from './results.ts';
import { SessionProgress } from './session_progress.tsx';
import { StopDialog } from './stop_dialog.tsx';
import { UnsavedWarning } from '../../components/outbox_status.tsx';
import { Summary } from './summary.tsx';
import { Unwell } from './unwell.tsx';
import { createCameraCoach } from './camera_coach.ts';
import { createSensorCoach } from './sensors/sensor_coach.ts';
import { SensorSet } from './sensors/sensor_set.tsx';
import { asMuscle, canSense, canWear } from './sensors/ways.ts';
import { useWornWords } from './sensors/words.ts';

/** Steps that belong to one of the exercises; in a set the screen is its own. */
const OF_AN_EXERCISE: readonly flow.Step['kind'][] = ['introduce', 'rest', 'painAfter', 'after'];

interface Props {
  session: flow.Session;
  onChange: (next: flow.Session) => void;
  /**
   * Whether this exercise is still what the clinic wants, and not on hold; else another programme is on its way here.
   */
  holds: (request: string) => Promise<boolean>;
  /** Checks the holds after the day's first answers, by which the record may lift them. */
  checked: () => Promise<void>;
  programme: Programme;
  orders: readonly Prescribed[];
  reprise: ProgrammeEngine;
  questionnaires: Questionnaires;
}

export function Steps({ session, onChange, holds, checked, programme, orders, reprise, questionnaires }: Props) {
  const { t, language } = useLanguage();
  const { account } = useAccount();
  const [failure, setFailure] = useState<Failure>();
  const [tries, setTries] = useState(0);
  const [asking, setAsking] = useState<'stop' | 'hurt'>();
  const [undo, setUndo] = useState<{ before: flow.Session; answers: string; question: string }>();
  /** Of the sets of this page; never stored. */
  const replays = useRef(new Map<string, SetReplay>());
  const results = useMemo(
    () =>
      resultsOf(reprise, account.id, programme, questionnaires, session.id, language, (set, replay) =>
        replays.current.set(set, replay),
      ),
    [reprise, account.id, programme, questionnaires, session.id, language],
  );
  const byRequest = useMemo(() => new Map(orders.map((one) => [one.order.request, one])), [orders]);
  const cameraCoach = useMemo(createCameraCoach, []);
  useEffect(() => () => cameraCoach.stop(), [cameraCoach]);
  const sensorCoach = useMemo(createSensorCoach, []);
  useEffect(() => sensorCoach.stop, [sensorCoach]);
  const backOn = useLookBack(session.painBefore);
  const inSet = session.step.kind === 'set';
  useAwake(inSet || session.step.kind === 'rest');

  const busy = useRef(false);
  const watchedPart = useRef<() => LiveResult | undefined>(undefined);
  const handPart = useRef<() => Promise<HandResult | undefined>>(undefined);
  const stop = useCallback(() => setAsking('stop'), []);
  const hurt = useCallback(() => setAsking('hurt'), []);
  useBackAsks(inSet, stop);

  const current = orders[session.index];
  const done = session.exercises[session.index];
  const { step } = session;
  if (!current || !done) throw new Error('a session without exercises');
  const aimed = useMemo(() => asMuscle(current), [current]);
  useEffect(() => () => aimed?.exercise.release(), [aimed]);
  const ways = { camera: current.order.camera, sensors: canWear(current, programme), muscle: canSense(current) };
  /** As the set that is on counts it. */
  const counted = step.kind === 'set' && step.by === 'muscle' && aimed ? aimed : current;
  const games = useGames(account.id, counted, Object.values(ways).includes(true), done.sets.length === 0);

  /**
   * Stores the result, then goes on. A failure is shown, and the result is kept. A second touch meanwhile is ignored.
   */
  const act = (work: () => Promise<flow.Session | undefined>) => {
    if (busy.current) return;
    busy.current = true;
    setFailure(undefined);
    work()
      .then(
        (next) => {
          if (next) onChange(next);
        },
        (error: unknown) => setFailure(failureOf(error)),
      )
      .finally(() => {
        busy.current = false;
      });
  };
  const flagsAnswered = (values: Values) =>
    act(async () => {
      // Also where a clinic's questionnaire leaves a question out: no answer is no "no".
      const { verdict, id } = await results.answered('red-flags', values);
      const danger = verdict !== 'go_on';
      await rememberFlags(account.id, !danger);
      const question = Object.entries(values).find(([, yes]) => yes === true)?.[0];
      setUndo(question === undefined ? undefined : { before: session, answers: id, question });
      return flow.flagsAnswered(session, danger);
    });
  const morningAnswered = (values: Values) =>
    act(async () => {
      const { verdict } = await results.answered('next-morning', values);
      await rememberMorning(account.id);
      return flow.morningAnswered(session, verdict === 'go_on');
    });
  /** A wrong touch: both answers are kept, and the questions come again. */
  const undone = () =>
    act(async () => {
      if (!undo) return undefined;
      await results.takeBack(undo.answers, undo.question);
      setUndo(undefined);
      return undo.before;
    });
  /** Whether it is too much. */
  const painSaid = async (when: 'before' | 'during' | 'after', pain: number) => {
    const before = when === 'before' ? undefined : session.painBefore;
    return (await results.pain(when, pain, before, current.order.request)) !== 'go_on';
  };
  const finished = (work: () => Promise<flow.SetDone>) =>
    act(async () => flow.setDone(session, current.order, await work(), new Date()));
  const watchedBy = step.kind === 'set' ? step.by : 'camera';
  /** Leaves the present exercise. The repetitions counted until then count. */
  const left = async (next: (session: flow.Session) => flow.Session, why?: flow.Why) => {
    const seen = watchedPart.current?.();
    const byHand = await handPart.current?.();
    const set = seen
      ? await results.watchedSet(current, watchedBy, seen, why)
      : byHand && (await results.handSet(current, byHand, why));
    return next(set ? flow.withPart(session, set) : session);
  };
  const leave = (next: (session: flow.Session) => flow.Session, why?: flow.Why) => act(() => left(next, why));
  /** Sets up anew what watches; what it counted until then counts. */
  const anew = (by: Exclude<Parameters<typeof flow.startSet>[1], 'hand'>) =>
    act(async () => {
      const next = await left((now) => flow.startSet(now, by));
      if (by !== 'camera') sensorCoach.forget();
      setTries(tries + 1);
      return next;
    });
  const words = exerciseWords(current.file, language);

  const wornWords = useWornWords();
  const side = counted === aimed ? wornWords.muscle(current) : current.order.side && t(`side.${current.order.side}`);

  const shown = () => {
    switch (step.kind) {
      case 'morning':
        return <Ask key="morning" questionnaire={questionnaires['next-morning']} onAnswered={morningAnswered} />;
      case 'flags':
        return step.on === 'stop' && session.stopped === 'unwell' && isOfYesAndNo(questionnaires['red-flags']) ? (
          <Unwell clinic={programme} questionnaire={questionnaires['red-flags']} onAnswered={flagsAnswered} />
        ) : (
          <Ask
            key={`flags ${step.on}`}
            questionnaire={questionnaires['red-flags']}
            yesEnds
            onAnswered={flagsAnswered}
            {...(step.on === 'stop' && { title: t('flags.stop') })}
          />
        );
      case 'pain':
        return (
          <Pain
            title={t('pain.before')}
            lead={t('pain.beforeWhat')}
            onSaid={(pain) =>
              act(async () => {
                const tooMuch = await painSaid('before', pain);
                if (!tooMuch) await checked();
                return flow.painSaid(session, pain, tooMuch);
              })
            }
          />
        );
      case 'introduce':
        return (
          <Introduce
            key={session.index}
            prescribed={current}
            games={games}
            ways={ways}
            onStart={(by) =>
              act(async () => ((await holds(current.order.request)) ? flow.startSet(session, by) : undefined))
            }
            onSkip={() => onChange(flow.skipped(session))}
            onStop={stop}
          />
        );
      case 'set': {
        const { by } = step;
        const set = done.sets.length + 1;
        const hurts = (done.pains ?? []).length > 0;
        const way = { prescribed: counted, set, hurts, onSkip: () => leave(flow.skipped), onHurt: hurt, onStop: stop };
        if (by === 'sensors' || by === 'muscle')
          return (
            <SensorSet
              key={`${session.index} ${set} ${tries}`}
              {...way}
              way={by}
              coach={sensorCoach}
              play={games.play}
              part={watchedPart}
              onByHand={() => leave((now) => flow.startSet(now, 'hand'))}
              onAnew={() => anew(by)}
              onDone={(result) => finished(() => results.watchedSet(current, by, result))}
            />
          );
        return by === 'camera' ? (
          <CameraSet
            key={`${session.index} ${set} ${tries}`}
            {...way}
            play={games.play}
            part={watchedPart}
            cameraCoach={cameraCoach}
            onByHand={() => leave((now) => flow.startSet(now, 'hand'))}
            onAnew={() => anew('camera')}
            onDone={(result) => finished(() => results.watchedSet(current, by, result))}
          />
        ) : (
          <HandSet
            key={`${session.index} ${set}`}
            {...way}
            keep={`${session.id} ${session.index} ${set}`}
            part={handPart}
            onCamera={current.order.camera ? () => leave((now) => flow.startSet(now, 'camera')) : undefined}
            onDone={(result) => finished(() => results.handSet(current, result))}
          />
        );
      }
      case 'rest':
        return (
          <Rest
            until={step.until}
            atMost_s={current.order.rest_s}
            last={done.sets.at(-1)}
            hurts={(done.pains ?? []).length > 0}
            next={done.sets.length + 1}
            of={current.order.sets}
            seen={<BetweenSets prescribed={current} back={backOn(current, done)} />}
            onOver={() => act(async () => ((await holds(current.order.request)) ? flow.restOver(session) : undefined))}
            onHurt={hurt}
            onStop={stop}
          />
        );
      case 'painAfter':
        return (
          <Pain
            key={`after ${session.index}`}
            title={t('pain.after', { name: words.name })}
            lead={t('pain.afterWhat')}
            onSaid={(pain) =>
              act(async () => {
                const tooMuch = await painSaid('after', pain);
                const said = flow.withPain(session, pain).exercises[session.index] ?? done;
                return flow.painAfterSaid(session, pain, tooMuch, isWorthAScreen(backOn(current, said)));
              })
            }
          />
        );
      case 'after':
        return (
          <AfterExercise
            prescribed={current}
            name={words.name}
            done={done}
            back={backOn(current, done)}
            replays={replays.current}
            painBefore={session.painBefore}
            onGoOn={() => onChange(flow.lookedBack(session))}
          />
        );
      case 'hurt':
        return (
          <Hurt
            programme={programme}
            left={session.exercises.filter(({ state }) => state === 'open').length}
            onGoOn={() => onChange(flow.goneOn(session))}
            onEnd={() => onChange(flow.ended(session))}
          />
        );
      case 'earlier':
        return (
          <Earlier
            left={session.exercises.filter(({ state }) => state === 'open').length}
            onGoOn={() => onChange(flow.toEarlier(session))}
            onEnd={() => onChange(flow.ended(session))}
          />
        );
      case 'feeling':
        return (
          <Feeling
            onSaid={(effort, said) =>
              act(async () => {
                await results.feeling(effort, said);
                return flow.felt(session, effort, said, new Date());
              })
            }
          />
        );
      case 'summary':
        return <Summary session={session} prescribed={byRequest} programme={programme} />;
      case 'halted':
        return step.why === 'held' ? null : (
          <Halted why={step.why} programme={programme} onUndo={step.why === 'redFlag' && undo ? undone : undefined} />
        );
      default:
        return null;
    }
  };
  return (
    <>
      {failure && <FailureAlert failure={failure} />}
      {step.kind !== 'set' && step.kind !== 'summary' && <UnsavedWarning />}
      {OF_AN_EXERCISE.includes(step.kind) && <SessionProgress session={session} />}
      {step.kind === 'set' && (
        <h1 className="side-line">
          {words.name}
          {side && (
            <>
              {' '}
              · <strong>{side}</strong>
            </>
          )}
        </h1>
      )}
      {step.kind === 'rest' && side && (
        <p className="side-line">
          {words.name} · <strong>{side}</strong>
        </p>
      )}
      {/* Hides the coach's last text during a question. */}
      <div className={asking ? 'exercising interrupted' : 'exercising'}>{shown()}</div>
      {asking && (
        <StopDialog
          hurts={asking === 'hurt'}
          onClose={() => setAsking(undefined)}
          onEnough={(why) => {
            if (busy.current) return;
            setAsking(undefined);
            act(async () => {
              if (why === 'pain') await results.hurts(current.order.request);
              if (why === 'unwell') await rememberFlags(account.id, false);
              return left((now) => flow.stopped(now, why), why);
            });
          }}
          onPain={(pain) => {
            if (busy.current) return; // the dialog stays: an answer about pain must not be lost
            setAsking(undefined);
            act(async () => {
              const tooMuch = await painSaid('during', pain);
              return tooMuch
                ? left((now) => flow.stopped(flow.withPain(now, pain), 'pain', pain), 'pain')
                : flow.withPain(session, pain);
            });
          }}
        />
      )}
    </>
  );
}
