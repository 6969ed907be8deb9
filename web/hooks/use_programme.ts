import { useCallback, useEffect, useState } from 'react';
import { keptProgramme, loadProgramme, type Loaded } from '../data/programme.ts';
import { useAccount } from '../data/session.ts';
import { useLoaded } from './act.ts';

/** The programme of who is signed in. */
export function useProgramme() {
  // Not the account itself: it is another object whenever the server was asked who this is.
  const {
    account: { id, person },
  } = useAccount();
  return useLoaded(useCallback(() => loadProgramme(id, person ?? ''), [id, person]));
}

/**
 * The same for looking at: as this device knows it until the record has answered, where the patient has agreed to use
 * the app.
 */
export function useProgrammeAtOnce() {
  const {
    account: { id },
  } = useAccount();
  const asked = useProgramme();
  const [before, setBefore] = useState<Loaded>();
  useEffect(() => {
    keptProgramme(id).then(
      (known) => {
        if (known?.programme?.consents.appUse) setBefore(known);
      },
      () => {},
    );
  }, [id]);
  return { ...asked, value: asked.value ?? (asked.failure ? undefined : before) };
}
