// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { Face } from '../../../components/face.tsx';
import { Section } from '../../../components/section.tsx';
import { lookForMessages, useConversation } from '../../../data/conversation.ts';
import { go } from '../../../hooks/route.ts';
import { useLanguage } from '../../../translations/language.tsx';

const MOST_LETTERS = 280;

/** The newest unread message of the clinic, else its words in the programme; nothing without either. */
export function ClinicWord({ note }: { note: string | null }) {
  const { t } = useLanguage();
  const { messages, unread } = useConversation();
  useEffect(() => {
    void lookForMessages({ seldom: true });
  }, []);
  const message = unread > 0 ? messages.findLast(({ own, text }) => !own && text) : undefined;
  const text = message?.text ?? note;
  if (!text) return null;
  const by = message?.by;
  return (
    <Section title={by ? t('after.wordOf', { name: by }) : t('after.word')}>
      <div className="with-face">
        {by && <Face name={by} photo={message.face} />}
        <p className="said">{text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text}</p>
      </div>
      {message && (
        <Button variant="default" mt="sm" onClick={() => go('/messages')}>
          {t('after.wordOpen')}
        </Button>
      )}
    </Section>
  );
}
