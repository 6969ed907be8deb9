// SPDX-License-Identifier: Apache-2.0
// A PDF as blocks need it: two fonts, measuring, drawing at a place, and a tag for everything that is read. Lengths are
// points (1/72 inch), from the upper left corner.
import PDFDocument from 'pdfkit';
import { COLORS } from '../../design/colors.ts';

export type Tag = PDFKit.PDFStructureElement;

export interface Fonts {
  regular: Uint8Array;
  bold: Uint8Array;
}

export interface About {
  title: string;
  /** BCP 47. */
  language: string;
  author: string;
  size: 'A4' | 'LETTER';
  /** Of the text's size; 1 is the usual one. */
  scale?: number;
}

export interface Style {
  /** Points, before `About.scale`. */
  size?: number;
  bold?: boolean;
  color?: string;
  align?: 'left' | 'center' | 'right';
}

export const MARGIN = 42;
export const INK = COLORS.text;
const BODY = 10.5;
/** Between two lines, of the font's size. */
const LEADING = 0.08;

/** All that the document writes, once it has ended. */
function bytesOf(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  return new Promise((resolve, reject) => {
    pdf.on('data', (chunk: Uint8Array<ArrayBuffer>) => chunks.push(chunk));
    pdf.on('error', reject);
    pdf.on('end', () => {
      void new Blob(chunks).arrayBuffer().then((all) => resolve(new Uint8Array(all)), reject);
    });
  });
}

export class Pen {
  readonly pdf: PDFKit.PDFDocument;
  readonly root: Tag;
  readonly #output: Promise<Uint8Array>;
  readonly #scale: number;
  readonly #known: (code: number) => boolean;
  /** Characters that the font does not have, and that a box stands for. */
  missing = 0;

  constructor({ regular, bold }: Fonts, { title, language, author, size, scale = 1 }: About) {
    this.#scale = scale;
    this.pdf = new PDFDocument({
      size,
      margin: 0,
      pdfVersion: '1.7',
      lang: language,
      tagged: true,
      displayTitle: true,
      bufferPages: true,
      info: { Title: title, Author: author, Creator: 'Reprise' },
      // By name the library would look for a font of its own, which is not there.
      font: regular as unknown as string,
    });
    this.#output = bytesOf(this.pdf);
    this.pdf.registerFont('regular', regular).registerFont('bold', bold).font('regular');
    const { font } = (this.pdf as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })
      ._font;
    this.#known = (code) => font.hasGlyphForCodePoint(code);
    this.root = this.pdf.struct('Document', { title });
    this.pdf.addStructure(this.root);
  }

  get width(): number {
    return this.pdf.page.width - 2 * MARGIN;
  }

  /** Where the text of a page ends: below it stands its number. */
  get bottom(): number {
    return this.pdf.page.height - MARGIN - 16;
  }

  /** A length that grows with the text. */
  scaled(length: number): number {
    return length * this.#scale;
  }

  /** A text in the characters that the font has; a box stands for each other one. */
  printable(text: string): string {
    let whole = '';
    for (const letter of text.normalize('NFC')) {
      const code = letter.codePointAt(0) ?? 0;
      if (letter === '\n' || this.#known(code)) whole += letter;
      // A joiner or a variant of the letter before it.
      else if (!/\p{M}|\p{Cf}|\p{Cc}/u.test(letter)) {
        whole += '\u25a1';
        this.missing += 1;
      }
    }
    return whole;
  }

  #set({ size = BODY, bold = false, color = INK }: Style) {
    const points = this.scaled(size);
    this.pdf
      .font(bold ? 'bold' : 'regular')
      .fontSize(points)
      .fillColor(color);
    return { lineGap: points * LEADING };
  }

  heightOf(text: string, style: Style, width: number): number {
    const options = this.#set(style);
    return this.pdf.heightOfString(text, { ...options, width });
  }

  /** Draws a text that fits on the page. */
  write(text: string, style: Style, x: number, y: number, width: number) {
    const options = this.#set(style);
    this.pdf.text(text, x, y, { ...options, width, align: style.align ?? 'left' });
  }

  /** What no one needs to hear: lines, boxes, numbers of pages. */
  decoration(draw: () => void) {
    this.pdf.markContent('Artifact', { type: 'Layout' });
    draw();
    this.pdf.endMarkedContent();
  }

  /** Adds a tag, and draws what belongs to it. */
  tag(parent: Tag, type: string, draw?: () => void, alt?: string): Tag {
    const added = this.pdf.struct(type, alt === undefined ? {} : { alt });
    parent.add(added);
    if (draw) added.add(draw);
    return added;
  }

  /** Ends the file; `foot`: stands on each page, beside its number. */
  async finish(foot: (page: number, of: number) => string): Promise<Uint8Array> {
    const { start, count } = this.pdf.bufferedPageRange();
    for (let i = 0; i < count; i++) {
      this.pdf.switchToPage(start + i);
      const text = this.printable(foot(i + 1, count));
      this.decoration(() =>
        this.write(text, { size: 8 / this.#scale, color: '#50565e' }, MARGIN, this.bottom + 6, this.width),
      );
    }
    this.root.end();
    this.pdf.end();
    return this.#output;
  }
}
