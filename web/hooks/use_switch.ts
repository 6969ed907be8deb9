// SPDX-License-Identifier: Apache-2.0
import { useMutation } from '@tanstack/react-query';
import { useState, type ChangeEvent } from 'react';

/**
 * A switch whose state is stored elsewhere.
 *
 * It shows the choice within the event itself, since a controlled input that waits for the mutation's next render
 * shows the old state in between, and a click seems lost. It keeps the choice, as the record may get it later from the
 * outbox; where storing fails it shows the stored state again.
 */
export function useSwitch(stored: boolean, store: (on: boolean) => Promise<unknown>) {
  const [chosen, setChosen] = useState<boolean>();
  const { mutate, error } = useMutation({ mutationFn: store, onError: () => setChosen(undefined) });
  const onChange = ({ currentTarget: { checked } }: ChangeEvent<HTMLInputElement>) => {
    setChosen(checked);
    mutate(checked);
  };
  return { props: { checked: chosen ?? stored, onChange }, error };
}
