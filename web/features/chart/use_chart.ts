// A chart's data while it is open: what holds now, what was, what the engine makes of the programme. Whoever may not see the patient any more
// sees nothing more of it.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { failureOf, type Failure } from '../../source/api.ts';
import { engine } from '../../source/engine.ts';
import { rangeStart, type RangeName } from './address.ts';
import { changesOf, daysOf, happeningsOf, type Day, type Happening } from './days.ts';
import { History, loadForEngine, loadStanding, loadVersions, type Past, type Standing } from './load.ts';
import { askedOf, prescriptionOf, type Asked, type Prescription } from './prescription.ts';
import { seriesOf, type Series } from './series.ts';

export interface Chart {
  standing: Standing;
  series: Series;
  days: Day[];
  happenings: Happening[];
  asked: Asked | undefined;
  /** Undefined until the engine is loaded, and where there is no programme. */
  prescription: Prescription | undefined;
  /** The programme cannot be read, and why; for the clinic. */
  trouble: string | undefined;
  from: number;
  now: number;
}

interface Read { prescription?: Prescription; trouble?: string; changes: Happening[] }

async function readProgramme(standing: Standing): Promise<Read> {
  const [texts, versions, reprise] = await Promise.all([loadForEngine(standing), loadVersions(standing), engine()]);
  return { ...prescriptionOf(reprise, texts), changes: changesOf(versions) };
}

export function useChart(patient: string, range: RangeName) {
  const history = useRef<History>(undefined);
  if (history.current?.patient !== patient) history.current = new History(patient);
  const [standing, setStanding] = useState<Standing>();
  const [past, setPast] = useState<Past & { now: number }>();
  const [read, setRead] = useState<Read>();
  const [failure, setFailure] = useState<Failure>();
  const turn = useRef(0);

  const load = useCallback(async (anew: boolean) => {
    const mine = ++turn.current;
    const own = history.current;
    if (!own) return;
    if (anew) own.forget();
    const now = Date.now();
    try {
      // The patient's own resource says whether it may still be seen: a search that may show nothing is merely empty.
      const [held, was] = await Promise.all([loadStanding(patient), own.since(rangeStart(range, now), now)]);
      if (mine !== turn.current) return;
      setFailure(undefined);
      setStanding(held);
      setPast({ ...was, now });
      const programme = await readProgramme(held);
      if (mine === turn.current) setRead(programme);
    } catch (error) {
      if (mine === turn.current) setFailure(failureOf(error));
    }
  }, [patient, range]);
  useEffect(() => { void load(false); }, [load]);
  useEffect(() => {
    const look = () => { if (document.visibilityState === 'visible') void load(true); };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [load]);

  const gone = failure !== undefined && ['not-allowed', 'not-found', 'no-session'].includes(failure.code);
  const chart = useMemo((): Chart | undefined => {
    if (!standing || !past || gone) return undefined;
    const prescription = read?.prescription;
    const asked = askedOf(prescription);
    const series = seriesOf(past.procedures, past.observations, past.now);
    const happenings = [...happeningsOf({ ...past.happened, flags: standing.flags }), ...(read?.changes ?? [])];
    return { standing, series, happenings, asked, prescription, trouble: read?.trouble, from: past.from, now: past.now, days: daysOf(series.sets, happenings, asked) };
  }, [standing, past, read, gone]);
  return { chart, failure, gone, reload: useCallback(() => load(true), [load]), refuse: setFailure };
}
