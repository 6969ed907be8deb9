// SPDX-License-Identifier: Apache-2.0
import { Button, Loader, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Face } from '../../components/face.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { MessagePictures } from '../../components/message_pictures.tsx';
import { MessageVideos } from '../../components/message_videos.tsx';
import { MessageReactions } from '../../components/message_reactions.tsx';
import { Numbers } from '../../components/numbers.tsx';
import { Page } from '../../components/section.tsx';
import { lookForMessages, markRead, MOST, say, useConversation } from '../../data/conversation.ts';
import { localStore } from '../../data/local_store.ts';
import { MOST_WAITING, type PictureDraft } from '../../data/message_pictures.ts';
import { MOST_VIDEOS_WAITING, type VideoDraft } from '../../data/message_videos.ts';
import { reactionsTo, type Reaction } from '../../data/message_reactions.ts';
import { MOST_LETTERS, type Message } from '../../data/messages.ts';
import { flush, NoRoom } from '../../data/outbox.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { ChoosePictures, ConfirmPictures } from './choose_pictures.tsx';
import { ChooseVideo, ConfirmVideo } from './choose_video.tsx';
import { isFull, isFullOfVideos } from './chosen.ts';
import { useGivenName } from '../today/use_given_name.ts';

/** Who wrote a message of the patient's side, as the reader calls them. */
function useWriter({ carer, arrived }: Message): string {
  const { t } = useLanguage();
  const { carer: reader } = useAccount().account;
  const patient = useGivenName();
  if (carer) return carer.id === reader ? t('messages.you') : (carer.name ?? t('carers.unnamed'));
  // What waits on a carer's device is the carer's.
  return reader !== undefined && arrived !== undefined ? (patient ?? t('carers.thePatient')) : t('messages.you');
}

interface OneProps {
  message: Message;
  waiting: boolean;
  reactions: readonly Reaction[];
}

function One({ message, waiting, reactions }: OneProps) {
  const { t, moment } = useLanguage();
  const writer = useWriter(message);
  return (
    <li className="message" data-own={message.own || undefined}>
      <p className="small">
        {message.by && !message.own && (
          <>
            <Face name={message.by} photo={message.face} />{' '}
          </>
        )}
        <strong>{message.own ? writer : (message.by ?? t('messages.clinic'))}</strong>
        {message.sent && (
          <>
            {' '}
            · <time dateTime={message.sent}>{moment(message.sent)}</time>
          </>
        )}
        {message.kind === 'erasure' && (
          <>
            {' '}
            <Badge tone="careful">{t('erase.mark')}</Badge>
          </>
        )}
        {message.refused ? (
          <>
            {' '}
            <Badge tone="bad">{t('messages.refused')}</Badge>
          </>
        ) : (
          waiting && (
            <>
              {' '}
              <Badge tone="careful">{t('messages.waiting')}</Badge>
            </>
          )
        )}
      </p>
      {message.text && <p className="said">{message.text}</p>}
      <MessagePictures
        pictures={message.pictures}
        by={message.own ? undefined : (message.by ?? t('messages.clinic'))}
        sent={message.sent}
      />
      <MessageVideos
        videos={message.videos}
        by={message.own ? undefined : (message.by ?? t('messages.clinic'))}
        sent={message.sent}
      />
      {message.more && <p className="small">{t('messages.more')}</p>}
      <MessageReactions reactions={reactions} />
    </li>
  );
}

/** Stores the draft of a message on the device until it is sent. */
function useDraft() {
  const {
    account: { id },
  } = useAccount();
  const [text, setText] = useState('');
  const key = `draft ${id}`;
  useEffect(() => {
    void localStore()
      .then((kept) => kept.value<string>(key))
      .then((before) => {
        if (before) setText((now) => now || before);
      });
  }, [key]);
  const write = (next: string) => {
    setText(next);
    void localStore()
      .then((kept) => (next === '' ? kept.removeValue(key) : kept.putValue(key, next)))
      .catch(() => {});
  };
  return { text, write };
}

