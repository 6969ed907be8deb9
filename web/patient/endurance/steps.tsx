// SPDX-License-Identifier: Apache-2.0
// One endurance session, from the questions before it to its result.
import { Loader } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { EnduranceFacts, EnduranceSign } from 'reprise-engine';
import { signal, wakeVoice } from '../../coach/voice.ts';
import { useAccount } from '../../data/session.ts';
import { useLanguage } from '../../translations/language.tsx';
import { WhyStopped } from '../phone_test/outcome.tsx';
import { Sent } from '../requests/outcome.tsx';
import type { Measured } from '../requests/results.ts';
import type { StepsProps } from '../requests/requested_page.tsx';
import { SafeStepPage, StepFrame } from '../requests/safe_steps.tsx';
import { useSafeSteps } from '../requests/use_safe_steps.ts';
import { Pain } from '../session/asking.tsx';
import { After, Before, LimitPassed, Prepare } from './around.tsx';
import type { Asked } from './asked.ts';
import * as course from './course.ts';
import * as flow from './flow.ts';
import type { ImportedRates } from './imported.ts';
import { Live } from './live.tsx';
import { Result } from './outcome.tsx';
import { measure } from './results.ts';
import { devicesOf, forgetSession, keptSession, storeSession, type Kept } from './session_store.ts';
import { useCourse } from './use_course.ts';
import { useSensors } from './use_sensors.ts';
import {
  amount,
  NOTHING_TYPED,
  ratingValues,
  valuesOf,
  type Moment,
  type Rating,
  type SentBy,
  type Typed,
  type Value,
} from './values.ts';

const NOT_RATED: Rating = { effort: undefined, breathlessness: undefined };
/** Values of the oximeter are kept this often. Unsourced default. */
const OXYGEN_EVERY_S = 10;
/** A session under way is kept on the device this often. Unsourced default. */
const KEPT_EVERY_S = 5;

/** Looks first whether a session was interrupted on this device. */
export function WithKept(props: StepsProps<Asked>) {
  const { t } = useLanguage();
  const {
    account: { id },
  } = useAccount();
  const [found, setFound] = useState<{ kept: Kept | undefined }>();
  const { request } = props.asked;
  useEffect(() => {
    // A device that keeps nothing has nothing under way.
    void keptSession(id, request)
      .catch(() => undefined)
      .then((kept) => setFound({ kept }));
  }, [id, request]);
  return found ? <Steps {...props} before={found.kept} /> : <Loader role="status" aria-label={t('loading')} />;
}

