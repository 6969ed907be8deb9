// SPDX-License-Identifier: Apache-2.0
import './inbox.css';
import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Confirm } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { MessagePictures } from '../../components/message_pictures.tsx';
import { MessageVideos } from '../../components/message_videos.tsx';
import { MessageReactions } from '../../components/message_reactions.tsx';
import { onceBundle } from '../../fhir/questionnaire/response.ts';
import { Section } from '../../components/section.tsx';
import { refetchMessages } from '../../clinical/use_attention.ts';
import { localTime } from '../../fhir/local_time.ts';
import { reactionsTo, type Reaction } from '../../data/message_reactions.ts';
import { answerOf, joined, MOST_LETTERS, settledBy, type Message } from '../../data/messages.ts';
import { unanswered } from '../../fhir/unanswered.ts';
import { sendTransaction } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { attempted, hasArrived, NOTHING, useDraft } from './draft.ts';
import { loadConversation, type Loaded } from './load.ts';
import { ReactionButtons } from './reaction_buttons.tsx';
import { takeBack } from './take_back.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { polled, reload } from '../../data/query_client.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';

const AGAIN_MS = 30_000;
const STEP = 50;
const MOST = 1000;

/** Shows a message. `onTakeBack`: defined if the reader wrote it; `react`: how to say a word to it. */
function One({
  message,
  name,
  waits,
  reactions,
  react,
  onTakeBack,
}: {
  message: Message;
  name: string;
  waits: boolean;
  reactions: readonly Reaction[];
  react: ReactNode;
  onTakeBack: (() => void) | undefined;
}) {
  const { t, moment } = useLanguage();
  const { own, by, sent, kind, text, more, notice, pictures, videos, carer } = message;
  const writer = carer
    ? t('carers.for', {
        carer: carer.name ?? t('carers.unnamed'),
        relation: t(`carers.relation.${carer.relation}`),
        patient: name,
      })
    : name;
  return (
    <li className="message" data-own={!own || undefined}>
      <p className="small">
        <strong>{own ? writer : (by ?? t('inbox.by.clinic'))}</strong>
        {sent && (
          <>
            {' '}
            · <time dateTime={sent}>{moment(sent)}</time>
          </>
        )}
        {kind === 'erasure' && (
          <>
            {' '}
            <Badge tone="bad">{t('erase.mark')}</Badge>
          </>
        )}
        {notice && (
          <>
            {' '}
            <Badge tone="plain">{t('inbox.notice')}</Badge>
          </>
        )}
        {waits && (
          <>
            {' '}
            <Badge tone="careful">{t('inbox.waits')}</Badge>
          </>
        )}
      </p>
      {kind === 'settled' && <p className="said">{t('inbox.settled')}</p>}
      {text && <p className="said">{text}</p>}
      <MessagePictures pictures={pictures} by={own ? writer : (by ?? t('inbox.by.clinic'))} sent={sent} />
      <MessageVideos videos={videos} by={own ? writer : (by ?? t('inbox.by.clinic'))} sent={sent} />
      {more && <p className="small">{t('inbox.more')}</p>}
      {kind === 'erasure' && own && <p className="small">{t('inbox.erasure')}</p>}
      <MessageReactions reactions={reactions} />
      {react}
      {onTakeBack && (
        <Button size="compact-xs" variant="subtle" onClick={onTakeBack}>
          {t('inbox.takeBack')}…
        </Button>
      )}
    </li>
  );
}

interface About {
  patient: string;
  name: string;
  simulated: boolean;
}

const reloadMessages = (patient: string) => Promise.all([reload(queryKeys.messages(patient)), refetchMessages()]);

/** How many of the patient's newest messages a clinician can say a word to. */
const REACTABLE = 5;
const canReact = ({ own, kind, recordId }: Message) => own && kind === 'message' && recordId !== undefined;

