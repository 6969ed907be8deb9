// SPDX-License-Identifier: Apache-2.0
// One walk with load sensors, from the questions before it to its result.
import { useEffect, useRef, useState } from 'react';
import { signal, wakeVoice } from '../../coach/voice.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Sent } from '../requests/outcome.tsx';
import type { StepsProps } from '../requests/requested_page.tsx';
import { measuredNow, type Measured } from '../requests/results.ts';
import { SafeStepPage, StepFrame } from '../requests/safe_steps.tsx';
import { useSafeSteps } from '../requests/use_safe_steps.ts';
import { Pain } from '../session/asking.tsx';
import { isSameLimit, type Asked } from './asked.ts';
import * as flow from './flow.ts';
import { Live } from './live.tsx';
import { Result } from './outcome.tsx';
import { Prepare, SetUp } from './set_up.tsx';
import { useWalk } from './use_walk.ts';

/** How often the record is asked for changes while sensors are in use. Unsourced default. */
const NEWS_MS = 60_000;

export function Steps(props: StepsProps<Asked>) {
  const { t, language } = useLanguage();
  const { closed, flagsDue, now: latest, programme, reprise, questionnaires, unknown, look } = props;
  const safe = useSafeSteps(props, flow.begun(flagsDue), flow.flagsAnswered);
  const { act, hurting, painSaid, setStep, step, working } = safe;
  const {
    walk: { id, asked, coach },
    now,
    renew,
  } = useWalk(reprise, props.asked);
  // The walk for which the patient said that all is ready.
  const [prepared, setPrepared] = useState<string>();
  const [startedAt, setStartedAt] = useState<Date>();
  const [measured, setMeasured] = useState<Measured>();
  const [heard, setHeard] = useState(false);
  // A touch to walk waits for the record's word.
  const [waits, setWaits] = useState(false);
  const [isChanged, setChanged] = useState(false);
  const [isSent, setSent] = useState(false);

  /** The walk, measured; the sensors are let go. Undefined: nothing was measured. */
  const end = (): Measured | undefined => {
    const walked = coach.end(startedAt, programme.simulated);
    const found =
      walked &&
      startedAt &&
      measuredNow(walked.result, startedAt.toISOString(), walked.endedAt.toISOString(), walked.simulated, id);
    setMeasured(found);
    return found;
  };
  /** Sends a walk that ends at a warning sign, as far as it went. */
  const keepWalk = async () => {
    const kept = end();
    if (!kept) return;
    await safe.keepValues(kept, true);
    setSent(true);
  };
  const restart = (of: Asked) => {
    renew(of);
    setStartedAt(undefined);
    setMeasured(undefined);
    setSent(false);
    setStep(flow.preparedAgain);
  };

  const isClosed = closed !== undefined && closed !== false;
  const usesSensors = flow.usesSensors(step);
  const events = useRef({ close: () => {}, change: () => {} });
  useEffect(() => {
    events.current = {
      // The sensors first: something else may just be stored.
      close() {
        const kept = end();
        if (startedAt) signal(t('load.closed'), language, 'stop');
        if (kept) safe.keepAtOnce(() => safe.keepValues(kept, true));
        hurting.set(false);
        restart(latest ?? asked);
      },
      // Until its first step a walk follows the clinic's changes; one of the old limit ends.
      change() {
        const kept = end();
        if (startedAt) signal(t('load.changed.end'), language, 'stop');
        setChanged(usesSensors || step.kind === 'prepare');
        if (kept) setStep({ kind: 'painAfter' });
        else restart(latest ?? asked);
      },
    };
  });
  const isOpen = flow.isOpen(step);
  const isOther = !latest || !isSameLimit(latest, asked);
  const mustClose = isClosed && usesSensors;
  const mustChange = !isClosed && isOpen && isOther && (latest !== undefined || usesSensors);
  // The record told of another limit just when all was ready.
  const isUnprepared = usesSensors && prepared !== id;
  useEffect(() => {
    if (mustClose) events.current.close();
    else if (mustChange) events.current.change();
    else if (isUnprepared) setStep(flow.preparedAgain);
  }, [mustClose, mustChange, isUnprepared, setStep]);
  useEffect(() => {
    if (!usesSensors) return undefined;
    const timer = setInterval(() => void look(), NEWS_MS);
    return () => clearInterval(timer);
  }, [usesSensors, look]);

  if (closed && isOpen) return closed;
  if (isOpen && !latest && !startedAt) return unknown;

  const feelsUnwell = () => {
    coach.pause();
    safe.feelsUnwell(flow.unwell(step));
  };
  const done = () => {
    end();
    setStep({ kind: 'painAfter' });
  };
  /** From a touch, as soon as the record had a moment to tell of changes. */
  const goOn = (then: () => void = () => {}) => {
    wakeVoice();
    setWaits(true);
    void coach.goOn(look()).then((goes) => {
      setWaits(false);
      if (goes) then();
    });
  };
  const shown = () => {
    switch (step.kind) {
      case 'prepare':
        return (
          <Prepare
            key={id}
            asked={asked}
            programme={programme}
            changed={isChanged}
            busy={working}
            onReady={() => {
              setChanged(false);
              setPrepared(id);
              safe.lookFirst({ kind: 'setUp' });
            }}
          />
        );
      case 'setUp':
        return (
          <SetUp
            key={id}
            asked={asked}
            coach={coach}
            now={now}
            heard={heard}
            busy={waits}
            onHeard={() => setHeard(true)}
            onDone={startedAt && done}
            onUnwell={feelsUnwell}
            onStart={() =>
              goOn(() => {
                setStartedAt((before) => before ?? new Date());
                setStep((before) => flow.started(before, true));
              })
            }
          />
        );
      case 'live':
        return (
          <Live
            asked={asked}
            now={now}
            busy={waits}
            onPause={coach.pause}
            onGoOn={() => goOn()}
            onAnew={() => {
              coach.setUpAgain();
              setStep(flow.setUpAnew);
            }}
            onDone={done}
            onHurts={() => {
              coach.pause();
              hurting.set(true);
            }}
            onUnwell={feelsUnwell}
          />
        );
      case 'painAfter':
        return (
          <Pain
            key="after"
            title={t('pain.after', { name: t('load.walking') })}
            lead={[isChanged && t('load.changed.end'), t('pain.afterWhat')].filter(Boolean).join(' ')}
            onSaid={(pain) =>
              act(async () => {
                const hurt = await painSaid('after', pain);
                end();
                return { kind: 'result', hurt };
              })
            }
          />
        );
      case 'result':
        if (!measured)
          return (
            <Sent
              hurt={step.hurt}
              programme={programme}
              {...(!isSent && { title: t('load.none'), lead: t('load.none.what') })}
            />
          );
        return (
          <Result
            asked={asked}
            programme={programme}
            measured={measured}
            hurt={step.hurt}
            busy={working}
            isSent={isSent}
            onSend={(share) => safe.send(measured, share, { kind: 'sent', hurt: step.hurt })}
          />
        );
      default:
        return (
          <SafeStepPage
            questionnaires={questionnaires}
            programme={programme}
            onPainBefore={(pain) => safe.painBeforeSaid(pain, flow.painBeforeSaid)}
            step={step}
            safe={{ ...safe, flagsAnswered: (answers) => safe.flagsAnswered(answers, keepWalk) }}
          />
        );
    }
  };
  const stoppedByPain = (tooMuch: boolean) => {
    end();
    return flow.stoppedByPain(tooMuch);
  };
  return (
    <StepFrame
      failure={safe.failure}
      quiet={step.kind === 'live'}
      hurting={hurting.is}
      onHurting={{
        close: () => hurting.set(false),
        said: () => hurting.said(stoppedByPain(true)),
        rated: (pain) => hurting.rated(pain, stoppedByPain),
      }}
    >
      {shown()}
    </StepFrame>
  );
}
