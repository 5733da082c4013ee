import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { deflateRawSync } from 'node:zlib';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { actSentences } from './act-sentences.ts';
import { askForNewestVersion, type Offer, offerSentence } from './newest-version.ts';

/** A zip entry's header and content; what follows it in a whole zip is never looked at. */
function zip(name: string, content: string, deflated = true): Buffer {
  const packed = deflated ? deflateRawSync(content) : Buffer.from(content);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(deflated ? 8 : 0, 8);
  header.writeUInt32LE(packed.length, 18);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name), packed, Buffer.alloc(200_000)]);
}

const manifest = (version: unknown, product = 'hipay-desktop-connector') => JSON.stringify({ product, version });

describe('the newest version at HiPay', () => {
  let server: Server;
  let answer: RequestListener;
  let asked: IncomingMessage[];
  let url: string;
  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(request);
      answer(request, response);
    });
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${port}/`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = (signal = new AbortController().signal, more: { limitMs?: number } = {}): Promise<Offer> =>
    askForNewestVersion(
      { hipay_login: 'shop', hipay_password: 'Test_secret', environment: 'dev', hipay_api_url: url },
      { platform: 'linux', architecture: 'arm64', signal, ...more },
    );

  test('is asked for as documented', async () => {
    answer = (_request, response) => void response.writeHead(404).end();
    await ask();
    expect(asked[0]?.url).toBe('/v1/ecr/versions/setup?os=linux_arm64&type=concertv2');
    expect(asked[0]?.headers['x-authorization']).toBe(`Basic ${Buffer.from('shop:Test_secret').toString('base64')}`);
    expect(asked[0]?.headers.authorization).toBeUndefined();
  });

  test.each<[string, number, Buffer | string, Offer]>([
    ['wrong credentials', 401, '{}', { kind: 'refused', status: 401 }],
    ['none', 404, '{}', { kind: 'status', status: 404 }],
    ['a page', 200, '<html></html>', { kind: 'no_zip' }],
    ['nothing', 200, '', { kind: 'no_zip' }],
    ["the original's zip", 200, zip('setup.sh', '#!/bin/sh'), { kind: 'foreign' }],
    ["another product's manifest", 200, zip('manifest.json', manifest('1.0.0', 'tpa')), { kind: 'foreign' }],
    ['a manifest that is none', 200, zip('manifest.json', 'x'), { kind: 'foreign' }],
    ['a version that is none', 200, zip('manifest.json', manifest('\u001b[31m')), { kind: 'foreign' }],
    ['a manifest that unpacks to too much', 200, zip('manifest.json', 'x'.repeat(1e6)), { kind: 'foreign' }],
    ['ours', 200, zip('manifest.json', manifest('1.2.3')), { kind: 'ours', version: '1.2.3' }],
    ['ours, stored', 200, zip('manifest.json', manifest('1.2.3'), false), { kind: 'ours', version: '1.2.3' }],
  ])('%s', async (_what, status, body, offer) => {
    answer = (_request, response) => void response.writeHead(status).end(body);
    expect(await ask()).toEqual(offer);
  });

  test('no redirect is followed: the credentials are for HiPay alone', async () => {
    answer = (_request, response) => void response.writeHead(302, { location: `${url}elsewhere` }).end();
    expect(await ask()).toEqual({ kind: 'status', status: 302 });
    expect(asked).toHaveLength(1);
  });

  test('nobody there, or given up: no secret in what is said of it', async () => {
    answer = () => {};
    const given = new AbortController();
    const offer = ask(given.signal);
    given.abort();
    expect(await offer).toMatchObject({ kind: 'away' });
    await new Promise((resolve) => server.close(resolve));
    const away = await ask();
    expect(away).toEqual({ kind: 'away', detail: 'ECONNREFUSED' });
  });

  test.each<[string, RequestListener]>([
    ['never answers', () => {}],
    ['begins to answer, and stops', (_request, response) => void response.writeHead(200).write('PK')],
  ])(
    'one that %s holds no setup up: it has its time limit',
    async (_how, does) => {
      answer = does;
      expect(await ask(undefined, { limitMs: 50 })).toMatchObject({ kind: 'away' });
    },
    10_000,
  );

  test.each<[Offer, RegExp]>([
    [{ kind: 'away', detail: 'ENOTFOUND' }, /^Version 1\.0\.0, which came along, was installed: .*\(ENOTFOUND\)\.$/],
    [{ kind: 'refused', status: 401 }, /username and password \(HTTP status 401\)/],
    [{ kind: 'status', status: 404 }, /none to offer/],
    [{ kind: 'no_zip' }, /no zip/],
    [{ kind: 'foreign' }, /no manifest/],
    [{ kind: 'ours', version: '1.2.3' }, /1\.2\.3.*signature/],
  ])('what was found is told, and what was installed: %j', (offer, sentence) => {
    expect(offerSentence(offer, '1.0.0', actSentences('en').newest)).toMatch(sentence);
    expect(offerSentence(offer, '1.0.0', actSentences('fr').newest)).toMatch(/^La version 1\.0\.0/);
  });
});