/** `before`: the session that was interrupted. */
function Steps(props: StepsProps<Asked> & { before: Kept | undefined }) {
  const { asked, programme, questionnaires, reprise, flagsDue, closed, before } = props;
  const { t, language } = useLanguage();
  const {
    account: { id: account },
  } = useAccount();
  const first: flow.Step = before ? { kind: 'after' } : flow.begun(flagsDue);
  const safe = useSafeSteps(props, first, flow.flagsAnswered, before?.painBefore);
  const { step, setStep, act, keep, working, results, painSaid, painBefore, hurting } = safe;
  const [typed, setTyped] = useState<Typed>(NOTHING_TYPED);
  const [sent, setSent] = useState<SentBy>({});
  const [rating, setRating] = useState(NOT_RATED);
  const [values, setValues] = useState<readonly Value[]>(before?.values ?? []);
  const [passed, setPassed] = useState<readonly EnduranceSign[]>(before?.passed ?? []);
  const [measured, setMeasured] = useState<Measured>();
  // Of all that is sent of this session: a value that is sent twice is in the record once.
  const [id] = useState(() => before?.id ?? crypto.randomUUID());
  const takesPressure = step.kind === 'before' || step.kind === 'after';
  const onPressure = (high: number, low: number) => {
    const pressures = { systolic: String(Math.round(high)), diastolic: String(Math.round(low)) };
    const device = 'blood_pressure_monitor';
    setTyped((before) => ({ ...before, ...pressures }));
    setSent({
      systolic: { device, text: pressures.systolic },
      diastolic: { device, text: pressures.diastolic },
    });
  };
  const sensors = useSensors(reprise, takesPressure ? onPressure : undefined);
  const { running, startedAt, zero_s, marks, start, change } = useCourse(asked, before);
  const { request, limits } = asked;

  /** The values at rest: typed, rated and measured. */
  const atRestNow = (moment: Moment): Value[] => {
    const { rate, oxygen } = sensors.now;
    const of = {
      ...(rate !== undefined && { pulse: { device: 'heart_rate_strap', text: String(rate) } }),
      ...(oxygen !== undefined && { oxygen: { device: 'pulse_oximeter', text: String(oxygen) } }),
    } satisfies SentBy;
    const all = { ...typed, pulse: of.pulse?.text ?? typed.pulse, oxygen: of.oxygen?.text ?? typed.oxygen };
    return [...valuesOf(all, moment, 0, { ...sent, ...of }), ...ratingValues(asked.scale, rating, moment, 0)];
  };
  const add = (more: readonly Value[]) => setValues((before) => [...before, ...more]);
  const noteRest = (moment: Moment) => {
    add(atRestNow(moment));
    setTyped(NOTHING_TYPED);
    setSent({});
    setRating(NOT_RATED);
    sensors.forgetCuff();
  };
  const signsAtRest = {
    heartRate: sensors.now.rate ?? amount('pulse', typed.pulse) ?? null,
    oxygen: sensors.now.oxygen ?? amount('oxygen', typed.oxygen) ?? null,
    systolic: amount('systolic', typed.systolic) ?? null,
    diastolic: amount('diastolic', typed.diastolic) ?? null,
    breathlessness: rating.breathlessness ?? null,
  };
  const atRest = reprise.enduranceVerdict({ limits, signs: signsAtRest, starting: true });
  const end = () => change(course.ended);
  // An interrupted session has its own; a strap that is connected after it measures nothing of it.
  const rates = () => before?.rates ?? (running ? sensors.ratesSince(zero_s.current) : []);
  const devices = () => devicesOf(before?.devices ?? [], sensors.devices());
  const simulated = () => sensors.simulated() || (before?.simulated ?? false);
  const measureNow = (all: readonly Value[], imported?: ImportedRates) =>
    measure(reprise, asked, programme, {
      id,
      course: running?.course,
      startedAt: startedAt ?? new Date(),
      marks: marks.current,
      values: all,
      rates: rates(),
      imported,
      devices: devices(),
      simulated: simulated(),
    });
  /** At a limit: on the screen at once; then the clinic is told, and the session waits for another day. */
  const stopFor = (signs: readonly EnduranceSign[], all: readonly Value[]) => {
    setPassed(signs);
    setStep((now) => flow.limitPassed(now, signs));
    keep(async () => {
      for (const sign of signs) await results.passedLimit(request, sign);
      // Without a start there is no session: the values are of no request.
      const kept = running ? undefined : measureNow(all);
      if (kept) await safe.keepValues(kept, false);
    });
  };
  const begin = () => {
    const { passed: signs, missing } = atRest;
    if (signs.length > 0) stopFor(signs, atRestNow('before'));
    if (signs.length > 0 || missing.length > 0) return;
    wakeVoice();
    noteRest('before');
    sensors.begin();
    start();
    setStep(flow.started);
  };

  // Each second of the session, the limits are looked at.
  const isOver = running?.course.over ?? false;
  const second = step.kind === 'live' && running && !isOver ? Math.floor(running.now_s) : undefined;
  /** Returns whether a limit is passed. */
  const isPast = (signs: EnduranceFacts['signs']) => {
    const { passed: now } = reprise.enduranceVerdict({ limits, signs, starting: false });
    if (now.length === 0) return false;
    signal(t('endurance.stopNow.said'), language, 'stop');
    end();
    stopFor(now, values);
    return true;
  };
  const check = useRef(isPast);
  useEffect(() => {
    check.current = isPast;
  });
  const { rate, oxygen } = sensors.now;
  useEffect(() => {
    if (second === undefined) return;
    check.current({ heartRate: rate ?? null, oxygen: oxygen ?? null });
  }, [second, rate, oxygen]);
  useEffect(() => {
    if (second === undefined || oxygen === undefined) return;
    setValues((before) => {
      const last = before.findLast(({ measure: of, moment }) => of === 'oxygen_saturation' && moment === 'during');
      const isNew = last === undefined || second - last.time_s >= OXYGEN_EVERY_S;
      return isNew
        ? [
            ...before,
            {
              moment: 'during',
              time_s: second,
              measure: 'oxygen_saturation',
              value: oxygen,
              device: 'pulse_oximeter',
            },
          ]
        : before;
    });
  }, [second, oxygen]);
  // So that a reload does not lose it.
  const keepNow = useRef(() => {});
  useEffect(() => {
    keepNow.current = () => {
      if (!running || !startedAt) return;
      void storeSession(account, {
        id,
        request,
        startedAt: startedAt.toISOString(),
        course: isOver ? running.course : course.ended(running.course, running.now_s),
        marks: marks.current,
        values,
        rates: rates(),
        devices: devices(),
        passed,
        simulated: simulated(),
        painBefore,
      }).catch(() => {});
    };
  });
  const keptPart = second === undefined ? undefined : Math.floor(second / KEPT_EVERY_S);
  useEffect(() => {
    if (keptPart !== undefined) keepNow.current();
  }, [keptPart]);
  useEffect(() => {
    if (isOver && !before) keepNow.current();
  }, [isOver, before]);
  const forget = async () => forgetSession(account, request).catch(() => {});
  const isClosed = closed !== undefined && closed !== false;
  useEffect(() => {
    if (step.kind !== 'live' || !isOver || isClosed) return;
    signal(t('endurance.said.end'), language, 'done');
    setStep(flow.finished);
  }, [isOver, isClosed, step.kind, setStep, t, language]);
  // A hold of another device ends the session; the part until then is sent.
  const close = useRef(() => {});
  useEffect(() => {
    close.current = () => {
      end();
      keep(async () => {
        const kept = measureNow(values);
        if (kept) await safe.keepValues(kept, true);
        await forget();
      });
    };
  });
  useEffect(() => {
    if (isClosed && step.kind === 'live') close.current();
  }, [isClosed, step.kind]);

  if (closed && flow.isOpen(step)) return closed;

  const measuring = {
    asked,
    typed,
    rating,
    sensors,
    heart: { state: sensors.now.state, rate },
    oxygen,
    busy: working,
    onTyped: (more: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...more })),
    onRating: (more: Partial<Rating>) => setRating((before) => ({ ...before, ...more })),
  };
  const feelsUnwell = () => {
    end();
    safe.feelsUnwell(flow.unwell(step));
  };
  /** A session that ends at a warning sign is sent as far as it went. */
  const keepSession = async () => {
    const kept = running && measureNow(values);
    if (kept) await safe.keepValues(kept, true);
    await forget();
  };
  const shown = () => {
    switch (step.kind) {
      case 'prepare':
        return (
          <Prepare
            asked={asked}
            programme={programme}
            busy={working}
            onReady={() => safe.lookFirst({ kind: 'before' })}
          />
        );
      case 'before':
        return <Before {...measuring} missing={atRest.missing} onStart={begin} />;
      case 'live':
        return running ? (
          <Live
            asked={asked}
            running={running}
            heart={measuring.heart}
            oxygen={oxygen}
            oxygenNotice={sensors.now.oxygenNotice}
            onChange={change}
            onRated={(given) => {
              add(ratingValues(asked.scale, given, 'during', Math.round(running.now_s)));
              return isPast({ breathlessness: given.breathlessness ?? null });
            }}
            onStop={() => {
              end();
              setStep(flow.stopped);
            }}
            onUnwell={feelsUnwell}
          />
        ) : null;
      case 'notToday':
        return <LimitPassed during={false} passed={step.passed} programme={programme} />;
      case 'stopNow':
        return <LimitPassed during passed={step.passed} programme={programme} onGoOn={feelsUnwell} />;
      case 'why':
        return (
          <WhyStopped onEnough={() => setStep(flow.enough)} onHurts={() => hurting.set(true)} onUnwell={feelsUnwell} />
        );
      case 'after':
        return (
          <After
            {...measuring}
            interrupted={before !== undefined}
            onUnwell={feelsUnwell}
            onDone={() => {
              // Judged once: who answered the questions about warning signs then goes on to the end.
              const past =
                passed.length === 0 &&
                isPast({ oxygen: signsAtRest.oxygen, breathlessness: signsAtRest.breathlessness });
              noteRest('after');
              if (!past) setStep({ kind: 'painAfter' });
            }}
          />
        );
      case 'painAfter':
        return (
          <Pain
            key="after"
            title={t('pain.after', { name: t(`endurance.activity.${asked.activity}`) })}
            lead={t('pain.afterWhat')}
            onSaid={(pain) =>
              act(async () => {
                const found = measured ?? measureNow(values);
                setMeasured(found);
                return flow.painAfterSaid(await painSaid('after', pain));
              })
            }
          />
        );
      case 'result':
        return measured ? (
          <Result
            asked={asked}
            measured={measured}
            hurt={step.hurt}
            passed={passed}
            programme={programme}
            busy={working}
            remeasured={running && rates().length === 0 ? (imported) => measureNow(values, imported) : undefined}
            marks={marks.current}
            onMeasured={setMeasured}
            onSend={(share) => safe.send(measured, share, { kind: 'sent', hurt: step.hurt }, forget)}
            onDiscard={forget}
          />
        ) : (
          <Sent hurt={step.hurt} programme={programme} />
        );
      default:
        return (
          <SafeStepPage
            step={step}
            safe={{ ...safe, flagsAnswered: (answers) => safe.flagsAnswered(answers, keepSession) }}
            questionnaires={questionnaires}
            programme={programme}
            endurance
            atLimit={passed.length > 0}
            onPainBefore={(pain) => safe.painBeforeSaid(pain, flow.painBeforeSaid)}
          />
        );
    }
  };
  return (
    <StepFrame
      failure={safe.failure}
      quiet={step.kind === 'live'}
      hurting={hurting.is}
      onHurting={hurting.leadingTo(flow.enough(step))}
    >
      {shown()}
    </StepFrame>
  );
}
