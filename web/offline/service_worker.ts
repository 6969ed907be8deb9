// SPDX-License-Identifier: Apache-2.0
// Shows reminders that come by Web Push, and lets the pages open without a network: their files out of a cache,
// everything about people from the server or not at all. A new version waits until the last window of the old one is
// closed, so that a page never meets files of another version.
import { partOfFilm } from './part_of_film.ts';

interface Worker {
  addEventListener(
    type: 'install' | 'activate',
    listener: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    type: 'fetch',
    listener: (event: { request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
  addEventListener(
    type: 'message',
    listener: (event: { data: unknown; waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    type: 'push',
    listener: (event: { data: { text(): string } | null; waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    type: 'notificationclick',
    listener: (event: { notification: Notification; waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
  location: Location;
  registration: ServiceWorkerRegistration;
  clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<AppWindow[]>;
    openWindow(url: string): Promise<unknown>;
  };
}
/** A window of the app. */
interface AppWindow {
  url: string;
  focus(): Promise<unknown>;
  navigate(url: string): Promise<unknown>;
}
const worker = self as unknown as Worker;

/** A patient's files, written by web/build.mjs. */
declare const FILES: readonly { path: string; fetched: 'first' | 'later' | 'when used' }[];

/** The words of messages in the app's language: web/patient/reminders/push/notice_words.ts. */
const NOTICES = '/push-words';

const CACHE = 'reprise-pages';
/** The clinic's films of the patient's exercises; web/data/kept_films.ts removes it. */
const FILMS = 'reprise-films';
const FILMS_PATH = '/exercise-films/';
/** Any of the pages' addresses is answered with the same text. */
const SHELL = '/today';
const PATIENCE_MS = 4000;

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all([
    cache.put(SHELL, await fetch(SHELL, { cache: 'no-store' })),
    ...FILES.filter(({ fetched }) => fetched === 'first').map(({ path }) => keep(cache, path)),
  ]);
}

async function keep(cache: Cache, path: string) {
  if (!(await cache.match(path))) await cache.add(path);
}

/** One file after the other: what the patient waits for has the line. */
async function keepInTurn(paths: readonly string[]) {
  const cache = await caches.open(CACHE);
  for (const path of paths) await keep(cache, path);
}

async function activate() {
  const cache = await caches.open(CACHE);
  const known = new Set([SHELL, ...FILES.map(({ path }) => path)]);
  for (const { url } of await cache.keys()) if (!known.has(new URL(url).pathname)) await cache.delete(url);
  // From the first visit on, used files are kept.
  await worker.clients.claim();
}

async function file(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) {
    const copy = response.clone();
    // Without room it is fetched again next time.
    void caches
      .open(CACHE)
      .then((cache) => cache.put(request, copy))
      .catch(() => {});
  }
  return response;
}

/** Keeps these films and no others. Without room the rest are not kept; each is whole or not there. */
async function keepFilms(paths: readonly string[]) {
  const cache = await caches.open(FILMS);
  for (const { url } of await cache.keys()) if (!paths.includes(new URL(url).pathname)) await cache.delete(url);
  for (const path of paths) await keep(cache, path);
}

async function film(request: Request): Promise<Response> {
  const kept = await caches.match(new URL(request.url).pathname, { cacheName: FILMS });
  return kept ? partOfFilm(kept, request.headers.get('range')) : fetch(request);
}

/** Returns the server's page; the cached page if the server does not respond in time. */
async function page(request: Request): Promise<Response> {
  const kept = await caches.match(SHELL);
  if (!kept) return fetch(request);
  const late = new Promise<Response>((resolve) => {
    setTimeout(() => resolve(kept), PATIENCE_MS);
  });
  return Promise.race([fetch(request).catch(() => kept), late]);
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
/** What web/app/kept_pages.ts asks for. Without a network, or without room, it asks again another time. */
worker.addEventListener('message', (event) => {
  const {
    used = [],
    rest = false,
    films,
  } = (event.data ?? {}) as {
    used?: readonly string[];
    rest?: boolean;
    films?: readonly string[];
  };
  const wanted = FILES.filter(({ path, fetched }) => used.includes(path) || (rest && fetched === 'later'));
  const files = keepInTurn(wanted.map(({ path }) => path)).catch(() => {});
  const ofClinic = films?.filter((path) => path.startsWith(FILMS_PATH));
  event.waitUntil(ofClinic ? files.then(() => keepFilms(ofClinic)).catch(() => {}) : files);
});
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== worker.location.origin) return;
  if (pathname.startsWith('/assets/')) event.respondWith(file(event.request));
  else if (pathname.startsWith(FILMS_PATH)) event.respondWith(film(event.request));
  else if (event.request.mode === 'navigate' && pathname !== '/' && !/^\/(auth|fhir|metrics)\b/.test(pathname))
    event.respondWith(page(event.request));
});

/** The message has its kind alone; all words are on the device. */
async function notify(kind: string) {
  const kept = await caches.match(NOTICES);
  const words = (await kept?.json()) as Record<string, string> | undefined;
  await worker.registration.showNotification(words?.[kind] ?? words?.exercises ?? 'Reprise', {
    tag: 'reprise-reminder',
    icon: '/icon.svg',
    lang: words?.language ?? 'en',
  });
}

/** Shows today's exercises; never leads away from a session or a visit. */
async function openToday() {
  const [open] = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  await open?.focus().catch(() => {});
  if (open && /^\/(session|visit)\b/.test(new URL(open.url).pathname)) return;
  const anew = () => worker.clients.openWindow('/today');
  // A page that this worker does not serve yet cannot be led.
  await (open ? open.navigate('/today').catch(anew) : anew());
}

worker.addEventListener('push', (event) => event.waitUntil(notify(event.data?.text() ?? '')));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openToday());
});
