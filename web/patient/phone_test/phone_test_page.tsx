// SPDX-License-Identifier: Apache-2.0
import './phone_test.css';
import { Button, Loader } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import type { PhoneTest, PhoneTestRequest, Programme } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { Page } from '../../components/section.tsx';
import { useEngine } from '../../data/engine.ts';
import type { Loaded } from '../../data/programme.ts';
import { useAccount } from '../../data/session.ts';
import { useProgramme } from '../../hooks/use_programme.ts';
import { go } from '../../hooks/route.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Welcome } from '../consent/welcome.tsx';
import { ExercisesOnHold } from '../session/halted.tsx';
import { holdsOfAll } from '../session/hold_card.tsx';
import { flagsAreDue } from '../session/remembered.ts';
import type { Place } from './address.ts';
import { Steps } from './steps.tsx';

/** A test waits so long for the record's word on holds. Unsourced default, as of a set. */
const NEWS_PATIENCE_MS = 2500;

function Closed({ text }: { text: string }) {
  const { t } = useLanguage();
  return (
    <Page title={t('phone.title')} narrow>
      <Alert tone="careful">{text}</Alert>
      <div className="actions">
        <Button size="lg" variant="default" onClick={() => go('/today')}>
          {t('session.toToday')}
        </Button>
      </div>
    </Page>
  );
}

const isOffered = (one: PhoneTestRequest): one is PhoneTestRequest & { test: PhoneTest } =>
  one.test !== null && one.problem === null;

function OfProgramme({
  loaded,
  programme,
  request,
  onLook,
}: {
  loaded: Loaded;
  programme: Programme;
  request: string | undefined;
  onLook: () => Promise<unknown>;
}) {
  const { t } = useLanguage();
  const {
    account: { id },
  } = useAccount();
  const reprise = useEngine();
  const [flagsDue, setFlagsDue] = useState<boolean>();
  useEffect(() => {
    void flagsAreDue(id).then(setFlagsDue);
  }, [id]);
  // A test that is done is no longer asked for, and its result is still on the screen.
  const [first] = useState(() => programme.tests.find((one) => one.request === request));
  const asked = programme.tests.find((one) => one.request === request);
  if (!first || !isOffered(first)) return <Closed text={t('phone.unknown')} />;
  const closed =
    holdsOfAll(programme).length > 0 ? (
      <ExercisesOnHold programme={programme} flags={loaded.questionnaires['red-flags']} />
    ) : (
      asked?.held && <Closed text={t('phone.held')} />
    );
  if (!reprise || flagsDue === undefined) return <Loader role="status" aria-label={t('loading')} />;
  return (
    <Steps
      asked={first}
      programme={programme}
      questionnaires={loaded.questionnaires}
      reprise={reprise}
      flagsDue={flagsDue}
      closed={closed}
      look={onLook}
    />
  );
}

function OfOnePatient({ request }: Place) {
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
        if (!programme) return <Closed text={t('today.none')} />;
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
            <Loader role="status" aria-label={t('loading')} />
          );
        return <OfProgramme loaded={loaded} programme={programme} request={request} onLook={look} />;
      }}
    </QueryBoundary>
  );
}

/** A test with the phone. Nothing of one patient stays where another signs in. */
export function PhoneTestPage({ request }: Place) {
  const {
    account: { id },
  } = useAccount();
  return <OfOnePatient key={`${id} ${request ?? ''}`} request={request} />;
}
