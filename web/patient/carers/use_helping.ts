// SPDX-License-Identifier: Apache-2.0
import { useKnownSession } from '../../data/session.ts';

/** Whether a carer is signed in, for the patient whose app it is. */
export function useHelping(): boolean {
  const known = useKnownSession();
  return known !== undefined && 'session' in known && known.session.account?.carer !== undefined;
}
