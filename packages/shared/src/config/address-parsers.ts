import type { Parse } from './value-parsers.ts';

/** Where the terminal is. Whether anything is there is another question, asked where ports are known. */
export const serialPort: Parse<string> = (text) => {
  const port = text.trim();
  if (/^auto$/i.test(port)) return { ok: true, value: 'auto' };
  if (/^COM[1-9]\d{0,2}$/i.test(port)) return { ok: true, value: port.toUpperCase() };
  if (/^\/[^\p{C}]+$/u.test(port) && !/^\/+$/.test(port)) return { ok: true, value: port };
  const tcp = /^tcp:\/\/((?:\[[0-9a-f:.]+\]|[^/:@\s\p{C}]+):(\d{1,5}))\/?$/iu.exec(port);
  if (tcp?.[1] !== undefined && isPort(Number(tcp[2]))) return { ok: true, value: `tcp://${tcp[1]}` };
  return {
    ok: false,
    expected: 'a device path such as /dev/ttyACM0, COM and a number such as COM3, tcp://host:port, or auto',
  };
};

/** A base URL, made to end in a slash. Plain http would show the credentials to the network, so it stays on this machine. */
export const baseUrl: Parse<string> = (text) => {
  const url = readUrl(text);
  const plain = url !== undefined && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (plain && (url.protocol === 'https:' || isLoopback(url.hostname))) {
    return { ok: true, value: url.href.endsWith('/') ? url.href : `${url.href}/` };
  }
  return {
    ok: false,
    expected: 'a URL that begins with https:// (http:// for this machine only), without credentials, ? or #',
  };
};

/** The proxy through which the internet is reached; it may need credentials of its own. */
export const proxyUrl: Parse<string> = (text) => {
  const url = readUrl(text);
  if (url !== undefined && url.pathname === '/' && url.search === '' && url.hash === '')
    return { ok: true, value: url.href };
  return { ok: false, expected: 'the URL of a proxy, such as http://proxy.example:3128' };
};

/** Where a web page comes from, as browsers write it in their Origin header. */
export const origin: Parse<string> = (text) => {
  const url = readUrl(text);
  if (url !== undefined && url.href === `${url.origin}/`) return { ok: true, value: url.origin };
  return { ok: false, expected: 'an origin such as https://till.example, without a path' };
};

function readUrl(text: string): URL | undefined {
  const trimmed = text.trim();
  if (!/^https?:\/\/[^\s\p{C}\\]+$/iu.test(trimmed) || !URL.canParse(trimmed)) return undefined;
  return new URL(trimmed);
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

function isPort(port: number): boolean {
  return port >= 1 && port <= 65_535;
}
