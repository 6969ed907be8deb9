// SPDX-License-Identifier: Apache-2.0
// At the end of a visit: its movements, each to be accepted or left.
import { Button, Checkbox } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { VisitProposal } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Choices } from '../../components/choices.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { acceptedOf, angle, clock, farthest, firstDecision, type Decision, type Manner } from './model.ts';
import { Moment } from './people.tsx';
import { useMovementName } from './use_names.ts';
import type { Ended } from './watch_visit.ts';

const MANNERS = ['active', 'passive'] as const;

interface OneProps {
  proposal: VisitProposal;
  decision: Decision;
  onDecision: (decision: Decision) => void;
  ended: Ended;
}

function Proposal({ proposal, decision, onDecision, ended: { points } }: OneProps) {
  const { t } = useLanguage();
  const name = useMovementName()(proposal);
  const best = farthest(proposal);
  const moment = best && points.at(best.extreme_s);
  return (
    <li className="proposal" data-accepted={decision.accepted || undefined}>
      {moment && <Moment look={moment} label={t('watch.moment', { time: clock(moment.time_s) })} />}
      <div className="told">
        <Checkbox
          size="md"
          checked={decision.accepted}
          onChange={({ currentTarget }) => onDecision({ ...decision, accepted: currentTarget.checked })}
          label={<strong>{name}</strong>}
        />
        <p className="angles">
          {proposal.trials.map((trial) => (
            <span key={trial.start_s} title={trial.compensations.join('; ') || undefined}>
              {angle(trial)} <span className="small">{clock(trial.extreme_s)}</span>
            </span>
          ))}
        </p>
        {proposal.trials.some(({ compensations }) => compensations.length > 0) && (
          <p className="small">
            {[...new Set(proposal.trials.flatMap(({ compensations }) => compensations))].join('; ')}
          </p>
        )}
        <Choices
          label={t(decision.manner === undefined ? 'watch.manner.unknown' : 'watch.manner')}
          choices={MANNERS.map((value) => ({ value, label: t(value === 'active' ? 'rom.isActive' : 'rom.isPassive') }))}
          value={(decision.manner ?? '') as Manner}
          onValue={(manner) => onDecision({ ...decision, manner })}
        />
      </div>
    </li>
  );
}

function LeftOut({ document: { left_out } }: Pick<Ended, 'document'>) {
  const { t } = useLanguage();
  const nameOf = useMovementName();
  if (left_out.length === 0) return null;
  return (
    <details>
      <summary>{t('watch.leftOut', { count: left_out.length })}</summary>
      <ul>
        {left_out.map(({ start_s, code, test, side }, i) => (
          <li key={i}>
            {clock(start_s)} {test ? `${nameOf({ test, side: side ?? null })}: ` : ''}
            {t(`watch.left.${code}`)}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface Props {
  ended: Ended;
  busy: boolean;
  failure: Error | null;
  onAccept: (accepted: { number: number; manner: Manner }[]) => void;
  /** Looks again, for the other person. */
  onOther: (() => void) | undefined;
  onDiscard: () => void;
}

export function Review({ ended, busy, failure, onAccept, onOther, onDiscard }: Props) {
  const { t } = useLanguage();
  const { document } = ended;
  const { proposals } = document;
  const [decisions, setDecisions] = useState(() => proposals.map(firstDecision));
  const [asked, setAsked] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const accepted = acceptedOf(decisions);
  const number = decisions.filter((one) => one.accepted).length;
  const all = number === proposals.length;
  const decide = (at: number, decision: Decision) =>
    setDecisions(decisions.map((before, i) => (i === at ? decision : before)));
  return (
    <div className="result" role="group" aria-label={t('watch.review')}>
      <h3 ref={heading} tabIndex={-1}>
        {t('watch.review')}
      </h3>
      <p>
        {proposals.length === 0
          ? t('watch.review.none')
          : t('watch.review.count', { count: proposals.length, time: clock(ended.duration_s) })}
      </p>
      {proposals.length > 0 && (
        <>
          <p className="small">{t('watch.review.check')}</p>
          <div className="actions">
            <Button
              variant="default"
              onClick={() => setDecisions(decisions.map((one) => ({ ...one, accepted: !all })))}
            >
              {t(all ? 'watch.none' : 'watch.all')}
            </Button>
          </div>
          <ol className="proposals">
            {proposals.map((proposal, i) => (
              <Proposal
                key={i}
                proposal={proposal}
                decision={decisions[i] ?? firstDecision(proposal)}
                onDecision={(decision) => decide(i, decision)}
                ended={ended}
              />
            ))}
          </ol>
        </>
      )}
      <LeftOut document={document} />
      {asked && !accepted && (
        <Alert tone="careful" role="alert">
          {t('watch.manner.missing')}
        </Alert>
      )}
      <FailureAlert failure={failure} />
      <div className="actions">
        {proposals.length > 0 && (
          <Button
            size="md"
            loading={busy}
            disabled={number === 0}
            onClick={() => {
              setAsked(true);
              if (accepted) onAccept(accepted);
            }}
          >
            {t('watch.accept', { count: number })}
          </Button>
        )}
        {onOther && (
          <Button size="md" variant="default" disabled={busy} onClick={onOther}>
            {t('watch.other')}
          </Button>
        )}
        <Button size="md" variant="default" disabled={busy} onClick={onDiscard}>
          {t('watch.discard')}
        </Button>
      </div>
    </div>
  );
}