/** Shows the conversation, scrolled to the newest message, also when another one arrives. */
function Log({
  messages,
  reactions,
  about: { patient, name, simulated },
  older,
}: {
  messages: readonly Message[];
  reactions: readonly Reaction[];
  about: About;
  older: ReactNode;
}) {
  const { t } = useLanguage();
  const {
    account: { person },
  } = useAccount();
  const [wrong, setWrong] = useState<string>();
  const log = useRef<HTMLDivElement>(null);
  const last = messages.at(-1)?.id;
  useEffect(() => {
    if (last) log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [last]);
  const newest = new Set(messages.filter(canReact).slice(-REACTABLE));
  const waiting = new Set(unanswered(messages).map(({ id }) => id));
  const takingBack = ({ recordId, sender }: Message) =>
    sender === `Practitioner/${person ?? ''}` ? () => setWrong(recordId) : undefined;
  return (
    <>
      <div className="conversation" ref={log} role="log" aria-label={t('inbox.log')} tabIndex={0}>
        {older}
        {messages.length === 0 ? (
          <p className="none">{t('inbox.none')}</p>
        ) : (
          <ol className="messages">
            {messages.map((message) => (
              <One
                key={message.id}
                message={message}
                name={name}
                waits={waiting.has(message.id)}
                reactions={reactionsTo(reactions, message.recordId)}
                react={
                  newest.has(message) && (
                    <ReactionButtons
                      message={message}
                      patient={patient}
                      simulated={simulated}
                      reactions={reactionsTo(reactions, message.recordId)}
                    />
                  )
                }
                onTakeBack={takingBack(message)}
              />
            ))}
          </ol>
        )}
      </div>
      {wrong && (
        <Confirm
          title={t('inbox.takeBack.ask')}
          text={t('inbox.takeBack.what', { name })}
          action={t('inbox.takeBack')}
          onClose={() => setWrong(undefined)}
          onConfirm={async () => {
            await takeBack(wrong);
            await reloadMessages(patient);
          }}
        />
      )}
    </>
  );
}

function Answer({
  about: { patient, name, simulated },
  loaded: { messages, clinicPhone, patientPhone },
}: {
  about: About;
  loaded: Loaded;
}) {
  const { t } = useLanguage();
  const {
    account: { id: account, person = '' },
  } = useAccount();
  const { draft, keep } = useDraft(account, patient);
  const [sent, setSent] = useState(false);
  const [empty, setEmpty] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const { text } = draft;

  // Sent, but its answer was lost.
  const sending = useMutation({
    mutationFn: async () => {
      const whole = attempted(draft, () => crypto.randomUUID());
      await keep(whole);
      await sendTransaction(
        onceBundle(
          whole.attempt.id,
          answerOf({
            id: whole.attempt.id,
            text,
            patient,
            practitioner: person,
            simulated,
            sent: localTime(new Date()),
          }),
        ),
      );
      await keep(NOTHING);
    },
    onSettled: (_, error) => {
      setSent(!error);
      field.current?.focus();
      void reloadMessages(patient);
    },
  });
  const settling = useMutation({
    mutationFn: (open: readonly Message[]) => {
      const id = crypto.randomUUID();
      const about = open.flatMap(({ recordId }) => recordId ?? []);
      return sendTransaction(
        onceBundle(id, settledBy({ id, about, patient, practitioner: person, simulated, sent: localTime(new Date()) })),
      );
    },
    onSuccess: () => reloadMessages(patient),
  });
  const isPending = sending.isPending || settling.isPending;
  const arrived = !isPending && hasArrived(draft, messages);
  useEffect(() => {
    if (arrived) void keep(NOTHING);
  }, [arrived, keep]);

  const write = (next: string) => {
    setSent(false);
    void keep({ ...draft, text: next.slice(0, MOST_LETTERS) });
  };
  const send = () => {
    setEmpty(text.trim() === '');
    if (text.trim() === '') return;
    settling.reset();
    sending.mutate();
  };
  const open = unanswered(messages);
  const askToCall = () => {
    const words = clinicPhone ? t('inbox.callUs', { number: clinicPhone }) : t('inbox.callUs.unknown');
    write(text.trim() === '' ? words : `${text.trimEnd()}\n${words}`);
    field.current?.focus();
  };
  return (
    <form
      className="answer"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        ref={field}
        label={t('inbox.answer', { name })}
        description={t('inbox.letters', { letters: MOST_LETTERS - text.length })}
        rows={4}
        maxLength={MOST_LETTERS}
        value={text}
        readOnly={isPending}
        error={empty && text.trim() === '' ? t('field.missing') : undefined}
        onChange={(event) => write(event.currentTarget.value)}
      />
      <FailureAlert failure={sending.error ?? settling.error} />
      <div role="status">{sent && <Alert tone="good">{t('inbox.sent')}</Alert>}</div>
      <div className="actions">
        <Button type="submit" loading={isPending}>
          {t('inbox.send')}
        </Button>
        {open.length > 0 && (
          <Button
            variant="default"
            disabled={isPending}
            onClick={() => {
              sending.reset();
              settling.mutate(open);
            }}
          >
            {t('inbox.settle')}
          </Button>
        )}
        <Button variant="default" disabled={isPending} onClick={askToCall}>
          {t('inbox.callUs.insert')}
        </Button>
        {patientPhone && <a href={`tel:${patientPhone}`}>{t('inbox.call', { name, number: patientPhone })}</a>}
      </div>
    </form>
  );
}

/** Shows the conversation with one patient in the chart: docs/clinician/messages.md. */
export function Messages({ refuse, ...about }: About & { refuse: (error: Error) => void }) {
  const { t } = useLanguage();
  const { patient, name } = about;
  const [count, setCount] = useState(STEP);
  const query = useQuery({
    queryKey: queryKeys.messages(patient, count),
    queryFn: () => loadConversation(patient, count),
    placeholderData: keepPreviousData,
    ...polled(AGAIN_MS),
  });
  const { error } = query;
  useEffect(() => {
    if (error) refuse(error);
  }, [error, refuse]);
  return (
    <Section title={t('inbox.with', { name })}>
      <p className="note">{t('inbox.lead')}</p>
      <QueryBoundary query={query} keepsData>
        {(loaded) => (
          <>
            <Log
              messages={joined(loaded.messages)}
              reactions={loaded.reactions}
              about={about}
              older={
                loaded.more &&
                (count < MOST ? (
                  <Button
                    variant="default"
                    size="compact-sm"
                    mb="sm"
                    onClick={() => setCount(Math.min(MOST, count + STEP))}
                  >
                    {t('inbox.older')}
                  </Button>
                ) : (
                  <p className="note">{t('inbox.most', { count: MOST })}</p>
                ))
              }
            />
            <Answer about={about} loaded={loaded} />
          </>
        )}
      </QueryBoundary>
    </Section>
  );
}
