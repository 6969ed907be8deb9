// SPDX-License-Identifier: Apache-2.0
// What making a film on the device needs and gives.

/** A film that was made here: drawn anew, so nothing of its file is left but its pictures and, if wanted, its sound. */
export interface MadeFilm {
  blob: Blob;
  contentType: 'video/mp4' | 'video/webm';
  seconds: number;
  /** In pixels. */
  width: number;
  height: number;
  /** A JPEG of its middle. */
  poster: Blob;
}

export type NoFilmCode =
  /** The browser cannot open the file. */
  | 'unreadable'
  /** It has no picture that this browser can show. */
  | 'no-picture'
  | 'no-length'
  | 'too-short'
  /** The browser records nothing. */
  | 'no-recorder'
  /** It stays larger than it may be. */
  | 'too-large'
  | 'failed';

/** Why there is no film; the screens say it in the reader's language. */
export class NoFilm extends Error {
  constructor(readonly code: NoFilmCode) {
    super(code);
    this.name = 'NoFilm';
  }
}