function Write({ waiting }: { waiting: readonly Message[] }) {
  const { t } = useLanguage();
  const { text, write } = useDraft();
  const [pictures, setPictures] = useState<readonly PictureDraft[]>([]);
  const [video, setVideo] = useState<VideoDraft>();
  const [confirming, setConfirming] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const [empty, setEmpty] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => say('message', text, pictures, video ? [video] : []),
    onSuccess: () => {
      write('');
      setPictures([]);
      setVideo(undefined);
    },
    onSettled: () => field.current?.focus(),
  });
  const full = pictures.length > 0 && isFull(waiting, pictures.length);
  const fullOfVideos = video !== undefined && isFullOfVideos(waiting);
  const hasFiles = pictures.length > 0 || video !== undefined;
  const send = () => {
    const nothing = text.trim() === '' && !hasFiles;
    setEmpty(nothing);
    if (nothing) field.current?.focus();
    else if (!hasFiles) mutate();
    else if (!full && !fullOfVideos) setConfirming(true);
  };
  const confirmed = () => {
    setConfirming(false);
    mutate();
  };
  return (
    <form
      className="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        ref={field}
        label={t('messages.write')}
        description={t('messages.plain', { letters: MOST_LETTERS - text.length })}
        rows={4}
        maxLength={MOST_LETTERS}
        value={text}
        error={empty && text.trim() === '' && !hasFiles ? t('field.missing') : undefined}
        onChange={(event) => write(event.currentTarget.value)}
      />
      {!video && <ChoosePictures pictures={pictures} onChange={setPictures} />}
      {pictures.length === 0 && <ChooseVideo video={video} onChange={setVideo} />}
      {full && (
        <Alert tone="careful" role="status">
          {t('picture.waitingFull', { most: MOST_WAITING })}
        </Alert>
      )}
      {fullOfVideos && (
        <Alert tone="careful" role="status">
          {t('video.waitingFull', { most: MOST_VIDEOS_WAITING })}
        </Alert>
      )}
      {error instanceof NoRoom ? (
        <Alert tone="bad" role="alert">
          {t(video ? 'video.noRoom' : 'picture.noRoom')}
        </Alert>
      ) : (
        <FailureAlert failure={error} />
      )}
      <div className="actions">
        <Button type="submit" size="md" mt="md" loading={isPending}>
          {t('messages.send')}
        </Button>
      </div>
      {confirming &&
        (video ? (
          <ConfirmVideo video={video} onSend={confirmed} onClose={() => setConfirming(false)} />
        ) : (
          <ConfirmPictures pictures={pictures} onSend={confirmed} onClose={() => setConfirming(false)} />
        ))}
    </form>
  );
}

/** Shows the conversation with the clinic. */
export function MessagesPage() {
  const { t, moment } = useLanguage();
  const { known, failure, asking, messages, isWaiting } = useConversation();
  const waiting = messages.filter(isWaiting).length;
  // Messages that left the device are loaded from the record.
  const before = useRef(Infinity);
  useEffect(() => {
    if (waiting < before.current) void lookForMessages();
    before.current = waiting;
  }, [waiting]);
  useEffect(() => {
    if (known) void markRead();
  }, [known]);
  return (
    <Page title={t('messages.title')} lead={t('messages.lead')}>
      {failure && known && (
        <Alert tone="careful" role="status">
          {t('messages.kept', { when: moment(known.at) })}
        </Alert>
      )}
      {failure && !known && (
        <FailureAlert
          failure={failure}
          retry={() => {
            void lookForMessages();
          }}
        />
      )}
      {!known && !failure && <Loader role="status" aria-label={t('loading')} />}
      {known && (
        <>
          {known.messages.length >= MOST && <p className="note">{t('messages.older')}</p>}
          <div role="log" aria-label={t('messages.log')}>
            {messages.length === 0 ? (
              <p className="none">{t('messages.none')}</p>
            ) : (
              <ol className="messages">
                {messages.map((message) => (
                  <One
                    key={message.id}
                    message={message}
                    waiting={isWaiting(message)}
                    reactions={reactionsTo(known.reactions, message.recordId)}
                  />
                ))}
              </ol>
            )}
          </div>
          <div className="actions">
            <Button
              variant="default"
              size="sm"
              loading={asking}
              onClick={() => {
                void lookForMessages();
              }}
            >
              {t('messages.look')}
            </Button>
            {waiting > 0 && (
              <Button
                variant="default"
                size="sm"
                onClick={() => {
                  void flush();
                }}
              >
                {t('sending.now')}
              </Button>
            )}
          </div>
          <section className="card urgent" aria-label={t('messages.urgent')}>
            <p className="text">
              <strong>{t('nobodyWatches')}</strong> {t('messages.notUrgent')}
            </p>
            <Numbers {...known.clinic} />
          </section>
          <Write waiting={messages.filter(isWaiting)} />
        </>
      )}
    </Page>
  );
}
