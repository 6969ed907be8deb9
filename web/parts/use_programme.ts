import { useCallback } from 'react';
import { loadProgramme } from '../record/programme.ts';
import { useAccount } from '../source/session.ts';
import { useLoaded } from './act.ts';

/** The programme of who is signed in. */
export function useProgramme() {
  // Not the account itself: it is another object whenever the server was asked who this is.
  const { account: { id, person } } = useAccount();
  return useLoaded(useCallback(() => loadProgramme(id, person ?? ''), [id, person]));
}
