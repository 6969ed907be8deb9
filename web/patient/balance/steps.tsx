// SPDX-License-Identifier: Apache-2.0
// One session of a balance programme, from the questions before it to its result.
import { Loader } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { BalanceRequest, HoldOutcome } from 'reprise-engine';
import { useAccount } from '../../data/session.ts';
import { useLanguage } from '../../translations/language.tsx';
import { WhyStopped } from '../phone_test/outcome.tsx';
import { Sent } from '../requests/outcome.tsx';
import type { StepsProps } from '../requests/requested_page.tsx';
import type { Measured } from '../requests/results.ts';
import { SafeStepPage, StepFrame } from '../requests/safe_steps.tsx';
import { useSafeSteps } from '../requests/use_safe_steps.ts';
import { Pain } from '../session/asking.tsx';
import * as flow from './flow.ts';
import { HoldScreen, HowItEnded, InPocket } from './hold_screen.tsx';
import {
  forgetHolds,
  isSameOrder,
  keepHolds,
  keepSession,
  keptSession,
  newSession,
  nowIn,
  type Kept,
  type Place,
} from './session_store.ts';
import { Result } from './outcome.tsx';
import { PhonePlace, Prepare, Ready } from './ready.tsx';
import { measure, NO_SWAY, swayOf } from './results.ts';
import type { Clocked } from './use_hold.ts';

type Props = StepsProps<BalanceRequest>;

/** To count backwards from by threes: it stays above 0 for a minute. */
const startNumber = () => 70 + Math.floor(Math.random() * 30);

/** Looks first whether a session is under way on this device. */
export function WithKept(props: Props) {
  const { t } = useLanguage();
  const {
    account: { id },
  } = useAccount();
  const [found, setFound] = useState<Awaited<ReturnType<typeof keptSession>>>();
  const { asked } = props;
  useEffect(() => {
    // A device that keeps nothing has nothing under way.
    void keptSession(id, asked)
      .catch(() => ({ kept: newSession(asked.request, asked.level), old: false }))
      .then(setFound);
  }, [id, asked]);
  return found ? (
    <Steps {...props} before={found.kept} old={found.old} />
  ) : (
    <Loader role="status" aria-label={t('loading')} />
  );
}

