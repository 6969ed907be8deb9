// SPDX-License-Identifier: Apache-2.0
// A saved PDF as its readers meet it: text, properties and tags by Poppler, QR codes by ZBar.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Download } from '@playwright/test';
import { pictures } from './journey.ts';

const run = (program: string, ...options: string[]) => execFileSync(program, options, { encoding: 'utf8' });

export interface ReadPdf {
  file: string;
  /** Of each page, in the order of reading. */
  pages: string[];
  /** As `pdfinfo` names them: Title, Tagged, Pages, Page size. */
  properties: Record<string, string>;
  /** Kinds of tags with their text. */
  structure: string;
  /** Where each picture of a page stands is not said, but how many there are. */
  images: number;
}

export async function read_pdf(download: Download): Promise<ReadPdf> {
  const file = await download.path();
  const text = run('pdftotext', '-layout', file, '-');
  const properties = Object.fromEntries(
    run('pdfinfo', file)
      .split('\n')
      .flatMap((line) => {
        const [, name, value] = /^([^:]+):\s+(.*)$/.exec(line) ?? [];
        return name ? [[name, value ?? '']] : [];
      }),
  );
  return {
    file,
    pages: text.split('\f').slice(0, -1),
    properties,
    structure: run('pdfinfo', '-struct-text', file),
    images: run('pdfimages', '-list', file).trim().split('\n').length - 2,
  };
}

/** The pages as pictures, beside those of the screens if these are looked at; returns their files. */
export function pages_as_pictures({ file }: ReadPdf, folder: string, name: string): string[] {
  const to = pictures ?? folder;
  mkdirSync(to, { recursive: true });
  run('pdftoppm', '-r', '110', '-png', file, join(to, name));
  return readdirSync(to)
    .filter((one) => one.startsWith(`${name}-`))
    .sort()
    .map((one) => join(to, one));
}

/** What the QR codes of a picture say. */
export const qr_codes = (picture: string) =>
  execFileSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    .trim()
    .split('\n');
