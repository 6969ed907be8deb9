// SPDX-License-Identifier: Apache-2.0
// One test, from the questions before it to its result.
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { PhoneTest, PhoneTestRequest, Programme, Reprise } from 'reprise-engine';
import { wakeVoice } from '../../coach/voice.ts';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { UnsavedWarning } from '../../components/outbox_status.tsx';
import { failureOf, type Failure } from '../../data/api.ts';
import type { Questionnaires } from '../../data/programme.ts';
import { holdScreen, useAccount } from '../../data/session.ts';
import type { Values } from '../../fhir/questionnaire/logic.ts';
import { isOfYesAndNo } from '../../fhir/questionnaire/support.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Ask, Pain } from '../session/asking.tsx';
import { Halted } from '../session/halted.tsx';
import { rememberFlags } from '../session/remembered.ts';
import { resultsOf } from '../session/results.ts';
import { StopDialog } from '../session/stop_dialog.tsx';
import { Unwell } from '../session/unwell.tsx';
import * as flow from './flow.ts';
import type { Step } from './flow.ts';
import { LockedScreen } from './locked_screen.tsx';
import { Result, Sent, Voided, Whole, WhyStopped } from './outcome.tsx';
import { Check, Prepare } from './prepare.tsx';
import { keepMeasured, measure, type Measured } from './results.ts';
import type { Recorded } from './use_run.ts';
import { useSensors } from './use_sensors.ts';

interface Props {
  asked: PhoneTestRequest & { test: PhoneTest };
  programme: Programme;
  questionnaires: Questionnaires;
  reprise: Reprise;
  flagsDue: boolean;
  /** Shown instead of a test that has not ended: it is on hold. Undefined: it is not. */
  closed: ReactNode;
  /** Asks the record whether the tests are on hold by now; waits only a little. */
  look: () => Promise<unknown>;
}

function Checked({ test, onStart }: { test: PhoneTest; onStart: (delivering: boolean) => void }) {
  const sensors = useSensors();
  return <Check test={test} sensors={sensors} onStart={() => onStart(sensors.state === 'good')} />;
}

export function Steps({ asked, programme, questionnaires, reprise, flagsDue, closed, look }: Props) {
  const { t, language } = useLanguage();
  const {
    account: { id: account },
  } = useAccount();
  const [step, setStep] = useState<Step>(() => flow.begun(flagsDue));
  const [session] = useState(() => crypto.randomUUID());
  const [painBefore, setPainBefore] = useState<number>();
  const [measured, setMeasured] = useState<Measured>();
  const [hurts, setHurts] = useState(false);
  const [undo, setUndo] = useState<{ before: Step; answers: string; question: string }>();
  const [failure, setFailure] = useState<Failure>();
  const [working, setWorking] = useState(false);
  const busy = useRef(false);
  // Until the patient has said whether the test was whole; then dropped.
  const recorded = useRef<Recorded | undefined>(undefined);
  useEffect(holdScreen, []);
  const { test, request } = asked;
  const flags = questionnaires['red-flags'];
  const results = useMemo(
    () => resultsOf(reprise, account, programme, questionnaires, session, language),
    [reprise, account, programme, questionnaires, session, language],
  );

  /** Stores an answer or a result, then goes on. A second touch meanwhile is ignored. */
  const act = (work: () => Promise<Step>) => {
    if (busy.current) return;
    busy.current = true;
    setWorking(true);
    setFailure(undefined);
    work()
      .then(setStep, (error: unknown) => setFailure(failureOf(error)))
      .finally(() => {
        busy.current = false;
        setWorking(false);
      });
  };
  const flagsAnswered = (values: Values) =>
    act(async () => {
      const { verdict, id } = await results.answered('red-flags', values);
      const danger = verdict !== 'go_on';
      await rememberFlags(account, !danger);
      const question = Object.entries(values).find(([, yes]) => yes === true)?.[0];
      setUndo(question === undefined ? undefined : { before: step, answers: id, question });
      return flow.flagsAnswered(step, danger);
    });
  const painSaid = async (when: 'before' | 'during' | 'after', pain: number) =>
    (await results.pain(when, pain, painBefore, request)) !== 'go_on';
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
      case 'flags':
        return step.on === 'stop' && isOfYesAndNo(flags) ? (
          <Unwell clinic={programme} questionnaire={flags} onAnswered={flagsAnswered} />
        ) : (
          <Ask key={step.on} questionnaire={flags} yesEnds onAnswered={flagsAnswered} />
        );
      case 'painBefore':
        return (
          <Pain
            title={t('pain.before')}
            lead={t('phone.painBefore')}
            onSaid={(pain) =>
              act(async () => {
                setPainBefore(pain);
                return flow.painBeforeSaid(await painSaid('before', pain));
              })
            }
          />
        );
      case 'prepare':
        return (
          <Prepare
            test={test}
            asked={asked}
            programme={programme}
            busy={working}
            onReady={() =>
              act(async () => {
                await look();
                return { kind: 'check' };
              })
            }
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
            onHurts={() => setHurts(true)}
            onUnwell={() =>
              act(async () => {
                await rememberFlags(account, false);
                return flow.stoppedFor('unwell');
              })
            }
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
            onSend={() =>
              act(async () => {
                await keepMeasured(reprise, account, programme, asked, measured);
                void look();
                return { kind: 'sent', hurt: step.hurt };
              })
            }
          />
        ) : null;
      case 'sent':
        return <Sent hurt={step.hurt} programme={programme} />;
      case 'voided':
        return <Voided why={step.why} hurt={step.hurt} programme={programme} onRepeat={repeat} />;
      case 'halted':
        return (
          <Halted
            why={step.why}
            programme={programme}
            onUndo={
              step.why === 'redFlag' && undo
                ? () =>
                    act(async () => {
                      await results.takeBack(undo.answers, undo.question);
                      setUndo(undefined);
                      return undo.before;
                    })
                : undefined
            }
          />
        );
      default:
        return null;
    }
  };
  return (
    <>
      {failure && <FailureAlert failure={failure} />}
      {step.kind !== 'countdown' && step.kind !== 'running' && <UnsavedWarning />}
      {shown()}
      {hurts && (
        <StopDialog
          hurts
          onClose={() => setHurts(false)}
          onEnough={() => {
            setHurts(false);
            act(async () => {
              await results.hurts(request);
              return flow.stoppedByPain(true);
            });
          }}
          onPain={(pain) => {
            if (busy.current) return; // the dialog stays: an answer about pain must not be lost
            setHurts(false);
            act(async () => flow.stoppedByPain(await painSaid('during', pain)));
          }}
        />
      )}
    </>
  );
}
