// SPDX-License-Identifier: Apache-2.0
// A photo as a phone writes it: a JPEG that a browser drew, with Exif that says where it was taken.

import type { Page } from '@playwright/test';

/** Exif 2.3 in TIFF, the high byte first: a directory whose one entry leads to latitude and longitude (Vienna). */
function exif_with_place(): Buffer {
  const entry = (tag: number, type: number, count: number, value: number | string) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16BE(tag, 0);
    bytes.writeUInt16BE(type, 2);
    bytes.writeUInt32BE(count, 4);
    if (typeof value === 'string') bytes.write(value, 8, 'latin1');
    else bytes.writeUInt32BE(value, 8);
    return bytes;
  };
  const directory = (...entries: Buffer[]) =>
    Buffer.concat([Buffer.from([0, entries.length]), ...entries, Buffer.alloc(4)]);
  const degrees = (...numbers: number[]) => {
    const bytes = Buffer.alloc(24);
    numbers.forEach((number, i) => {
      bytes.writeUInt32BE(number, 8 * i);
      bytes.writeUInt32BE(1, 8 * i + 4);
    });
    return bytes;
  };
  const gps_at = 8 + 18;
  const latitude_at = gps_at + 2 + 4 * 12 + 4;
  const tiff = Buffer.concat([
    Buffer.from('MM\0*\0\0\0\x08', 'latin1'),
    directory(entry(0x8825, 4, 1, gps_at)),
    directory(entry(1, 2, 2, 'N'), entry(2, 5, 3, latitude_at), entry(3, 2, 2, 'E'), entry(4, 5, 3, latitude_at + 24)),
    degrees(48, 12, 30),
    degrees(16, 22, 23),
  ]);
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** `page`: draws it; larger than what a message may have, so that it is scaled. */
export async function photo_with_place(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 2400;
    canvas.height = 1800;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    const skin = context.createLinearGradient(0, 0, 2400, 1800);
    skin.addColorStop(0, '#e0b090');
    skin.addColorStop(1, '#b57f63');
    context.fillStyle = skin;
    context.fillRect(0, 0, 2400, 1800);
    context.strokeStyle = '#8a2f2a';
    context.lineWidth = 40;
    context.beginPath();
    context.moveTo(700, 900);
    context.bezierCurveTo(1000, 800, 1400, 1000, 1700, 880);
    context.stroke();
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
  });
  const drawn = Buffer.from(base64, 'base64');
  return Buffer.concat([drawn.subarray(0, 2), exif_with_place(), drawn.subarray(2)]);
}
