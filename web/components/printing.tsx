// SPDX-License-Identifier: Apache-2.0
// Printing of a page's content; where the browser does not print, it is saved as a file.
import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { COLORS } from '../design/colors.ts';
import { useLanguage } from '../translations/language.tsx';
import { Alert } from './alert.tsx';
import { save } from './save_file.ts';

/** The pages' own styles do not go with a file. */
const STYLE =
  `body{font:15px/1.45 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:${COLORS.text}}` +
  'table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid ' +
  '#ccc}.unprinted{display:none}.said{white-space:pre-wrap}';
/** How long a browser may take to begin. */
const PATIENCE_MS = 1000;

/** Tells whether the browser began to print: where that is blocked, most do nothing and say nothing. */
function prints(): Promise<boolean> {
  return new Promise((resolve) => {
    const begun = () => {
      window.removeEventListener('beforeprint', begun);
      clearTimeout(timer);
      resolve(true);
    };
    const timer = setTimeout(() => {
      window.removeEventListener('beforeprint', begun);
      resolve(false);
    }, PATIENCE_MS);
    window.addEventListener('beforeprint', begun);
    try {
      window.print();
    } catch (error) {
      console.warn(error);
    }
  });
}

/** As CSS has texts: nothing in it ends the text, or the style element of a file. */
const cssText = (text: string) =>
  `"${text.replace(/[^\p{L}\p{N} ,.]/gu, (one) => `\\${one.codePointAt(0)?.toString(16) ?? ''} `)}"`;

/** Each page says whose it is, and which of how many it is. */
const pagesStyle = (owner: string) =>
  `@page{margin:15mm 14mm 18mm;@bottom-left{content:${cssText(owner)};font:9pt system-ui,sans-serif}` +
  `@bottom-right{content:counter(page) " / " counter(pages);font:9pt system-ui,sans-serif}}`;

/**
 * The same for the browser's own printing, however it is begun. A browser that does not know such margins prints the
 * document's title, which says it, too.
 */
function usePagesOf(owner: string, title: string) {
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(pagesStyle(owner));
    document.adoptedStyleSheets.push(sheet);
    let before = document.title;
    const begin = () => {
      before = document.title;
      document.title = title;
    };
    const end = () => {
      document.title = before;
    };
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }, [owner, title]);
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** `name`: of the file, without its ending. Throws where the browser does not save either. */
function saveFile(name: string, title: string, language: string, style: string, paper: HTMLElement) {
  const html =
    `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${escaped(title)}</title>` +
    `<style>${STYLE}${style}</style>${paper.outerHTML}</html>`;
  save(`${name}.html`, 'text/html', html);
}

/** `owner`: whose paper it is, by name and birth date. `title`: what it is, and whose. */
interface Props {
  paper: RefObject<HTMLElement | null>;
  file: string;
  title: string;
  owner: string;
  style?: string;
  beside?: ReactNode;
}

/** Prints `paper`, or saves it as one file that stands alone; says what to do where neither works. */
export function Printing({ paper, file, title, owner, style = '', beside }: Props) {
  const { t, language } = useLanguage();
  usePagesOf(owner, title);
  const [trouble, setTrouble] = useState<'print' | 'save'>();
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const print = async () => {
    const printed = await prints();
    if (here.current) setTrouble(printed ? undefined : 'print');
  };
  const save = () => {
    try {
      if (paper.current) saveFile(file, title, language, style + pagesStyle(owner), paper.current);
      setTrouble(undefined);
    } catch (error) {
      console.warn(error);
      setTrouble('save');
    }
  };
  return (
    <>
      <div className="actions">
        <Button
          onClick={() => {
            void print();
          }}
        >
          {t('chart.report.print')}
        </Button>
        <Button variant="default" onClick={save}>
          {t('chart.report.save')}
        </Button>
        {beside}
      </div>
      <div role="alert">{trouble && <Alert tone="careful">{t(`print.blocked.${trouble}`)}</Alert>}</div>
    </>
  );
}
