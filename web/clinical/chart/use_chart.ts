// A chart's data while it is open: what holds now, what was, what the engine makes of the programme. Whoever may not
// see the patient any more sees nothing more of it.
import type { CarePlan, ServiceRequest } from 'fhir/r4';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Better, Reprise } from 'reprise-engine';
import { useEachWhileUsed } from '../../hooks/each_while_used.ts';
import { failureOf, type Failure, type FailureCode } from '../../data/api.ts';
import { engine } from '../../data/engine.ts';
import { rangeStart, type RangeName } from './address.ts';
import { changesOf, daysOf, happeningsOf, type Day, type Happening } from './days.ts';
import { History, loadForEngine, loadStanding, loadVersions, mayStillSee, type Past, type Standing } from './load.ts';
import { adherenceOf, type Adherence } from './adherence.ts';
import { betterOf } from './better.ts';
import type { Measurable } from './goals.ts';
import { prescriptionOf, type Prescription } from './prescription.ts';
import { seriesOf, type Series } from './series.ts';

export interface Chart {
  standing: Standing;
  series: Series;
  days: Day[];
  happenings: Happening[];
  /** Undefined until the engine and the programme's history are loaded. */
  adherence: Adherence | undefined;
  /** Undefined until the engine is loaded, and where there is no programme. */
  prescription: Prescription | undefined;
  /** Which direction is better; undefined until the engine is loaded. */
  better: ((one: Measurable) => Better) | undefined;
  /** The programme cannot be read, and why; for the clinic. */
  trouble: string | undefined;
  from: number;
  now: number;
}

interface Read {
  prescription?: Prescription;
  trouble?: string;
  changes: Happening[];
  reprise: Reprise;
  texts: string[];
  versions: (CarePlan | ServiceRequest)[][];
}

async function readProgramme(standing: Standing): Promise<Read> {
  const [texts, versions, reprise] = await Promise.all([
    loadForEngine(standing),
    loadVersions(standing.patient.id ?? ''),
    engine(),
  ]);
  return { ...prescriptionOf(reprise, texts), changes: changesOf(versions), reprise, texts, versions };
}

/** After these nothing more is shown. */
const GONE: readonly FailureCode[] = ['not-allowed', 'not-found', 'no-session'];

interface Loaded {
  standing: Standing;
  past: Past;
  now: number;
}

async function loadAll(history: History, range: RangeName): Promise<Loaded> {
  const now = Date.now();
  // The patient's own resource says whether it may still be seen: a search that may show nothing is merely empty.
  const [standing, past] = await Promise.all([
    loadStanding(history.patient),
    history.since(rangeStart(range, now), now),
  ]);
  return { standing, past, now };
}

/** Shown first, whatever is asked for: what is older may take a while. */
const FIRST: RangeName = '3m';

/** A patient may be moved to others, or withdraw a consent, while the chart is open. */
const STILL_MS = 30_000;

/** `patient` must stay the same as long as the page does. */
export function useChart(patient: string, range: RangeName) {
  // Begun while the page is drawn for the first time: React shows a page that came late a little later still.
  const [first] = useState(() => {
    const history = new History(patient);
    const loading = loadAll(history, FIRST);
    loading.catch(() => {
      /* heard of below */
    });
    return { history, loading };
  });
  const [loaded, setLoaded] = useState<Loaded>();
  const [read, setRead] = useState<Read>();
  const [busy, setBusy] = useState(true);
  const [failure, setFailure] = useState<Failure>();
  const turn = useRef(0);

  const load = useCallback(
    async (anew: boolean) => {
      const mine = ++turn.current;
      if (anew) first.history.forgetNewest(Date.now());
      setBusy(true);
      try {
        let all: Loaded | undefined;
        if (mine === 1) {
          all = await first.loading;
          if (mine !== turn.current) return;
          setLoaded(all);
        }
        if (!all || range !== FIRST) all = await loadAll(first.history, range);
        if (mine !== turn.current) return;
        setFailure(undefined);
        setLoaded(all);
        setBusy(false);
        const programme = await readProgramme(all.standing);
        if (mine === turn.current) setRead(programme);
      } catch (error) {
        if (mine !== turn.current) return;
        setFailure(failureOf(error));
        setBusy(false);
      }
    },
    [first, range],
  );
  useEffect(() => {
    void load(false);
  }, [load]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void load(true);
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [load]);

  useEachWhileUsed(STILL_MS, () => {
    mayStillSee(patient).catch((error: unknown) => {
      const why = failureOf(error);
      if (GONE.includes(why.code)) setFailure(why);
    });
  });

  const gone = failure !== undefined && GONE.includes(failure.code);
  // Apart from the programme, which comes later: what was measured is drawn once.
  const series = useMemo(
    () => loaded && seriesOf(loaded.past.procedures, loaded.past.observations, loaded.now),
    [loaded],
  );
  const chart = useMemo((): Chart | undefined => {
    if (!loaded || !series || gone) return undefined;
    const { standing, past, now } = loaded;
    const prescription = read?.prescription;
    const adherence =
      read &&
      adherenceOf(read.reprise, standing.patient.id ?? '', read.texts, read.versions, series.sets, past.from, now);
    const better = read && ((one: Measurable) => betterOf(read.reprise, one, prescription));
    const happenings = [...happeningsOf({ ...past.happened, flags: standing.flags }), ...(read?.changes ?? [])];
    return {
      standing,
      series,
      happenings,
      adherence,
      prescription,
      better,
      trouble: read?.trouble,
      from: past.from,
      now,
      days: daysOf(series.sets, happenings, adherence),
    };
  }, [loaded, series, read, gone]);
  return {
    chart,
    failure,
    gone,
    busy,
    history: first.history,
    reload: useCallback(() => load(true), [load]),
    refuse: useCallback((other: Failure) => {
      if (GONE.includes(other.code)) setFailure(other);
    }, []),
  };
}
