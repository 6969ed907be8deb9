// SPDX-License-Identifier: Apache-2.0
// Lets the pages open without a network: web/offline/service_worker.ts keeps their files. Only for patients, who
// exercise where there may be no network. A certificate that the browser does not trust keeps it from working.
import { useEffect } from 'react';
import { loadReadings } from '../data/education.ts';
import { loadShownFilms } from '../data/exercise_films.ts';
import { loadStoredProgramme } from '../data/programme.ts';
import { keptFilms } from '../fhir/exercise_films.ts';
import { isActivity } from './routes.tsx';

/** On a slow line a first session would else share it with pages that no one has opened. */
const CALM_MS = 30_000;

/** Of the clinic's films. Unsourced default. */
const MOST_FILMS_BYTES = 60_000_000;

/** `message`: as the service worker takes it. */
async function ask(message: { used: string[] } | { rest: true } | { films: string[] }) {
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage(message);
}

/** What this page has loaded before the service worker was there; the browser has it still. */
const used = () => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);

/** Some browsers say so where each megabyte costs. */
const savesData = () => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

/** Keeps the clinic's films of the patient's programme, and none of an earlier one. */
async function keepFilms(patient: string) {
  if (savesData()) return;
  const { programme } = (await loadStoredProgramme(patient)) ?? {};
  if (!programme) return;
  const exercises = programme.exercises.map(({ id }) => id);
  await ask({ films: keptFilms(await loadShownFilms(patient), exercises, MOST_FILMS_BYTES) });
}

/**
 * `patient`: the account. The first pages and the texts to read are kept at once, all other pages and then
 * the clinic's films once the patient has not been exercising for a while.
 */
export function useKeptPages(patient: string | undefined, path: string) {
  const possible = patient !== undefined && 'serviceWorker' in navigator;
  useEffect(() => {
    if (!possible) return;
    navigator.serviceWorker.register('/service_worker.js').then(
      () => ask({ used: used() }),
      () => {},
    );
  }, [possible]);
  useEffect(() => {
    if (patient) void loadReadings(patient).catch(() => {});
  }, [patient]);
  const calm = possible && !isActivity(path);
  useEffect(() => {
    if (!calm) return undefined;
    const timer = setTimeout(() => {
      void ask({ rest: true });
      // Without a network there is nothing to keep.
      void keepFilms(patient).catch(() => {});
    }, CALM_MS);
    return () => clearTimeout(timer);
  }, [calm, patient]);
}
