// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { blocksOf, PlainMarkdown } from '../../components/plain_markdown.tsx';
import type { Reading } from '../../data/education.ts';
import { Icon } from '../../design/icons.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { minutesOf } from './pieces.ts';
import { ReadAloud } from './read_aloud.tsx';

interface Props {
  reading: Reading;
  read: boolean;
  onRead: (url: string) => Promise<void>;
  heading: 'h2' | 'h3';
  /** Above its title. */
  label?: string;
}

/** A text that opens by a touch and counts as read then. */
export function Piece({ reading, read, onRead, heading: Heading, label }: Props) {
  const { url, title, lead, body, language, note } = reading;
  const { t, counted } = useLanguage();
  const [open, setOpen] = useState(false);
  const parts = blocksOf(body).flatMap((block) => (block.kind === 'list' ? block.points : [block.text]));
  return (
    <details
      className="card piece"
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
        if (currentTarget.open) void onRead(url);
      }}
    >
      <summary>
        {label && <span className="small piece-label">{label}</span>}
        <Heading lang={language}>{title}</Heading>
        {lead && (
          <p className="small" lang={language}>
            {lead}
          </p>
        )}
        <p className="small minutes">
          <Icon name="minutes" /> {counted('today.minutes', minutesOf(body))}
          {read && (
            <span className="piece-read">
              <Icon name="done" /> {t('piece.read')}
            </span>
          )}
        </p>
      </summary>
      {open && <ReadAloud parts={[title, ...parts]} language={language} />}
      <PlainMarkdown text={body} language={language} heading={Heading === 'h2' ? 'h3' : 'h4'} />
      {note === 'not clinically reviewed' ? (
        <p className="small">{t('learn.notReviewed')}</p>
      ) : (
        note && <p className="small">{note}</p>
      )}
    </details>
  );
}
