// SPDX-License-Identifier: Apache-2.0
import { useMutation } from '@tanstack/react-query';
import type { ServiceRequest } from 'fhir/r4';
import type { Undo } from '../../clinical/chart/undo.tsx';
import { change } from '../../data/write.ts';
import { useLanguage } from '../../translations/language.tsx';

interface Order {
  request: ServiceRequest;
  state: string;
}

/** Completes a request that was done, revokes another, and offers to undo it. */
export function useEndRequest<One extends Order>(
  undo: Undo,
  titleOf: (order: One) => string,
  reloadAll: () => Promise<unknown>,
) {
  const { t } = useLanguage();
  return useMutation({
    mutationFn: ({ request, state }: One) => change({ ...request, status: state === 'done' ? 'completed' : 'revoked' }),
    onSuccess: async (_, order) => {
      undo.offer(t('orders.withdrawn', { title: titleOf(order) }), () => undo.restore(order.request));
      await reloadAll();
    },
  });
}
