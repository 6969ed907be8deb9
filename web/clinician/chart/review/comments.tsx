// SPDX-License-Identifier: Apache-2.0
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../../../components/failure_alert.tsx';
import { localTime } from '../../../fhir/local_time.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { useAccount } from '../../../data/session.ts';
import { change, create } from '../../../data/write.ts';
import { COMMENT, COMMENT_TIME, loadComments, type Comment, type ReviewedSet } from './load_day.ts';
import { seconds } from './repetitions.tsx';
import { QueryBoundary } from '../../../components/query_boundary.tsx';
import { queryKeys } from '../../../data/query_keys.ts';

const MOST_LETTERS = 2000;

export const useComments = (patient: string, set: string) =>
  useQuery({ queryKey: queryKeys.comments(patient, set), queryFn: () => loadComments(patient, set) });

interface Props {
  patient: string;
  simulated: boolean;
  set: ReviewedSet;
  comments: ReturnType<typeof useComments>;
  /** Returns the replay's time; undefined: there is no replay. */
  now: (() => number) | undefined;
  go: (time: number) => void;
}

/** Shows the comments of clinicians about a moment of a recording, or about the set. */
export function Comments({ patient, simulated, set, comments, now, go }: Props) {
  const { t, moment } = useLanguage();
  const {
    account: { person },
  } = useAccount();
  const [text, setText] = useState('');
  const saying = useMutation({
    mutationFn: () => {
      const time = now?.();
      return create(
        {
          resourceType: 'Communication',
          status: 'completed',
          category: [{ coding: [COMMENT] }],
          subject: { reference: `Patient/${patient}` },
          about: [
            { reference: `Procedure/${set.id}` },
            ...(set.recording ? [{ reference: `DocumentReference/${set.recording.id}` }] : []),
          ],
          sender: { reference: `Practitioner/${person ?? ''}` },
          sent: localTime(new Date()),
          payload: [{ contentString: text.trim() }],
          ...(time !== undefined && {
            extension: [
              {
                url: COMMENT_TIME,
                valueQuantity: {
                  value: Number(time.toFixed(2)),
                  unit: 's',
                  system: 'http://unitsofmeasure.org',
                  code: 's',
                },
              },
            ],
          }),
        } as Parameters<typeof create>[0],
        simulated,
      );
    },
    onSuccess: async () => {
      setText('');
      await comments.refetch();
    },
  });
  const takingBack = useMutation({
    mutationFn: ({ resource }: Comment) =>
      change({ ...resource, resourceType: 'Communication', status: 'entered-in-error' } as Parameters<
        typeof change
      >[0]),
    onSuccess: () => comments.refetch(),
  });
  return (
    <>
      <QueryBoundary query={comments}>
        {(all) =>
          all.length === 0 ? (
            <p className="none">{t('chart.comments.none')}</p>
          ) : (
            <ul className="rows">
              {all.map((one) => (
                <li key={one.id} className="row">
                  <span>
                    {one.time_s !== undefined && (
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        onClick={() => go(one.time_s ?? 0)}
                        aria-label={t('chart.comment.go', { time: seconds(one.time_s) })}
                      >
                        {seconds(one.time_s)}
                      </Button>
                    )}{' '}
                    {one.text}{' '}
                    <span className="small">{[one.by, one.sent && moment(one.sent)].filter(Boolean).join(', ')}</span>
                  </span>
                  {one.resource.sender?.reference === `Practitioner/${person ?? ''}` && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={takingBack.isPending}
                      onClick={() => takingBack.mutate(one)}
                    >
                      {t('chart.comment.takeBack')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </QueryBoundary>
      <form
        className="comment"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') saying.mutate();
        }}
      >
        <Textarea
          label={t(now ? 'chart.comment.here' : 'chart.comment.set')}
          description={t('chart.comment.seen')}
          value={text}
          maxLength={MOST_LETTERS}
          autosize={false}
          rows={2}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <FailureAlert failure={saying.error ?? takingBack.error} />
        <Button type="submit" mt="xs" loading={saying.isPending} disabled={text.trim() === ''}>
          {t('chart.comment.save')}
        </Button>
      </form>
    </>
  );
}
