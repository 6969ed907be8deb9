// SPDX-License-Identifier: Apache-2.0
// Holds a programme while it is written. Each change can be undone. The draft stays on this device until it is sent.
// Changes that another user sends meanwhile are merged, never overwritten.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Reprise } from 'reprise-engine';
import { localStore } from '../../data/local_store.ts';
import { localTime } from '../../fhir/local_time.ts';
import { isSimulated, nameOf } from '../../fhir/people.ts';
import { dayOf } from '../../fhir/results.ts';
import { type Failure, failureOf, sendTransaction } from '../../data/api.ts';
import type { CatalogFile } from './catalog.ts';
import { changesBetween, merge, same, type Change } from './changes.ts';
import { openProblems } from '../../clinical/chart/conditions.ts';
import { asNow, draftOf, problemSide, recognized, type Base, type Draft, type Item, type Writing } from './draft.ts';
import { loadBase, loadPatient, nameOfAuthor, type Knowledge, type Loaded } from './load.ts';
import type { Decision } from './proposals.ts';
import { transactionOf } from './transaction.ts';

interface Kept {
  base: Base;
  before: Draft;
  draft: Draft;
  decisions: Decision[];
}

/** What another clinician has changed meanwhile, and where both have. */
export interface Conflict {
  by: string | undefined;
  theirs: Change[];
  both: Change[];
}

interface State {
  loaded: Loaded;
  base: Base;
  before: Draft;
  past: Draft[];
  draft: Draft;
  future: Draft[];
  decisions: Decision[];
}

const version = ({ plan, requests }: Base) =>
  [plan, ...requests]
    .map((one) => `${one?.id ?? ''}/${one?.meta?.versionId ?? ''}`)
    .sort()
    .join(' ');
const MOST_UNDONE = 100;

/** Joined with what the record has now; nothing where that is what it was. */
async function joined(
  reprise: Reprise,
  stored: Kept,
  base: Base,
  files: ReadonlyMap<string, CatalogFile>,
): Promise<{ before: Draft; draft: Draft; conflict?: Conflict }> {
  const mine = { ...stored, before: asNow(stored.before), draft: asNow(stored.draft) };
  const { draft: before, sent } = draftOf(reprise, base, files, mine.before.start, mine.before.affected);
  const kept = { ...mine, draft: { ...mine.draft, items: recognized(mine.draft.items, sent) } };
  if (version(base) === version(kept.base) || same(before, kept.draft))
    return { before, draft: same(before, kept.draft) ? before : kept.draft };
  const { draft, both } = merge(kept.before, kept.draft, before);
  const theirs = changesBetween(kept.before, before);
  return {
    before,
    draft,
    ...(theirs.length > 0 && { conflict: { by: base.plan && (await nameOfAuthor(base.plan)), theirs, both } }),
  };
}

