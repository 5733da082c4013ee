import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { LOCALHOST_PEM, TestHipay } from '../../test/support/test-hipay.ts';

let hipay: TestHipay;
beforeEach(async () => {
  hipay = await TestHipay.open();
});
afterEach(() => hipay.close());

describe('over TLS', () => {
  const publicAuthorities = tls.getCACertificates('default');
  beforeAll(() => tls.setDefaultCACertificates([...publicAuthorities, LOCALHOST_PEM]));
  afterAll(() => tls.setDefaultCACertificates(publicAuthorities));

  /** The simulated gateway behind TLS. */
  async function serveTls(options: tls.TlsOptions = {}): Promise<number> {
    const { port } = new URL(hipay.simulated.url);
    const pair = { cert: LOCALHOST_PEM, key: LOCALHOST_PEM };
    return hipay.serve(
      tls.createServer({ ...pair, ...options }, (socket) => {
        const onward = net.connect(Number(port), '127.0.0.1').on('error', () => socket.destroy());
        socket.on('error', () => onward.destroy());
        socket.pipe(onward).pipe(socket);
      }),
    );
  }

  /** A proxy that takes these credentials and goes where it is told. */
  async function serveProxy(userinfo: string, connects: string[]): Promise<number> {
    const proxy = http.createServer();
    proxy.on('connect', ({ url = '', headers }, socket) => {
      connects.push(url);
      socket.on('error', () => {});
      if (headers['proxy-authorization'] !== `Basic ${Buffer.from(userinfo).toString('base64')}`) {
        return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      }
      const onward = net.connect(Number(url.split(':')[1]), '127.0.0.1').on('error', () => socket.destroy());
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    return hipay.serve(proxy);
  }

  test('a trusted certificate lets the order through', async () => {
    const url = `https://localhost:${await serveTls()}/rest/`;
    expect(await hipay.gateway().register(hipay.order({ target: hipay.target(url) }))).toMatchObject({
      kind: 'state',
      state: 'completed',
    });
  });

  test('what breaks after the handshake may have arrived', async () => {
    hipay.simulated.faults.add({ kind: 'drop_after_booking' });
    const url = `https://localhost:${await serveTls()}/rest/`;
    expect(await hipay.gateway().register(hipay.order({ target: hipay.target(url) }))).toMatchObject({
      kind: 'no_word',
      bytesLeft: true,
    });
    expect(hipay.simulated.orders()).toHaveLength(1);
  });

  test('TLS 1.1 is too old', async () => {
    const url = `https://localhost:${await serveTls({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' })}/rest/`;
    expect(await hipay.gateway().register(hipay.order({ target: hipay.target(url) }))).toMatchObject({
      kind: 'no_word',
      bytesLeft: false,
    });
  });

  test('a proxy leads there, and sees no more than the address', async () => {
    const connects: string[] = [];
    const port = await serveTls();
    const httpsProxy = `http://me:pr0xy@127.0.0.1:${await serveProxy('me:pr0xy', connects)}`;
    const url = `https://localhost:${port}/rest/`;
    expect(await hipay.gateway({ httpsProxy }).register(hipay.order({ target: hipay.target(url) }))).toMatchObject({
      kind: 'state',
    });
    expect(connects).toEqual([`localhost:${port}`]);
    hipay.simulated.faults.add({ kind: 'drop_after_booking' });
    const second = hipay.order({ target: hipay.target(url), hipayOrderId: 'ORDER-2' });
    expect(await hipay.gateway({ httpsProxy }).register(second)).toMatchObject({ kind: 'no_word', bytesLeft: true });
  });

  test('a proxy that refuses: nothing can have left', async () => {
    const httpsProxy = `http://me:wr0ng@127.0.0.1:${await serveProxy('me:pr0xy', [])}`;
    const url = `https://localhost:${await serveTls()}/rest/`;
    const answer = await hipay.gateway({ httpsProxy }).register(hipay.order({ target: hipay.target(url) }));
    expect(answer).toMatchObject({ kind: 'no_word', bytesLeft: false, detail: expect.stringContaining('407') });
    expect(JSON.stringify(answer)).not.toContain('wr0ng');
  });
});
