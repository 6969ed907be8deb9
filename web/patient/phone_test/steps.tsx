// SPDX-License-Identifier: Apache-2.0
// One test, from the questions before it to its result.
import { useRef, useState } from 'react';
import type { PhoneTest, PhoneTestRequest } from 'reprise-engine';
import { wakeVoice } from '../../coach/voice.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { Measured } from '../requests/results.ts';
import type { StepsProps } from '../requests/requested_page.tsx';
import { SafeStepPage, StepFrame } from '../requests/safe_steps.tsx';
import { useSafeSteps } from '../requests/use_safe_steps.ts';
import { Pain } from '../session/asking.tsx';
import * as flow from './flow.ts';
import { LockedScreen } from './locked_screen.tsx';
import { Result, Voided, Whole, WhyStopped } from './outcome.tsx';
import { Check, Prepare } from './prepare.tsx';
import { measure } from './results.ts';
import type { Recorded } from './use_run.ts';
import { useSensors } from './use_sensors.ts';

function Checked({ test, onStart }: { test: PhoneTest; onStart: (delivering: boolean) => void }) {
  const sensors = useSensors();
  return <Check test={test} sensors={sensors} onStart={() => onStart(sensors.state === 'good')} />;
}

export function Steps(props: StepsProps<PhoneTestRequest & { test: PhoneTest }>) {
  const { asked, programme, questionnaires, reprise, flagsDue, closed } = props;
  const { t } = useLanguage();
  const safe = useSafeSteps(props, flow.begun(flagsDue), flow.flagsAnswered);
  const { step, setStep, act, working, painSaid, hurting } = safe;
  const [measured, setMeasured] = useState<Measured>();
  // Until the patient has said whether the test was whole; then dropped.
  const recorded = useRef<Recorded | undefined>(undefined);
  const { test } = asked;

  /** The recording ends here: its values stay, and nothing else. */
  const measuredFrom = (recording: Recorded | undefined) => {
    recorded.current = undefined;
    const found = recording && measure(reprise, asked, recording, programme);
    setMeasured(found);
  };
  const repeat = () => {
    recorded.current = undefined;
    setMeasured(undefined);
    setStep(flow.repeated);
  };

  if (closed && flow.isOpen(step)) return closed;

  const shown = () => {
    switch (step.kind) {
      case 'prepare':
        return (
          <Prepare
            test={test}
            asked={asked}
            programme={programme}
            busy={working}
            onReady={() => safe.lookFirst({ kind: 'check' })}
          />
        );
      case 'check':
        return (
          <Checked
            test={test}
            onStart={(delivering) => {
              wakeVoice();
              setStep((now) => flow.started(now, delivering));
            }}
          />
        );
      case 'countdown':
      case 'running':
        return (
          <LockedScreen
            test={test}
            onCountedDown={() => setStep(flow.countedDown)}
            onVoid={(why) => setStep((now) => flow.interrupted(now, why))}
            onEnded={(recording) => {
              measuredFrom(recording);
              setStep(flow.endedByItself);
            }}
            onHeld={(recording) => {
              recorded.current = recording;
              setStep(flow.heldToStop);
            }}
          />
        );
      case 'whole':
        return (
          <Whole
            test={test}
            onAnswer={(whole) => {
              measuredFrom(whole ? recorded.current : undefined);
              setStep(flow.wholeAnswered(step, whole));
            }}
          />
        );
      case 'why':
        return (
          <WhyStopped
            onEnough={() => setStep(flow.stoppedFor('enough'))}
            onHurts={() => hurting.set(true)}
            onUnwell={() => safe.feelsUnwell(flow.stoppedFor('unwell'))}
          />
        );
      case 'painAfter':
        return (
          <Pain
            key="after"
            title={t('pain.after', { name: t(`phone.test.${test}`) })}
            lead={t('pain.afterWhat')}
            onSaid={(pain) =>
              act(async () => flow.painAfterSaid(await painSaid('after', pain), measured !== undefined))
            }
          />
        );
      case 'result':
        return measured ? (
          <Result
            test={test}
            result={measured.result}
            hurt={step.hurt}
            simulated={measured.simulated}
            programme={programme}
            busy={working}
            onRepeat={repeat}
            onSend={(share) => safe.send(measured, share, { kind: 'sent', hurt: step.hurt })}
          />
        ) : null;
      case 'voided':
        return <Voided why={step.why} hurt={step.hurt} programme={programme} onRepeat={repeat} />;
      default:
        return (
          <SafeStepPage
            step={step}
            safe={safe}
            questionnaires={questionnaires}
            programme={programme}
            onPainBefore={(pain) => safe.painBeforeSaid(pain, flow.painBeforeSaid)}
          />
        );
    }
  };
  return (
    <StepFrame
      failure={safe.failure}
      quiet={step.kind === 'countdown' || step.kind === 'running'}
      hurting={hurting.is}
      onHurting={{
        close: () => hurting.set(false),
        said: () => hurting.said(flow.stoppedByPain(true)),
        rated: (pain) => hurting.rated(pain, flow.stoppedByPain),
      }}
    >
      {shown()}
    </StepFrame>
  );
}
