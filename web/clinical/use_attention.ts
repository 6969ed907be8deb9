// SPDX-License-Identifier: Apache-2.0
// What a clinician should look at now, counted in the navigation of all pages. The inbox shares the messages.
import type { Communication, Flag } from 'fhir/r4';
import { queryOptions, useQuery, type QueryFunctionContext } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { fhirRead } from '../data/api.ts';
import { searchAll } from '../data/fhir_search.ts';
import { resourcesIn } from '../fhir/resources.ts';
import { conversationsIn, messagesSince, waitingIn, type Conversation } from '../fhir/unanswered.ts';
import { polled, queryClient } from '../data/query_client.ts';
import { queryKeys } from '../data/query_keys.ts';
import { useAccount } from '../data/session.ts';
import { askedSince, urgentIn, withNews, type Messages } from './attention.ts';

const POLL_MS = 30_000;

async function loadUrgent(): Promise<number> {
  const now = Date.now();
  const text = await fhirRead(
    `Flag?date=ge${encodeURIComponent(new Date(now).toISOString())}&_count=1000&_elements=status,subject,extension`,
  );
  return urgentIn(resourcesIn<Flag>([text], 'Flag'), now);
}

/** Loads the new messages; all messages if the known ones were invalidated. */
async function loadMessages({ client, queryKey }: QueryFunctionContext): Promise<Messages> {
  const known = client.getQueryData<Messages>(queryKey);
  const whole = client.getQueryState(queryKey)?.isInvalidated ?? false;
  const news = await searchAll<Communication>('Communication', messagesSince(askedSince(whole ? undefined : known)));
  return withNews(known, news, whole);
}

const urgentQuery = (account: string) =>
  queryOptions({ queryKey: queryKeys.urgentPatients(account), queryFn: loadUrgent });
const messagesQuery = (account: string) =>
  queryOptions({ queryKey: queryKeys.clinicMessages(account), queryFn: loadMessages, structuralSharing: false });

const none: ReadonlyMap<string, Conversation> = new Map();

/**
 * Knows the conversations of all own patients; undefined before the record was asked. `whole`: loads all anew when the
 * page opens, because the reader may have left a care team.
 */
export function useConversations({ whole = false } = {}) {
  const { account } = useAccount();
  const options = messagesQuery(account.id);
  const { data, error, errorUpdateCount, refetch } = useQuery({ ...options, refetchOnMount: !whole });
  const reload = useCallback(
    () => queryClient.invalidateQueries({ queryKey: queryKeys.clinicMessages(account.id) }),
    [account.id],
  );
  useEffect(() => {
    if (whole) void reload();
  }, [whole, reload]);
  return {
    conversations: useMemo(() => data && conversationsIn([...data.values()]), [data]),
    error,
    hasFailed: errorUpdateCount > 0,
    refetch,
    reload,
  };
}

/** Loads the messages that came since, also where that is under way: it may have begun before a change. */
export const refetchMessages = () => queryClient.refetchQueries({ queryKey: queryKeys.clinicMessages() });

/** Counts anew the patients who are urgent. */
export const recountUrgent = () => queryClient.invalidateQueries({ queryKey: queryKeys.urgentPatients() });

/** How many patients are urgent, and how many wait for an answer. `account`: of a clinician who is signed in. */
export function useAttention(account: string | undefined): { urgent: number; waiting: number } {
  const options = { enabled: account !== undefined, ...polled(POLL_MS) };
  const { data: urgent = 0 } = useQuery({ ...urgentQuery(account ?? ''), ...options });
  const { data: messages } = useQuery({ ...messagesQuery(account ?? ''), ...options });
  return {
    urgent,
    waiting: useMemo(() => waitingIn(messages ? conversationsIn([...messages.values()]) : none), [messages]),
  };
}