export function useBuilder(
  reprise: Reprise,
  patient: string,
  account: { id: string; person: string },
  knowledge: Knowledge,
) {
  const [state, setState] = useState<State>();
  const [failure, setFailure] = useState<Failure>();
  const [conflict, setConflict] = useState<Conflict>();
  const [restored, setRestored] = useState(false);
  const [sent, setSent] = useState<Draft>();
  const [busy, setBusy] = useState(false);
  const key = `programme-draft ${account.id} ${patient}`;
  const files = useMemo(() => new Map([...knowledge.catalog].map(([id, { file }]) => [id, file])), [knowledge]);

  const load = useCallback(async () => {
    setFailure(undefined);
    try {
      const [loaded, kept] = await Promise.all([loadPatient(patient), localStore().then((on) => on.value<Kept>(key))]);
      const side = problemSide(openProblems(loaded.conditions));
      const { draft: before } = draftOf(reprise, loaded.base, files, dayOf(new Date()), side);
      const fresh = { loaded, base: loaded.base, before, past: [], draft: before, future: [], decisions: [] };
      if (!kept) return setState(fresh);
      const joint = await joined(reprise, kept, loaded.base, files);
      setConflict(joint.conflict);
      setRestored(!same(joint.draft, joint.before));
      setState({ ...fresh, before: joint.before, draft: joint.draft, decisions: kept.decisions });
    } catch (error) {
      setFailure(failureOf(error));
    }
  }, [reprise, patient, files, key]);
  useEffect(() => {
    void load();
  }, [load]);

  /** Reloads the patient's data; the draft stays. */
  const look = useCallback(async () => {
    const loaded = await loadPatient(patient);
    setState((now) => now && { ...now, loaded });
  }, [patient]);

  // Kept as it is written: neither a crash nor the end of a sign-in loses it.
  useEffect(() => {
    if (!state) return;
    const { base, before, draft, decisions } = state;
    const open = !same(before, draft) || decisions.length > 0;
    void localStore()
      .then((on) => (open ? on.putValue(key, { base, before, draft, decisions } satisfies Kept) : on.removeValue(key)))
      .catch(() => {});
  }, [state, key]);

  const edit = useCallback((change: (draft: Draft) => Draft) => {
    setSent(undefined);
    setState((now) => {
      if (!now) return now;
      const draft = change(now.draft);
      return same(draft, now.draft)
        ? now
        : { ...now, past: [...now.past.slice(-MOST_UNDONE), now.draft], draft, future: [] };
    });
  }, []);
  const editItem = useCallback(
    (of: string, change: Partial<Item>) => {
      edit((draft) => ({
        ...draft,
        items: draft.items.map((item) => (item.key === of ? { ...item, ...change } : item)),
      }));
    },
    [edit],
  );
  const undo = useCallback(
    () =>
      setState((now) => {
        const before = now?.past.at(-1);
        return now && before
          ? { ...now, past: now.past.slice(0, -1), draft: before, future: [now.draft, ...now.future] }
          : now;
      }),
    [],
  );
  const redo = useCallback(
    () =>
      setState((now) => {
        const next = now?.future[0];
        return now && next ? { ...now, past: [...now.past, now.draft], draft: next, future: now.future.slice(1) } : now;
      }),
    [],
  );
  const decide = useCallback(
    (decision: Decision) =>
      setState(
        (now) =>
          now && {
            ...now,
            decisions: [...now.decisions.filter(({ request }) => request !== decision.request), decision],
          },
      ),
    [],
  );

  const writing = useMemo(
    (): Writing | undefined =>
      state && {
        patient,
        practitioner: account.person,
        name: nameOf(state.loaded.patient) ?? '',
        now: localTime(new Date()),
        simulated: isSimulated(state.loaded.patient),
      },
    [state, patient, account.person],
  );

  const ids = useRef<{ plan: string; message: string } | undefined>(undefined);
  /** Sends the draft; true: the record has it. If another user was first, merges both drafts and sends nothing yet. */
  const send = async (message: string, reason: string): Promise<boolean> => {
    if (!state || !writing || busy) return false;
    setBusy(true);
    setFailure(undefined);
    const { base, before, draft, decisions } = state;
    ids.current ??= { plan: crypto.randomUUID(), message: crypto.randomUUID() };
    const rebase = async (now: Base) => {
      const joint = await joined(reprise, { base, before, draft, decisions }, now, files);
      setConflict(joint.conflict);
      setState({ ...state, base: now, before: joint.before, draft: joint.draft, past: [], future: [] });
    };
    try {
      // A programme that another user has begun meanwhile is not begun twice.
      if (!base.plan) {
        const now = await loadBase(patient);
        if (now.plan) {
          await rebase(now);
          return false;
        }
      }
      await sendTransaction(
        transactionOf(
          reprise,
          { base, draft, files, message, reason, decisions, ids: ids.current },
          { ...writing, now: localTime(new Date()) },
        ),
      );
      ids.current = undefined;
      setConflict(undefined);
      setRestored(false);
      setSent(before);
      await localStore()
        .then((on) => on.removeValue(key))
        .catch(() => {});
      const loaded = await loadPatient(patient);
      const { draft: after } = draftOf(reprise, loaded.base, files, draft.start);
      setState({ loaded, base: loaded.base, before: after, past: [], draft: after, future: [], decisions: [] });
      return true;
    } catch (error) {
      const why = failureOf(error);
      if (why.status !== 412) setFailure(why);
      else
        await loadBase(patient)
          .then(rebase)
          .catch((other: unknown) => setFailure(failureOf(other)));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const discard = () => {
    setConflict(undefined);
    setRestored(false);
    setState((now) => now && { ...now, past: [...now.past, now.draft], draft: now.before, future: [], decisions: [] });
  };
  return {
    state,
    failure,
    conflict,
    restored,
    sent,
    busy,
    files,
    writing,
    reload: load,
    look,
    edit,
    editItem,
    undo,
    redo,
    decide,
    send,
    discard,
  };
}
export type Builder = ReturnType<typeof useBuilder>;
