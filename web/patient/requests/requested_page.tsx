// SPDX-License-Identifier: Apache-2.0
// The page of one request: whether it can be done now.
import { Button, Loader } from '@mantine/core';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import type { Programme, Reprise, RequestTerms } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { Page } from '../../components/section.tsx';
import { useEngine } from '../../data/engine.ts';
import type { Loaded, Questionnaires } from '../../data/programme.ts';
import { useAccount } from '../../data/session.ts';
import { useProgramme } from '../../hooks/use_programme.ts';
import { go } from '../../hooks/route.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Welcome } from '../consent/welcome.tsx';
import { ExercisesOnHold } from '../session/halted.tsx';
import { holdsOfAll } from '../session/hold_card.tsx';
import { flagsAreDue } from '../session/remembered.ts';
import { isDueNow } from './due.tsx';

/** It waits so long for the record's word on holds. Unsourced default, as of a set. */
const NEWS_PATIENCE_MS = 2500;

/** What the steps of a request are given. */
export interface StepsProps<One> {
  asked: One;
  /** The same as the record had it last. Undefined: it is gone. */
  now: One | undefined;
  programme: Programme;
  questionnaires: Questionnaires;
  reprise: Reprise;
  flagsDue: boolean;
  /** Shown instead of steps that have not ended: it is on hold. Undefined: it is not. */
  closed: ReactNode;
  /** Says that it is not due. */
  unknown: ReactNode;
  /** Asks the record whether it is on hold by now; waits only a little. */
  look: () => Promise<unknown>;
}

interface Props<One extends RequestTerms> {
  /** Id of the ServiceRequest. */
  request: string | undefined;
  /** The one that is asked for, if it can be done. */
  find: (programme: Programme, request: string | undefined) => One | undefined;
  title: string;
  unknown: string;
  held: string;
  steps: (props: StepsProps<One>) => ReactNode;
}

function Closed({ title, text }: { title: string; text: string }) {
  const { t } = useLanguage();
  return (
    <Page title={title} narrow>
      <Alert tone="careful">{text}</Alert>
      <div className="actions">
        <Button size="lg" variant="default" onClick={() => go('/today')}>
          {t('session.toToday')}
        </Button>
      </div>
    </Page>
  );
}

function Waiting() {
  const { t } = useLanguage();
  return <Loader role="status" aria-label={t('loading')} />;
}

function OfProgramme<One extends RequestTerms>({
  loaded,
  programme,
  onLook,
  request,
  find,
  title,
  unknown,
  held,
  steps,
}: Props<One> & { loaded: Loaded; programme: Programme; onLook: () => Promise<unknown> }) {
  const {
    account: { id },
  } = useAccount();
  const reprise = useEngine();
  const [flagsDue, setFlagsDue] = useState<boolean>();
  useEffect(() => {
    void flagsAreDue(id).then(setFlagsDue);
  }, [id]);
  // Only one that is due; after it is done it is no longer asked for, and its result is still on the screen.
  const [first] = useState(() => {
    const one = find(programme, request);
    return one && isDueNow(one) ? one : undefined;
  });
  const now = find(programme, request);
  const notDue = <Closed title={title} text={unknown} />;
  if (!first) return notDue;
  const closed =
    holdsOfAll(programme).length > 0 ? (
      <ExercisesOnHold programme={programme} flags={loaded.questionnaires['red-flags']} />
    ) : (
      now?.held && <Closed title={title} text={held} />
    );
  if (!reprise || flagsDue === undefined) return <Waiting />;
  const { questionnaires } = loaded;
  return steps({
    asked: first,
    now,
    programme,
    questionnaires,
    reprise,
    flagsDue,
    closed,
    unknown: notDue,
    look: onLook,
  });
}

function OfOnePatient<One extends RequestTerms>(props: Props<One>) {
  const { t } = useLanguage();
  const query = useProgramme();
  const reprise = useEngine();
  const { refetch } = query;
  const look = useCallback(
    () =>
      Promise.race([
        refetch(),
        new Promise((resolve) => {
          setTimeout(resolve, NEWS_PATIENCE_MS);
        }),
      ]),
    [refetch],
  );
  return (
    <QueryBoundary query={query} keepsData>
      {(loaded) => {
        const { programme } = loaded;
        if (!programme) return <Closed title={props.title} text={t('today.none')} />;
        if (!programme.consents.appUse)
          return reprise ? (
            <Welcome
              programme={programme}
              reprise={reprise}
              onDone={() => {
                void refetch();
              }}
            />
          ) : (
            <Waiting />
          );
        return <OfProgramme {...props} loaded={loaded} programme={programme} onLook={look} />;
      }}
    </QueryBoundary>
  );
}

/** Nothing of one patient stays where another signs in. */
export function RequestedPage<One extends RequestTerms>(props: Props<One>) {
  const {
    account: { id },
  } = useAccount();
  return <OfOnePatient key={`${id} ${props.request ?? ''}`} {...props} />;
}
