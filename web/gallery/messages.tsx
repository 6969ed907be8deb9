// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { CarerRows } from '../components/carer_rows.tsx';
import { Face } from '../components/face.tsx';
import { MessagePictures } from '../components/message_pictures.tsx';
import { MessageVideos } from '../components/message_videos.tsx';
import { VideoPlayer } from '../components/video_player.tsx';
import { MessageReactions } from '../components/message_reactions.tsx';
import { CARERS, LONG_WORD, REACTIONS } from './sample.ts';
import { Example, Group } from './example.tsx';

/** A drawn picture, as the base64 of a JPEG. */
function drawn(color: string): string {
  const canvas = document.createElement('canvas');
  canvas.width = 160;
  canvas.height = 120;
  const pen = canvas.getContext('2d');
  if (pen) {
    pen.fillStyle = color;
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }
  return canvas.toDataURL('image/jpeg').split(',')[1] ?? '';
}

const NO_VIDEO = new Blob(['none'], { type: 'video/mp4' });
const VIDEOS = [{ address: 'Binary/video', type: 'video/mp4' as const, bytes: 1_234_567, data: undefined }];
const SENT = '2026-03-02T09:30:00Z';

export function Messages() {
  const [pictures] = useState(() =>
    ['#8fb8c9', '#c9a98f'].map((color) => ({ address: `Binary/${color}`, data: drawn(color) })),
  );
  return (
    <Group id="messages" title="Messages and those who help">
      <Example of="Face" state="of a person without a picture">
        <Face name="Kim Sample" photo={undefined} />
      </Example>
      <Example of="Face" state="large, with a picture">
        <Face name="Kim Sample" photo={`data:image/jpeg;base64,${pictures[0]?.data ?? ''}`} large />
      </Example>
      <Example of="MessagePictures" state="two of the reader" wide>
        <MessagePictures pictures={pictures} by={undefined} sent={SENT} />
      </Example>
      <Example of="MessagePictures" state="one of a person with a long name" wide>
        <MessagePictures pictures={pictures.slice(1)} by={`Kim ${LONG_WORD}`} sent={SENT} />
      </Example>
      <Example of="MessageVideos" state="one that is not loaded" wide still>
        <MessageVideos videos={VIDEOS} by={`Kim ${LONG_WORD}`} sent={SENT} />
      </Example>
      <Example of="VideoPlayer" state="of a kind that the browser cannot play" wide>
        <VideoPlayer video={NO_VIDEO} label="Video" />
      </Example>
      <Example of="MessageReactions" state="each word, and one of an unnamed person" wide>
        <MessageReactions reactions={REACTIONS} />
      </Example>
      <Example of="CarerRows" state="one who has signed in, one whose link waits" wide still>
        <CarerRows carers={CARERS} endWords={(name) => name} onEnded={async () => {}} />
      </Example>
    </Group>
  );
}
