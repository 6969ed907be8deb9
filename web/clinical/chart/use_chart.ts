// SPDX-License-Identifier: Apache-2.0
// Loads the data of an open chart: current resources, history, and the programme as the engine reads it. A user who
// loses access to the patient sees no data any more.
import type { CarePlan, ServiceRequest } from 'fhir/r4';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Better, Reprise } from 'reprise-engine';
import { keepPreviousData, queryOptions, usePrefetchQuery, useQuery } from '@tanstack/react-query';
import { codeOf, type FailureCode } from '../../data/api.ts';
import { engine } from '../../data/engine.ts';
import { rangeStart, type RangeName } from './address.ts';
import { changesOf, daysOf, timelineEventsOf, type Day, type TimelineEvent } from './days.ts';
import {
  History,
  loadForEngine,
  loadStanding,
  loadVersions,
  mayStillSee,
  type ChartHistory,
  type Standing,
} from './load.ts';
import { adherenceOf, type Adherence } from './adherence.ts';
import { betterOf } from './better.ts';
import { devicesOf, type DeviceSeen } from './devices.ts';
import type { Measurable } from './goals.ts';
import { prescriptionOf, type Prescription } from './prescription.ts';
import { seriesOf, type Series } from './series.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { polled } from '../../data/query_client.ts';

export interface Chart {
  standing: Standing;
  series: Series;
  devices: DeviceSeen[];
  days: Day[];
  timelineEvents: TimelineEvent[];
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
  changes: TimelineEvent[];
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

/** The failures after which the chart shows no more data. */
const GONE: readonly FailureCode[] = ['not-allowed', 'not-found', 'no-session'];

interface Loaded {
  standing: Standing;
  past: ChartHistory;
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

/** The range that is loaded first in any case, because older data may take a while. */
const FIRST: RangeName = '3m';

/** A patient may be moved to others, or withdraw a consent, while the chart is open. */
const ACCESS_CHECK_MS = 30_000;

/** Longer than React delays a page that came late, so that prefetched data are not loaded twice. */
const PREFETCHED_MS = 2000;

const isGone = (error: Error | null | undefined): error is Error =>
  error !== null && error !== undefined && GONE.includes(codeOf(error));

/** `patient` must stay the same as long as the page does. */
export function useChart(patient: string, range: RangeName) {
  const [history] = useState(() => new History(patient));
  const queryFor = (of: RangeName) =>
    queryOptions({
      queryKey: queryKeys.chart(patient, of),
      queryFn: ({ client, queryKey }) => {
        // On a second load, the newest resources may have changed.
        if (client.getQueryData(queryKey)) history.forgetNewest(Date.now());
        return loadAll(history, of);
      },
      structuralSharing: false,
      staleTime: PREFETCHED_MS,
      gcTime: PREFETCHED_MS,
    });
  usePrefetchQuery(queryFor(FIRST));
  const query = useQuery({ ...queryFor(range), placeholderData: keepPreviousData });
  const first = useQuery({ ...queryFor(FIRST), enabled: query.data === undefined });
  const { refetch } = query;
  const loaded = query.data ?? first.data;
  const programme = useQuery({
    queryKey: queryKeys.chartProgramme(patient, query.data?.now ?? 0),
    queryFn: () => readProgramme((query.data as Loaded).standing),
    enabled: query.data !== undefined && !query.isPlaceholderData,
    placeholderData: keepPreviousData,
    structuralSharing: false,
  });
  const read = programme.data;
  const access = useQuery({
    queryKey: queryKeys.access(patient),
    queryFn: async () => (await mayStillSee(patient)) ?? null,
    // The chart's own data have just confirmed the access.
    initialData: null,
    refetchOnMount: false,
    ...polled(ACCESS_CHECK_MS),
  });

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void refetch();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [refetch]);

  const [refused, setRefused] = useState<{ error: Error; at: number }>();
  const refusal = refused && refused.at >= query.dataUpdatedAt ? refused.error : undefined;
  const failure = [refusal, access.error, query.error].find(isGone) ?? query.error ?? programme.error;
  const gone = isGone(failure);
  // The series do not depend on the programme, which comes later. They are computed once.
  const series = useMemo(
    () => loaded && seriesOf(loaded.past.procedures, loaded.past.observations, loaded.now),
    [loaded],
  );
  const devices = useMemo(() => (loaded ? devicesOf(loaded.past.observations, loaded.now) : []), [loaded]);
  const chart = useMemo((): Chart | undefined => {
    if (!loaded || !series || gone) return undefined;
    const { standing, past, now } = loaded;
    const prescription = read?.prescription;
    const adherence =
      read &&
      adherenceOf(read.reprise, standing.patient.id ?? '', read.texts, read.versions, series.sets, past.from, now);
    const better = read && ((one: Measurable) => betterOf(read.reprise, one, prescription));
    const timelineEvents = [...timelineEventsOf({ ...past.happened, flags: standing.flags }), ...(read?.changes ?? [])];
    return {
      standing,
      series,
      devices,
      timelineEvents,
      adherence,
      prescription,
      better,
      trouble: read?.trouble,
      from: past.from,
      now,
      days: daysOf(series.sets, timelineEvents, adherence),
    };
  }, [loaded, series, devices, read, gone]);
  return {
    chart,
    failure,
    gone,
    busy: query.isFetching,
    history,
    retry: refetch,
    refuse: useCallback((error: Error) => {
      if (isGone(error)) setRefused({ error, at: Date.now() });
    }, []),
  };
}
