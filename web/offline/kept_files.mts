// SPDX-License-Identifier: Apache-2.0
// Which files of the build a patient's device keeps for use without a network, and when it fetches them. Pages of
// clinicians and administrators are never among them. web/build.mjs asks.

/** Of vite's build. */
export interface Chunk {
  fileName: string;
  isEntry: boolean;
  facadeModuleId: string | null;
  imports: string[];
  dynamicImports: string[];
  /** Styles and pictures that it brings along. */
  files: string[];
}

export interface KeptFile {
  path: string;
  /** With the service worker; once the patient has been calm (web/app/kept_pages.ts); when a page first asks for it. */
  fetched: 'first' | 'later' | 'when used';
}

/** Files above it are LiteRT and the networks, which only the camera needs. */
const LARGE = 2_000_000;
/** The files of papers, because most patients never print, and pictures of exercises, because a programme has few. */
const SELDOM = /\.(?:icc|ttf|webp)$|\/(?:make_handout|paper_pages)-/;

/** What a patient opens on the first day. */
const FIRST_PAGES = ['session', 'questions', 'progress', 'messages', 'learn', 'settings'];
/** Pages that no patient opens. */
const OTHERS = /\/web\/(admin|clinician|gallery)\//;

/** The whole engine comes before the camera, not with the first pages: web/data/engine.ts, web/coach/early_files.ts. */
const ENGINE_FILE = /\/reprise_engine-[^/]*\.wasm$/;
/** By its name: where pages import it at once, too, its chunk is no entry of one module. */
const ENGINE_SCRIPT = /\/reprise-[^/]*\.js$/;

/** The chunks that `from` needs; with `dynamic` also those that it may load later. */
function reached(chunks: readonly Chunk[], from: readonly Chunk[], dynamic: boolean): ReadonlySet<Chunk> {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const found = new Set(from);
  for (const chunk of found) {
    for (const name of [...chunk.imports, ...(dynamic ? chunk.dynamicImports : [])]) {
      const next = byName.get(name);
      if (next && !OTHERS.test(next.facadeModuleId ?? '')) found.add(next);
    }
  }
  return found;
}

/** Without workers: these come with what they do. */
const namesOf = (chunks: Iterable<Chunk>) =>
  new Set([...chunks].flatMap(({ fileName, files }) => [fileName, ...files]).filter((name) => !/_worker-/.test(name)));

/**
 * `all`: every file below assets/, with those that are no chunks, such as workers. The files are sorted by path. Throws
 * where the pages are others than expected.
 */
export function keptFiles(chunks: readonly Chunk[], all: readonly { fileName: string; bytes: number }[]): KeptFile[] {
  const start = chunks.find(({ fileName, isEntry }) => isEntry && fileName.startsWith('assets/index-'));
  if (!start) throw new Error('web/offline/kept_files.mts: the pages have no entry');
  const pages = FIRST_PAGES.map((name) => {
    const page = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/patient/${name}/${name}_page.tsx`));
    if (!page) throw new Error(`web/offline/kept_files.mts: there is no page ${name}`);
    return page;
  });
  const first = namesOf(reached(chunks, [start, ...pages], false));
  const engine = chunks.find(({ fileName }) => ENGINE_SCRIPT.test(fileName));
  if (!engine || first.has(engine.fileName))
    throw new Error(
      'web/offline/kept_files.mts: the first pages have the whole engine in them; let them import reprise-programme',
    );
  const ofPatients = namesOf(reached(chunks, [start, ...pages], true));
  const ofAll = namesOf(chunks);
  return all
    .filter(({ fileName }) => ofPatients.has(fileName) || !ofAll.has(fileName))
    .map(({ fileName, bytes }): KeptFile => {
      const seldom = bytes > LARGE || SELDOM.test(fileName);
      const fetched = seldom
        ? 'when used'
        : first.has(fileName) && !ENGINE_FILE.test(fileName)
          ? 'first'
          : 'later';
      return { path: `/${fileName}`, fetched };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
