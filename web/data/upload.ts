// SPDX-License-Identifier: Apache-2.0
// A request that says how much of it has been sent, which fetch() does not.

/** From 0 to 1; 1 while the server has all of it and has not answered yet. */
export type OnSent = (share: number) => void;

interface Upload {
  method: string;
  headers: Record<string, string>;
  body: Blob;
  signal: AbortSignal;
}

/** As fetch(); rejects where no answer comes, or `signal` ends it. Of the answer's headers it has Retry-After. */
export function upload(address: string, { method, headers, body, signal }: Upload, onSent: OnSent): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const later = request.getResponseHeader('retry-after');
      const answer = { status: request.status, headers: later ? { 'retry-after': later } : {} };
      resolve(new Response(request.responseText || null, answer));
    };
    request.onerror = request.onabort = () => reject(new TypeError('no answer'));
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}