function Steps(props: Props & { before: Kept; old: boolean }) {
  const { now: latest, programme, questionnaires, reprise, flagsDue, closed, unknown, before, old } = props;
  const { t } = useLanguage();
  const {
    account: { id: account },
  } = useAccount();
  const [asked, setAsked] = useState(props.asked);
  // The one for which the patient said that all is ready.
  const [prepared, setPrepared] = useState<BalanceRequest>();
  const [kept, setKept] = useState(before);
  const now = nowIn(reprise, asked, kept);
  const isOver = now.left === 0;
  const safe = useSafeSteps(props, flow.begun(flagsDue, isOver), flow.flagsAnswered, before.painBefore);
  const { step, setStep, act, keep, working, painSaid, hurting } = safe;
  const [place, setPlace] = useState<Place>('beside');
  const [heard, setHeard] = useState(false);
  const [countFrom, setCountFrom] = useState(startNumber);
  const [measured, setMeasured] = useState<Measured>();
  // Until the person has said how the hold went.
  const [clocked, setClocked] = useState<Clocked>();
  // The phone may still be in the pocket.
  const [isAway, setAway] = useState(false);
  const [isSent, setSent] = useState(false);
  const released = (latest ?? asked).releasedLevels;
  const level = asked.levels[Math.min(now.level, released - 1)];
  // Until its first hold a session follows the clinic's changes.
  const mayChange = kept.holds.length === 0 && flow.mayChange(step);
  useEffect(() => {
    if (!mayChange || !latest || isSameOrder(latest, asked)) return;
    setAsked(latest);
    setKept((one) => ({ ...one, beganAt: latest.level }));
  }, [mayChange, latest, asked]);
  const isOutdated = mayChange && latest && prepared && !isSameOrder(latest, prepared) && flow.isPrepared(step);
  useEffect(() => {
    if (isOutdated) setStep(flow.preparedAgain);
  }, [isOutdated, setStep]);

  const addHold = (outcome: HoldOutcome, hold: Clocked, held_s: number | null) => {
    if (!level) return;
    const isWhole = outcome === 'whole';
    const from_s = (hold.startedAt.getTime() - new Date(kept.startedAt).getTime()) / 1000;
    const last = kept.holds.at(-1);
    const sway =
      isWhole && place === 'pocket'
        ? swayOf(reprise, hold.recording, hold.go_s, hold.startedAt.toISOString(), hold.simulated)
        : NO_SWAY;
    const next: Kept = {
      ...kept,
      simulated: kept.simulated || hold.simulated,
      holds: [
        ...kept.holds,
        {
          part: level.part,
          side: level.side,
          // A clock that was set back puts no hold before the last one.
          start_s: Math.max(from_s, last ? last.start_s + (last.held_s ?? last.planned_s) : 0),
          planned_s: level.hold_s,
          held_s,
          outcome,
          ...sway,
        },
      ],
    };
    setKept(next);
    setClocked(undefined);
    setCountFrom(startNumber());
    const after = nowIn(reprise, asked, next);
    setStep((one) => flow.held(one, after.left));
    keep(() => keepHolds(account, next, after.level));
  };
  const toTell = (hold: Clocked) => {
    setClocked(hold);
    setStep(flow.asked);
  };
  const feelsUnwell = () => safe.feelsUnwell(flow.unwell(step));
  /** The holds until now are sent; later ones are of another session. */
  const sendNow = async () => {
    const found = measure(reprise, programme, kept);
    if (!found) return;
    await safe.keepValues(found, true);
    const next = newSession(asked.request, now.level, kept.painBefore);
    await keepSession(account, next);
    setKept(next);
    setSent(true);
  };
  const keepBaseline = async (pain: number) => {
    if (kept.painBefore !== undefined) return;
    setKept((one) => ({ ...one, painBefore: pain }));
    await keepSession(account, { ...kept, painBefore: pain });
  };
  // A hold of another device ends the session; the holds until then are sent.
  const isClosed = closed !== undefined && closed !== false;
  const close = useRef(() => {});
  useEffect(() => {
    close.current = () => {
      setClocked(undefined);
      setAway(false);
      setStep(flow.preparedAgain);
      if (kept.holds.length > 0) keep(sendNow);
    };
  });
  const isOpen = flow.isOpen(step);
  useEffect(() => {
    if (isClosed && isOpen) close.current();
  }, [isClosed, isOpen]);

  const isLocked = isAway && (step.kind === 'told' || step.kind === 'ready');
  if (closed && isOpen) return closed;
  if (mayChange && !latest) return unknown;

  const shown = () => {
    if (isLocked)
      return (
        <InPocket
          cue={t(step.kind === 'told' ? 'balance.pocket.over' : 'balance.again')}
          label={t(step.kind === 'told' ? 'balance.pocket.tell' : 'balance.pocket.goOn')}
          onOut={() => setAway(false)}
        />
      );
    switch (step.kind) {
      case 'prepare':
        return level ? (
          <Prepare
            key={level.part + (level.side ?? '')}
            asked={asked}
            level={level}
            programme={programme}
            before={kept.holds.length}
            old={old}
            busy={working}
            onReady={() => {
              setPrepared(asked);
              safe.lookFirst({ kind: 'place' });
            }}
          />
        ) : null;
      case 'place':
        return (
          <PhonePlace
            onPlaced={(chosen) => {
              setPlace(chosen);
              setHeard(false);
              setStep(flow.placed);
            }}
          />
        );
      case 'ready': {
        const last = kept.holds.at(-1);
        return level ? (
          <Ready
            key={kept.holds.length}
            level={level}
            number={asked.levels.indexOf(level) + 1}
            left={now.left}
            last={
              last && !step.again
                ? {
                    supported: last.outcome === 'supported',
                    easier: last.part !== level.part || last.side !== level.side,
                  }
                : undefined
            }
            again={step.again}
            countFrom={countFrom}
            place={place}
            heard={heard}
            onHeard={() => setHeard(true)}
            onStart={() => setStep(flow.started)}
            onStop={() => setStep(flow.stopped)}
            onUnwell={feelsUnwell}
          />
        ) : null;
      }
      case 'hold':
        return level ? (
          <HoldScreen
            level={level}
            place={place}
            number={countFrom}
            onEnd={(hold) => {
              setAway(place === 'pocket');
              toTell(hold);
            }}
            onNeeded={(hold) => (place === 'beside' ? addHold('supported', hold, hold.held_s) : toTell(hold))}
            onInterrupted={(again) => {
              setAway(again && place === 'pocket');
              setStep((one) => flow.interrupted(one, again));
            }}
            onUnwell={feelsUnwell}
          />
        ) : null;
      case 'told':
        return level && clocked ? (
          <HowItEnded
            early={clocked.held_s < level.hold_s}
            onWhole={() => addHold('whole', clocked, level.hold_s)}
            onNeeded={() => addHold('supported', clocked, null)}
            onRepeat={() => {
              setClocked(undefined);
              setStep({ kind: 'ready', again: true });
            }}
            onUnwell={feelsUnwell}
          />
        ) : null;
      case 'why':
        return (
          <WhyStopped onEnough={() => setStep(flow.enough)} onHurts={() => hurting.set(true)} onUnwell={feelsUnwell} />
        );
      case 'painAfter':
        return (
          <Pain
            key="after"
            title={t('pain.after', { name: t('balance.name') })}
            lead={t('pain.afterWhat')}
            onSaid={(pain) =>
              act(async () => {
                setMeasured(measure(reprise, programme, kept));
                return flow.painAfterSaid(await painSaid('after', pain));
              })
            }
          />
        );
      case 'result': {
        const sent = { kind: 'sent', hurt: step.hurt } as const;
        return measured ? (
          <Result
            asked={asked}
            kept={kept}
            measured={measured}
            hurt={step.hurt}
            programme={programme}
            busy={working}
            onSend={() => safe.send(measured, false, sent, () => forgetHolds(account, asked.request))}
            onDiscard={() => {
              void forgetHolds(account, asked.request).catch(() => {});
            }}
          />
        ) : (
          <Sent
            hurt={step.hurt}
            programme={programme}
            {...(!isSent && { title: t('balance.none'), lead: t('balance.none.what') })}
          />
        );
      }
      default:
        return (
          <SafeStepPage
            step={step}
            safe={{ ...safe, flagsAnswered: (answers) => safe.flagsAnswered(answers, sendNow) }}
            questionnaires={questionnaires}
            programme={programme}
            onPainBefore={(pain) =>
              safe.painBeforeSaid(pain, flow.painBeforeSaid, (tooMuch) => (tooMuch ? sendNow() : keepBaseline(pain)))
            }
          />
        );
    }
  };
  return (
    <StepFrame
      failure={safe.failure}
      quiet={step.kind === 'hold' || isLocked}
      hurting={hurting.is}
      onHurting={hurting.leadingTo(flow.enough(step))}
    >
      {shown()}
    </StepFrame>
  );
}
