// SPDX-License-Identifier: Apache-2.0
// One walk with load sensors, from the questions before it to its result.
import { useEffect, useRef, useState } from 'react';
import { wakeVoice } from '../../coach/voice.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Sent } from '../requests/outcome.tsx';
import type { StepsProps } from '../requests/requested_page.tsx';
import { measuredNow, type Measured } from '../requests/results.ts';
import { SafeStepPage, StepFrame } from '../requests/safe_steps.tsx';
import { useSafeSteps } from '../requests/use_safe_steps.ts';
import { Pain } from '../session/asking.tsx';
import type { Asked } from './asked.ts';
import * as flow from './flow.ts';
import { Live } from './live.tsx';
import { Result } from './outcome.tsx';
import { Prepare, SetUp } from './set_up.tsx';
import { useLoadCoach } from './use_load_coach.ts';

export function Steps(props: StepsProps<Asked>) {
  const { t } = useLanguage();
  const { closed, flagsDue, asked, programme, reprise, questionnaires } = props;
  const safe = useSafeSteps(props, flow.begun(flagsDue), flow.flagsAnswered);
  const { act, hurting, painSaid, setStep, step, working } = safe;
  const { coach, now } = useLoadCoach(reprise, asked);
  const [startedAt, setStartedAt] = useState<Date>();
  const [measured, setMeasured] = useState<Measured>();
  // A value that is sent twice is in the record once.
  const [id] = useState(() => crypto.randomUUID());

  /** The walk, measured; the sensors are let go. Undefined: nothing was measured. */
  const end = (): Measured | undefined => {
    if (measured || !startedAt) return measured;
    coach.pause(true);
    const result = coach.result(startedAt, programme.simulated);
    const simulated = coach.isSimulated() || programme.simulated;
    const found = result && measuredNow(result, startedAt.toISOString(), new Date().toISOString(), simulated, id);
    coach.stop();
    setMeasured(found);
    return found;
  };
  /** Sends a walk that ends at a warning sign, or is closed by a hold, as far as it went. */
  const keepWalk = async () => {
    const kept = end();
    if (kept) await safe.keepValues(kept, true);
  };
  const isClosed = closed !== undefined && closed !== false;
  const close = useRef(() => {});
  useEffect(() => {
    close.current = () => safe.keep(keepWalk);
  });
  useEffect(() => {
    if (isClosed && (step.kind === 'live' || step.kind === 'setUp')) close.current();
  }, [isClosed, step.kind]);

  if (closed && flow.isOpen(step)) return closed;

  const feelsUnwell = () => {
    coach.pause(true);
    safe.feelsUnwell(flow.unwell(step));
  };
  const done = () => {
    end();
    setStep({ kind: 'painAfter' });
  };
  const shown = () => {
    switch (step.kind) {
      case 'prepare':
        return (
          <Prepare
            asked={asked}
            programme={programme}
            busy={working}
            onReady={() => safe.lookFirst({ kind: 'setUp' })}
          />
        );
      case 'setUp':
        return (
          <SetUp
            asked={asked}
            coach={coach}
            now={now}
            onDone={startedAt && done}
            onUnwell={feelsUnwell}
            onStart={() => {
              wakeVoice();
              setStartedAt((before) => before ?? new Date());
              coach.pause(false);
              setStep((before) => flow.started(before, coach.now().step === 'tracking'));
            }}
          />
        );
      case 'live':
        return (
          <Live
            asked={asked}
            now={now}
            onPause={coach.pause}
            onAnew={() => {
              coach.calibrate();
              setStep(flow.setUpAnew);
            }}
            onDone={done}
            onHurts={() => {
              coach.pause(true);
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
            lead={t('pain.afterWhat')}
            onSaid={(pain) =>
              act(async () => {
                end();
                return { kind: 'result', hurt: await painSaid('after', pain) };
              })
            }
          />
        );
      case 'result':
        if (!measured) return <Sent hurt={step.hurt} programme={programme} />;
        return (
          <Result
            asked={asked}
            programme={programme}
            measured={measured}
            hurt={step.hurt}
            busy={working}
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
